using FinML.Agents;
using FinML.Data;
using FinML.Markets;
using Fold = FinML.Data.Fold; // TorchSharp has a layer of that name

namespace FinML.Training;

/// <summary>
/// Trains a fresh PPO agent for every fold and seed on the fold's training slice, and lets it decide, greedily, through
/// the test rows. Each fold's agent starts its test flat; the backtest over all folds charges what changing over costs.
/// </summary>
public static class WalkForwardAgent
{
    /// <summary>Runs all folds and seeds.</summary>
    /// <param name="panel">Prices; fields open and close.</param>
    /// <param name="asset">The asset that is traded.</param>
    /// <param name="observations">What the agent sees at each close, besides its own position.</param>
    /// <param name="firstRow">The first row at which the observations are complete.</param>
    /// <param name="folds">The folds to trade, in order, one after the other.</param>
    /// <param name="options">How to learn and trade.</param>
    /// <param name="store">Keeps the state of every agent, under the keys agent-FOLD-SEED.</param>
    /// <param name="threads">Agents trained side by side; the result does not depend on it.</param>
    /// <param name="progress">Fraction done.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    public static WalkForwardPositions Run(
        Panel panel,
        string asset,
        FeatureMatrix observations,
        int firstRow,
        IReadOnlyList<Fold> folds,
        WalkForwardAgentOptions options,
        CheckpointStore store,
        int threads = 1,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        options.Validate();
        if (folds.Count == 0)
            throw new ArgumentException("No folds: at least 1 is needed.", nameof(folds));
        double[] opens = panel.Column(asset, "open").ToArray();
        double[] closes = panel.Column(asset, "close").ToArray();
        float[][] scaled = folds.Select(fold => Scale(fold.Train.From(firstRow), observations, options)).ToArray();

        var positions = new double[options.Seeds.Count][];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = new double[panel.Length];
            Array.Fill(positions[i], double.NaN);
        }

        int jobs = folds.Count * options.Seeds.Count;
        ParallelJobs.Run(Enumerable.Repeat(1.0, jobs).ToArray(), threads, progress, cancellation, (job, jobProgress) =>
        {
            int f = job / options.Seeds.Count, s = job % options.Seeds.Count;
            var fold = folds[f];
            var training = fold.Train.From(firstRow);
            int episode = Math.Min(options.EpisodeLength, training.Length - 1);
            var trainingOptions = options.Trading with { EpisodeLength = episode };
            var environments = VectorEnvironment.Create(options.Environments, _ => new TradingEnvironment(
                opens, closes, scaled[f], observations.Columns, trainingOptions, training.Start, training.End));
            var agent = new Ppo(environments, options.Ppo with { Seed = SeedOf(options.Seeds[s], fold.Number) });
            string key = $"agent-{fold.Number}-{options.Seeds[s]}";
            Learn(agent, store, key, options.CheckpointEvery, jobProgress, cancellation);

            // The last test row of the panel decides for a bar that is not there: it keeps the last decision.
            int lastBar = Math.Min(fold.TestEnd + 1, panel.Length);
            var test = new TradingEnvironment(
                opens, closes, scaled[f], observations.Columns, options.Trading with { EpisodeLength = null },
                fold.TestStart, lastBar);
            double[] targets = TradingDecisions.Run(agent, test);
            targets.CopyTo(positions[s], fold.TestStart);
            for (int t = fold.TestStart + targets.Length; t < fold.TestEnd; t++)
                positions[s][t] = targets[^1];
        });
        return new WalkForwardPositions(positions);
    }

    private static void Learn(
        Ppo agent,
        CheckpointStore store,
        string key,
        int checkpointEvery,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        if (store.Load(key) is { } saved)
            agent.LoadState(saved["agent"]);
        agent.Learn(
            progress,
            iteration =>
            {
                if (agent.Finished || iteration.Number % checkpointEvery == 0)
                    store.Save(key, new Dictionary<string, byte[]> { ["agent"] = agent.SaveState() });
            },
            cancellation);
        progress.Report(1);
    }

    /// <summary>Standardised by the training slice, row-major (rows, columns).</summary>
    private static float[] Scale(TrainingSlice training, FeatureMatrix observations, WalkForwardAgentOptions options)
    {
        var scaled = StandardScaler.Fit(training, observations, options.FeatureClip).Transform(observations);
        var values = new float[scaled.Rows * scaled.Columns];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)scaled.Values[i];
        return values;
    }

    /// <summary>Distinct for every (seed, fold) below 2^32.</summary>
    private static ulong SeedOf(ulong seed, int fold) => (seed << 16) + (ulong)fold;
}
