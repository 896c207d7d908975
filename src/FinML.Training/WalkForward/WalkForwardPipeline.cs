using FinML.Data;
using Fold = FinML.Data.Fold; // TorchSharp has a layer of that name

namespace FinML.Training;

/// <summary>
/// Features, labels, folds, forecasts, positions: the stages of a walk-forward experiment, each a method, so that a
/// notebook can stop and look between them, and <see cref="Run"/>, all of them in a row, so that an audit perturbs
/// exactly what the notebook ran.
/// </summary>
public sealed class WalkForwardPipeline
{
    private readonly WalkForwardPipelineOptions options;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public WalkForwardPipeline(WalkForwardPipelineOptions options)
    {
        options.Validate();
        this.options = options;
    }

    /// <summary>What each row knows.</summary>
    public FeatureMatrix Features(Panel panel) => options.Features.Compute(panel, options.Asset);

    /// <summary>The forward return over its volatility, one a row; NaN where it is not known yet.</summary>
    public double[] Labels(Panel panel, FeatureMatrix features)
    {
        double[] labels = options.Label.Compute(panel, options.Asset);
        double[] volatility = features.Column(options.VolatilityFeature);
        double scale = Math.Sqrt(options.Label.Horizon);
        for (int t = 0; t < labels.Length; t++)
            labels[t] = volatility[t] > 0 ? labels[t] / (volatility[t] * scale) : double.NaN;
        return labels;
    }

    /// <summary>The walk: training slices that grow, test folds that tile what follows.</summary>
    public IReadOnlyList<Fold> Folds(Panel panel) => WalkForwardSplit.Create(panel.Length, new WalkForwardOptions
    {
        Start = options.Features.WarmUp + options.Forecaster.Window - 1,
        InitialTrain = options.InitialTrain,
        Test = options.TestRows,
        Embargo = options.Embargo,
        LabelHorizon = options.Label.LabelSpan,
    });

    /// <summary>Out-of-sample forecasts of every test row.</summary>
    public WalkForwardForecast Forecast(
        FeatureMatrix features,
        double[] labels,
        IReadOnlyList<Fold> folds,
        CheckpointStore store,
        int threads = 1,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default) =>
        WalkForwardForecaster.Run(features, labels, folds, options.Forecaster, store, threads, progress, cancellation);

    /// <summary>Out-of-sample positions of every agent, on the features and the forecast.</summary>
    public WalkForwardPositions Trade(
        Panel panel,
        FeatureMatrix features,
        WalkForwardForecast forecast,
        IReadOnlyList<Fold> folds,
        CheckpointStore store,
        int threads = 1,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        if (folds.Count <= options.BurnInFolds)
            throw new ArgumentException(
                $"{folds.Count} folds leave none after {options.BurnInFolds} burn-in folds: at least "
                + $"{options.BurnInFolds + 1} are needed.");
        return WalkForwardAgent.Run(
            panel,
            options.Asset,
            features.Append("forecast", forecast.Values),
            forecast.FirstRow,
            folds.Skip(options.BurnInFolds).ToList(),
            options.Agent,
            store,
            threads,
            progress,
            cancellation);
    }

    /// <summary>The same pipeline with less to learn: for an audit, which runs it many times.</summary>
    public WalkForwardPipeline WithBudget(int epochs, int agentSteps, int agents) => new(options with
    {
        Forecaster = options.Forecaster with { Training = options.Forecaster.Training with { Epochs = epochs } },
        Agent = options.Agent with
        {
            Seeds = options.Agent.Seeds.Take(agents).ToArray(),
            Ppo = options.Agent.Ppo with { TotalSteps = agentSteps },
        },
    });

    /// <summary>All stages; what <see cref="CausalityAudit"/> perturbs.</summary>
    /// <returns>Every feature, the forecast and every agent's positions, one value a row.</returns>
    public IReadOnlyList<NamedSeries> Run(Panel panel, int threads = 1)
    {
        var features = Features(panel);
        var folds = Folds(panel);
        var forecast = Forecast(features, Labels(panel, features), folds, CheckpointStore.None, threads);
        var positions = Trade(panel, features, forecast, folds, CheckpointStore.None, threads);
        return
        [
            .. features.Names.Select(name => new NamedSeries(name, features.Column(name))),
            new NamedSeries("forecast", forecast.Values),
            .. positions.BySeed.Select((series, i) => new NamedSeries($"position, agent {i + 1}", series)),
        ];
    }
}
