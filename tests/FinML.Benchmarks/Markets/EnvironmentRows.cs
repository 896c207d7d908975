using System.Diagnostics;
using FinML.Markets;

namespace FinML.Benchmarks.Markets;

/// <summary>Steps a second on one core, all environments of a vector together.</summary>
internal static class EnvironmentRows
{
    private const int Environments = 1024, Steps = 200, Samples = 11;

    internal static void AddTo(List<Row> rows) => rows.Add(new QuantityRow("CartPole steps", "M steps/s", CartPoles));

    private static double[] CartPoles() =>
        Rates(VectorEnvironment.Create(Environments, _ => new CartPole()), i => i % 3 % 2);

    /// <summary>Millions of steps a second with the action that <paramref name="action"/> gives each place of the
    /// batch.</summary>
    private static double[] Rates(VectorEnvironment vector, Func<int, float> action)
    {
        float[] actions = new float[vector.Count * vector.ActionSize];
        for (int i = 0; i < actions.Length; i++)
            actions[i] = action(i);
        vector.Reset(1);
        double[] rates = new double[Samples];
        for (int sample = 0; sample < Samples; sample++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int step = 0; step < Steps; step++)
                vector.Step(actions);
            rates[sample] = vector.Count * Steps / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return rates;
    }
}
