using FinML.Data;
using FinML.Data.Features;

namespace FinML.Evaluation.Tests.Protocol;

/// <summary>Models small enough to be right at sight.</summary>
internal static class SmallModels
{
    /// <summary>Least squares on the first feature; the seed leaves out a tenth of the rows.</summary>
    internal static IEvaluatedModel Line { get; } = new Model("line", (sample, seed) =>
    {
        var random = new RandomStream(seed);
        double xy = 0, xx = 0;
        foreach (int row in sample.Rows)
        {
            if (random.NextDouble() < .1)
                continue;
            double x = sample.Features[row, 0];
            xy += x * sample.Label(row);
            xx += x * x;
        }

        return (features, row) => xy / xx * features[row, 0];
    });

    /// <summary>Says what its seed says.</summary>
    internal static IEvaluatedModel Noise { get; } = new Model("noise", (_, seed) =>
        (_, row) => new RandomStream(seed, (ulong)row).NextNormal());

    /// <summary>Never trades.</summary>
    internal static IEvaluatedModel Nothing { get; } = new Model("nothing", (_, _) => (_, _) => 0);

    internal static IEvaluatedModel Of(string name, Func<TrainingSample, double> fit) => new Model(name, (sample, _) =>
    {
        double value = fit(sample);
        return (_, _) => value;
    });

    /// <summary>Prices whose returns follow an autoregression: what the line can find.</summary>
    internal static EvaluationSet Set(string name, double rho, ulong seed, int days = 1_200)
    {
        var random = new RandomStream(seed);
        var close = new double[days];
        double price = 100, move = 0;
        for (int t = 0; t < days; t++)
        {
            move = rho * move + .01 * random.NextNormal();
            close[t] = price *= Math.Exp(move);
        }

        Panel panel = Panel.OfAsset(
            "A", [.. Enumerable.Range(0, days).Select(day => new DateTime(2015, 1, 1).AddDays(day))], ("close", close));
        return new EvaluationSet
        {
            Name = name,
            Features = new FeatureSet(new LogReturn(1)).Compute(panel, "A"),
            Labels = new ForwardReturn { Field = "close" }.Label(panel, "A"),
            DataHash = PanelHash.Of(panel),
            WarmUp = 1,
        };
    }

    private sealed class Model(string name, Func<TrainingSample, ulong, Func<FeatureMatrix, int, double>> fit)
        : IEvaluatedModel
    {
        public string Name => name;

        public string Configuration => "{}";

        public IFittedModel Fit(TrainingSample sample, ulong seed) => new Fitted(fit(sample, seed));
    }

    private sealed class Fitted(Func<FeatureMatrix, int, double> forecast) : IFittedModel
    {
        public double[] Forecast(FeatureMatrix features, RowRange test) =>
            [.. test.Rows().Select(row => forecast(features, row))];
    }
}
