using FinML.Data;
using FinML.Training;

namespace FinML.Evaluation;

/// <summary>Fits every model on every fold of every data set with every seed, and puts the test rows
/// together.</summary>
internal sealed class EvaluationRun
{
    private EvaluationRun(double[][][][] gains, DateTime[][] times, int[] horizons)
    {
        Gains = gains;
        Times = times;
        Horizons = horizons;
    }

    /// <summary>By model, set, seed and test row.</summary>
    internal double[][][][] Gains { get; }

    /// <summary>Of the test rows, by set.</summary>
    internal DateTime[][] Times { get; }

    /// <summary>The rows that the longest label reads after its own, by set.</summary>
    internal int[] Horizons { get; }

    internal static EvaluationRun Of(
        IReadOnlyList<IEvaluatedModel> models,
        IReadOnlyList<EvaluationSet> sets,
        EvaluationOptions options,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        IReadOnlyList<IFold>[] folds = [.. sets.Select(set => options.Split.Create(set.Labels.Spans, set.WarmUp))];
        int[][] rows = [.. sets.Select((set, s) => TestRows(set, folds[s]))];
        var forecasts = new double[models.Count][][][]; // by model, set, seed, row of the set
        var jobs = new List<(int Model, int Set, int Seed, int Fold)>();
        for (int m = 0; m < models.Count; m++)
        {
            forecasts[m] = new double[sets.Count][][];
            for (int s = 0; s < sets.Count; s++)
            {
                forecasts[m][s] = [.. options.Seeds.Select(_ => new double[sets[s].Features.Rows])];
                for (int seed = 0; seed < options.Seeds.Count; seed++)
                    jobs.AddRange(Enumerable.Range(0, folds[s].Count).Select(fold => (m, s, seed, fold)));
            }
        }

        double[][] labels = [.. sets.Select(set => set.Labels.ToArray())];
        int threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        double[] costs = [.. jobs.Select(job => (double)folds[job.Set][job.Fold].Train.Length)];
        ParallelJobs.Run(costs, threads, progress, cancellation, (index, own) =>
        {
            (int m, int s, int seed, int f) = jobs[index];
            IFold fold = folds[s][f];
            // A fold has its own random numbers, whatever ran before it.
            IFittedModel fitted = models[m].Fit(
                new TrainingSample(fold.Train, sets[s].Features, labels[s]),
                new RandomStream(options.Seeds[seed], (ulong)f).NextUInt64());
            foreach (RowRange test in fold.Test)
                Forecast(fitted, models[m].Name, sets[s], test).CopyTo(forecasts[m][s][seed], test.Start);
            own.Report(1);
        });

        var gains = forecasts.Select(ofModel => ofModel.Select((ofSet, s) => ofSet.Select(said => options.Gain.Of(
            [.. rows[s].Select(row => said[row])], [.. rows[s].Select(row => labels[s][row])])).ToArray()).ToArray());
        return new EvaluationRun(
            [.. gains],
            [.. sets.Select((set, s) => rows[s].Select(row => set.Features.Times[row]).ToArray())],
            [.. sets.Select(set => Enumerable.Range(0, set.Labels.Length).Max(t => set.Labels.Spans.Last(t) - t))]);
    }

    private static double[] Forecast(IFittedModel fitted, string model, EvaluationSet set, RowRange test)
    {
        double[] forecast = fitted.Forecast(set.Features, test);
        if (forecast.Length != test.Length)
            throw new InvalidOperationException(
                $"'{model}' gave {forecast.Length} forecasts for the {test.Length} rows {test.Start} to {test.End - 1} "
                + $"of '{set.Name}'; there must be one for each.");
        for (int i = 0; i < forecast.Length; i++)
        {
            if (!double.IsFinite(forecast[i]) && set.Features.IsComplete(test.Start + i))
                throw new InvalidOperationException(
                    $"'{model}' forecasts {forecast[i]} for row {test.Start + i} of '{set.Name}'; a forecast is "
                    + "finite.");
        }

        return forecast;
    }

    /// <summary>The test rows with a label and complete features, each tested once.</summary>
    private static int[] TestRows(EvaluationSet set, IReadOnlyList<IFold> folds)
    {
        int[] rows =
        [
            .. folds.SelectMany(fold => fold.Test).SelectMany(range => range.Rows()).Order()
                .Where(row => double.IsFinite(set.Labels.Values[row]) && set.Features.IsComplete(row)),
        ];
        return rows.Length >= 16
            ? rows
            : throw new ArgumentException(
                $"'{set.Name}' has {rows.Length} test rows with a label and complete features; at least 16 are "
                + "needed.");
    }
}
