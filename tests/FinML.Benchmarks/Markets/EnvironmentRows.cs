using FinML.Data;
using FinML.Markets;

namespace FinML.Benchmarks.Markets;

/// <summary>Steps a second on one core, all environments of a vector together.</summary>
internal static class EnvironmentRows
{
    private const int Environments = 1024, Steps = 200, WarmUps = 3, Samples = 11;
    private const int Bars = 5_000, Features = 10;

    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        works.Add("CartPole, 1024 together", Together);
        rows.Add(new PeerRow("CartPole, 1024 together"));
        rows.Add(new QuantityRow("CartPole steps", "M steps/s", CartPoles));
        rows.Add(new QuantityRow("trading steps", "M steps/s", () => Trading(new() { EpisodeLength = 252 })));
        rows.Add(new QuantityRow(
            "trading steps, 20-day windows", "M steps/s", () => Trading(new() { EpisodeLength = 252, Window = 20 })));
    }

    /// <summary>One step in each environment.</summary>
    private static Action Together()
    {
        VectorEnvironment vector = VectorEnvironment.Create(Environments, _ => new CartPole());
        float[][] actions = Actions(vector);
        int count = 0;
        vector.Reset(1);
        return () => vector.Step(actions[count++ % actions.Length]);
    }

    private static double[] CartPoles() =>
        Rates(VectorEnvironment.Create(Environments, _ => new CartPole()));

    /// <summary>Costs as they are by default and 10 features; random positions -1, 0, 1, so that two steps in three
    /// trade.</summary>
    private static double[] Trading(TradingOptions options)
    {
        var random = new RandomStream(1);
        double[] opens = new double[Bars], closes = new double[Bars];
        double log = Math.Log(100);
        for (int t = 0; t < Bars; t++)
        {
            opens[t] = Math.Exp(log += 0.005 * random.NextNormal());
            closes[t] = Math.Exp(log += 0.01 * random.NextNormal());
        }

        float[] features = new float[Bars * Features];
        for (int i = 0; i < features.Length; i++)
            features[i] = (float)random.NextNormal();
        VectorEnvironment vector = VectorEnvironment.Create(
            Environments, _ => new TradingEnvironment(opens, closes, features, Features, options));
        return Rates(vector);
    }

    /// <summary>Millions of steps a second with random actions, drawn beforehand; processor
    /// time, which is what a core has.</summary>
    private static double[] Rates(VectorEnvironment vector)
    {
        float[][] actions = Actions(vector);
        vector.Reset(1);
        double[] rates = new double[Samples];
        for (int sample = -WarmUps; sample < Samples; sample++)
        {
            double start = Clock.Processor.Seconds();
            for (int step = 0; step < Steps; step++)
                vector.Step(actions[step % actions.Length]);
            if (sample >= 0)
                rates[sample] = vector.Count * Steps / 1e6 / (Clock.Processor.Seconds() - start);
        }

        return rates;
    }

    private static float[][] Actions(VectorEnvironment vector)
    {
        float[][] actions = new float[16][];
        var random = new RandomStream(2);
        for (int step = 0; step < actions.Length; step++)
        {
            actions[step] = new float[vector.Count * vector.ActionSize];
            for (int i = 0; i < vector.Count; i++)
                vector.ActionSpace.Sample(random, actions[step].AsSpan(i * vector.ActionSize, vector.ActionSize));
        }

        return actions;
    }
}
