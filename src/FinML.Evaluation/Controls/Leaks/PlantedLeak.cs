using FinML.Data;
using FinML.Data.Features;

namespace FinML.Evaluation;

/// <summary>
/// A small clean pipeline of the workbench's own parts on synthetic prices of four assets, one of which dies and one of
/// which has gaps, and the same with one fault planted in it.
/// </summary>
public static class PlantedLeak
{
    private const int Days = 400, Horizon = 5;
    private static readonly DateTime Start = new(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The pipeline; clean where <paramref name="leak"/> is null.</summary>
    public static ResearchPipeline Create(LeakKind? leak, ulong seed = 20_150_101)
    {
        if (leak is { } kind && !Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(leak), leak, $"leak is {(int)kind}; it must be a named one.");
        var clean = new ResearchPipeline
        {
            Raw = Prices(seed),
            Roster =
            [
                new AssetLife("A", Start), new AssetLife("B", Start), new AssetLife("C", Start.AddDays(50)),
                new AssetLife("D", Start, Start.AddDays(300)),
            ],
            Prepare = Forward,
            Features = panel => new FeatureSet(new LogReturn(1), new RollingVolatility(21)).Compute(panel, "A"),
            Labels = panel => Label.Label(panel, "A"),
            Split = labels => PurgedKFold.Create(
                labels.Spans, new PurgedKFoldOptions { Folds = 4, Start = 30, Embargo = 5 }),
            Scale = (features, train) => StandardScaler.Fit(train, features).Transform(features),
            Held = panel => [0, .. Momentum(panel).SkipLast(1)],
        };
        return leak switch
        {
            LeakKind.LookAheadByABar => clean with { Held = Momentum },
            LeakKind.ScalerLeak => clean with { Scale = (features, _) => ScaledByAll(features) },
            LeakKind.Survivorship => clean with { Prepare = panel => Survivors(Forward(panel)) },
            LeakKind.LabelOverlap => clean with
            {
                Split = labels => PurgedKFold.Create(
                    LabelSpans.Fixed(labels.Length, 0), new PurgedKFoldOptions { Folds = 4, Start = 30 }),
            },
            LeakKind.Backfill => clean with { Prepare = Backward },
            _ => clean,
        };
    }

    private static ForwardReturn Label { get; } = new() { Horizon = Horizon, Field = "close" };

    /// <summary>The sign of yesterday's move, as it is known at the close of each row.</summary>
    private static double[] Momentum(Panel panel)
    {
        ReadOnlySpan<double> close = panel.Column("A", "close");
        var sign = new double[close.Length];
        for (int t = 1; t < sign.Length; t++)
            sign[t] = Math.Sign(close[t] - close[t - 1]);
        return sign;
    }

    private static Panel Prices(ulong seed)
    {
        string[] assets = ["A", "B", "C", "D"];
        var columns = new double[assets.Length][];
        for (int a = 0; a < columns.Length; a++)
        {
            var random = new RandomStream(seed, (ulong)a);
            columns[a] = new double[Days];
            double price = 100;
            for (int t = 0; t < Days; t++)
            {
                price *= Math.Exp(.01 * random.NextNormal());
                bool listed = assets[a] != "C" || t >= 50, dead = assets[a] == "D" && t >= 300;
                bool gap = assets[a] == "B" && t % 17 == 5;
                columns[a][t] = listed && !dead && !gap ? price : double.NaN;
            }
        }

        DateTime[] times = [.. Enumerable.Range(0, Days).Select(day => Start.AddDays(day))];
        return Panel.Create(times, assets, ["close"], columns);
    }

    private static Panel Forward(Panel panel) => panel.Map((_, _, values) =>
    {
        int last = Array.FindLastIndex(values, double.IsFinite); // what is dead stays dead
        for (int t = 1; t < last; t++)
            values[t] = double.IsNaN(values[t]) ? values[t - 1] : values[t];
        return values;
    });

    private static Panel Backward(Panel panel) => panel.Map((_, _, values) =>
    {
        for (int t = values.Length - 2; t >= 0; t--)
            values[t] = double.IsNaN(values[t]) ? values[t + 1] : values[t];
        return values;
    });

    private static Panel Survivors(Panel panel)
    {
        string[] alive = [.. panel.Assets.Where(asset => double.IsFinite(panel.Column(asset, "close")[^1]))];
        return Panel.Create(
            panel.Times, alive, ["close"], [.. alive.Select(asset => panel.Column(asset, "close").ToArray())]);
    }

    private static FeatureMatrix ScaledByAll(FeatureMatrix features)
    {
        double[] values = features.Values.ToArray();
        for (int column = 0; column < features.Columns; column++)
        {
            double[] all = [.. features.Column(features.Names[column]).Where(double.IsFinite)];
            double mean = all.Average(), deviation = Math.Sqrt(all.Average(x => (x - mean) * (x - mean)));
            for (int row = 0; row < features.Rows; row++)
            {
                int i = row * features.Columns + column;
                values[i] = (values[i] - mean) / deviation;
            }
        }

        return FeatureMatrix.Create(features.Times, features.Names, values);
    }
}
