using FinML.Agents;
using FinML.Data;
using FinML.Data.Features;
using FinML.Models;

namespace FinML.Training.Tests.WalkForward;

/// <summary>
/// The whole pipeline on the first 900 days of the S&amp;P 500, with networks that are small and learn briefly.
/// </summary>
public sealed class WalkForwardPipelineTests : IDisposable
{
    private const int Days = 900;
    private static readonly Panel Prices = DataCatalog.Open().Load("sp500").Slice(0, Days);
    private readonly string folder = Directory.CreateTempSubdirectory("finml-walk-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void No_feature_forecast_or_position_changes_when_the_future_does()
    {
        var pipeline = new WalkForwardPipeline(Options());
        var folds = pipeline.Folds(Prices);

        // Inside the first traded fold, and on the last row before the second.
        var audit = CausalityAudit.Run(Prices, prices => pipeline.Run(prices, threads: 2), new CausalityOptions
        {
            Cutoffs = [folds[1].TestStart + 60, folds[2].TestStart - 1],
        });

        Assert.True(audit.Passed, audit.ToString());
        Assert.Contains("forecast", audit.Outputs);
        Assert.Contains("position, agent 2", audit.Outputs);
        Assert.DoesNotContain("forecast", audit.Insensitive);
        Assert.DoesNotContain("position, agent 1", audit.Insensitive);
    }

    [Fact]
    public void A_feature_that_looks_ahead_is_caught_in_everything_that_it_feeds()
    {
        var honest = Options();
        var pipeline = new WalkForwardPipeline(honest);
        int cutoff = pipeline.Folds(Prices)[1].TestStart + 60;

        var audit = CausalityAudit.Run(
            Prices,
            prices => new WalkForwardPipeline(honest with { Features = WithLeak(prices) }).Run(prices, threads: 2),
            new CausalityOptions { Cutoffs = [cutoff] });

        Assert.False(audit.Passed);
        Assert.Contains(audit.Violations, violation => violation.Output == LeakyFeature.LeakName);
        Assert.Contains(audit.Violations, violation => violation.Output == "forecast");
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var pipeline = new WalkForwardPipeline(Options());

        Same(pipeline.Run(Prices, threads: 1), pipeline.Run(Prices, threads: 2));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public void A_run_that_was_stopped_while_training_resumes_to_the_same_bits(double stopAt)
    {
        var pipeline = new WalkForwardPipeline(Options());
        var features = pipeline.Features(Prices);
        var labels = pipeline.Labels(Prices, features);
        var folds = pipeline.Folds(Prices);
        var forecast = pipeline.Forecast(features, labels, folds, CheckpointStore.None);
        var uninterrupted = pipeline.Trade(Prices, features, forecast, folds, CheckpointStore.None);

        foreach (bool stopInForecaster in new[] { true, false })
        {
            var stopped = new CheckpointStore(Path.Combine(folder, $"{stopAt}-{stopInForecaster}"), resume: false);
            var resumed = new CheckpointStore(Path.Combine(folder, $"{stopAt}-{stopInForecaster}"), resume: true);
            using var stop = new CancellationTokenSource();
            var progress = new StopAt(stopAt, stop);
            Assert.ThrowsAny<OperationCanceledException>(() =>
            {
                if (stopInForecaster)
                    pipeline.Forecast(features, labels, folds, stopped, 1, progress, stop.Token);
                else
                    pipeline.Trade(Prices, features, forecast, folds, stopped, 1, progress, stop.Token);
            });

            var forecastAgain = pipeline.Forecast(features, labels, folds, resumed);
            var positionsAgain = pipeline.Trade(Prices, features, forecastAgain, folds, resumed);

            Assert.Equal(forecast.Values, forecastAgain.Values);
            Assert.Equal(forecast.EpochLosses, forecastAgain.EpochLosses);
            Assert.Equal(uninterrupted.BySeed, positionsAgain.BySeed);
        }
    }

    [Fact]
    public void The_forecasts_an_agent_learns_on_begin_after_the_first_training_slice()
    {
        var pipeline = new WalkForwardPipeline(Options());
        var folds = pipeline.Folds(Prices);
        var features = pipeline.Features(Prices);

        var forecast = pipeline.Forecast(features, pipeline.Labels(Prices, features), folds, CheckpointStore.None);

        Assert.Equal(folds[0].TestStart, forecast.FirstRow);
        Assert.All(forecast.Values[folds[0].TestStart..], value => Assert.True(double.IsFinite(value)));
        // Six rows of label and five of embargo stand between training and test.
        Assert.All(folds, fold => Assert.Equal(fold.TestStart - 11, fold.Train.End));
    }

    [Fact]
    public void Wrong_options_are_refused_with_what_is_there()
    {
        var feature = Assert.Throws<ArgumentException>(
            () => new WalkForwardPipeline(Options() with { VolatilityFeature = "volatility_7" }));
        Assert.Contains("'volatility_7'", feature.Message);
        Assert.Contains("volatility_21", feature.Message);

        var pipeline = new WalkForwardPipeline(Options() with { BurnInFolds = 9 });
        Assert.Contains("burn-in", Assert.Throws<ArgumentException>(() => pipeline.Run(Prices)).Message);
    }

    internal static WalkForwardPipelineOptions Options() => new()
    {
        Asset = "SP500",
        Features = new FeatureSet(new LogReturn(1), new RollingVolatility(21), new Rsi(14)),
        VolatilityFeature = "volatility_21",
        InitialTrain = 300,
        TestRows = 150,
        BurnInFolds = 1,
        Forecaster = new ForecasterOptions
        {
            Window = 8,
            Model = new CnnLstmOptions { Channels = 4, Dilations = [1], HiddenSize = 4 },
            Training = new SupervisedOptions { Epochs = 2 },
        },
        Agent = new WalkForwardAgentOptions
        {
            Seeds = [1, 2],
            Environments = 2,
            EpisodeLength = 64,
            CheckpointEvery = 2,
            Ppo = new PpoOptions
            {
                TotalSteps = 640,
                StepsPerEnvironment = 64,
                Minibatches = 2,
                Epochs = 2,
                HiddenSizes = [8],
                ScaleRewards = true,
            },
        },
    };

    private static FeatureSet WithLeak(Panel panel) =>
        new(new LogReturn(1), new RollingVolatility(21), new Rsi(14), new LeakyFeature(panel));

    private static void Same(IReadOnlyList<NamedSeries> expected, IReadOnlyList<NamedSeries> actual)
    {
        Assert.Equal(expected.Select(series => series.Name), actual.Select(series => series.Name));
        foreach (var (first, second) in expected.Zip(actual))
            Assert.Equal(first.Values, second.Values);
    }

    /// <summary>Tomorrow's return, which it was handed behind the view's back.</summary>
    private sealed class LeakyFeature(Panel panel) : IFeature
    {
        public const string LeakName = "tomorrow's return";
        private readonly double[] close = panel.Column("SP500", "close").ToArray();

        public string Name => LeakName;

        public int Lookback => 0;

        public double Compute(in PointInTimeView view, int asset) =>
            view.Length < close.Length ? Math.Log(close[view.Length] / close[view.Length - 1]) : 0;
    }

    private sealed class StopAt(double fraction, CancellationTokenSource stop) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= fraction)
                stop.Cancel();
        }
    }
}
