using FinML.Agents;
using FinML.Data;
using FinML.Data.Features;
using FinML.Markets;
using FinML.Models;
using FinML.Statistics;
using FinML.Training;

namespace FinML.Evaluation;

/// <summary>
/// Controls of the whole chain from features to statistics. It must find an edge that is there (the future, leaked on
/// purpose) and none where there is none (days in random order): a chain that fails either says nothing about markets.
/// </summary>
public static class PipelineControls
{
    private const string Asset = "SP500";
    private const ulong Seed = 20_000_103;

    /// <summary>
    /// POSITIVE CONTROL: PPO sees, among honest features, the return that its decision is about to earn (next open to
    /// the one after). Gives the annualised Sharpe ratio before costs over the test folds.
    /// </summary>
    /// <param name="prices">Daily bars of the S&amp;P 500.</param>
    /// <param name="progress">Fraction done.</param>
    public static double LeakedSharpe(Panel prices, IProgress<double>? progress = null)
    {
        var options = Options();
        double[] opens = prices.Column(Asset, "open").ToArray();
        var leak = new double[prices.Length];
        for (int t = 0; t + 2 < leak.Length; t++)
            leak[t] = opens[t + 2] / opens[t + 1] - 1;

        var pipeline = new WalkForwardPipeline(options);
        var observations = pipeline.Features(prices).Append("LEAK: the next return", leak);
        var positions = WalkForwardAgent.Run(
            prices, Asset, observations, options.Features.WarmUp, pipeline.Folds(prices), options.Agent,
            CheckpointStore.None, Environment.ProcessorCount, progress);
        var result = Backtest(prices, positions.BySeed[0], positions.FirstRow);
        return SharpeRatio.Of(Series(result.GrossReturns)).Annualised;
    }

    /// <summary>
    /// NULL CONTROL: the pipeline on the same days in random order. Gives the smallest p-value, over the agent and the
    /// forecast's sign, of a Sharpe ratio above that of holding the same days, before costs, times the number of tests
    /// (Bonferroni): below .05 the chain finds what is not there.
    /// </summary>
    /// <param name="prices">Daily bars of the S&amp;P 500.</param>
    /// <param name="orders">Random orders.</param>
    /// <param name="progress">Fraction done.</param>
    public static double SmallestPValueOnShuffledDays(Panel prices, int orders, IProgress<double>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        string[] bar = ["open", "high", "low", "close", "volume"];
        var bars = Panel.Create(
            prices.Times, prices.Assets, bar, [.. bar.Select(field => prices.Column(Asset, field).ToArray())]);
        var pipeline = new WalkForwardPipeline(Options());
        double smallest = 1;
        for (int order = 0; order < orders; order++)
        {
            var shuffled = PermutedBars.Create(bars, new RandomStream(Seed, (ulong)order));
            var features = pipeline.Features(shuffled);
            var folds = pipeline.Folds(shuffled);
            int threads = Environment.ProcessorCount;
            var forecast = pipeline.Forecast(
                features, pipeline.Labels(shuffled, features), folds, CheckpointStore.None, threads);
            var positions = pipeline.Trade(shuffled, features, forecast, folds, CheckpointStore.None, threads);

            int first = positions.FirstRow;
            double[] sign = forecast.Values
                .Select(value => double.IsNaN(value) ? 0 : (double)Math.Sign(value))
                .ToArray();
            var hold = Backtest(shuffled, Enumerable.Repeat(1.0, shuffled.Length).ToArray(), first);
            foreach (double[] targets in new[] { positions.BySeed[0], sign })
            {
                var test = SharpeDifferenceTest.Run(
                    Series(Backtest(shuffled, targets, first).GrossReturns),
                    Series(hold.GrossReturns),
                    alternative: Alternative.Greater,
                    options: new BootstrapOptions { Replicates = 4_999, Seed = Seed });
                smallest = Math.Min(smallest, test.Test.PValue);
            }

            progress?.Report((order + 1.0) / orders);
        }

        return Math.Min(1, smallest * 2 * orders);
    }

    private static WalkForwardPipelineOptions Options() => new()
    {
        Asset = Asset,
        Features = new FeatureSet(new LogReturn(1), new LogReturn(5), new RollingVolatility(21), new Rsi(14)),
        VolatilityFeature = "volatility_21",
        InitialTrain = 1_500,
        TestRows = 1_000,
        BurnInFolds = 1,
        Forecaster = new ForecasterOptions
        {
            Window = 16,
            Model = new CnnLstmOptions { Channels = 8, Dilations = [1, 2], HiddenSize = 8 },
            Training = new SupervisedOptions { Epochs = 1 },
            Seed = Seed,
        },
        Agent = new WalkForwardAgentOptions
        {
            Seeds = [1],
            Ppo = WalkForwardAgentOptions.DefaultPpo with { TotalSteps = 20_480, Gamma = 0, LearningRate = 1e-3 },
            Trading = new TradingOptions { Execution = new ExecutionOptions { Costs = CostModel.Free } },
        },
    };

    private static BacktestResult Backtest(Panel prices, double[] targets, int first) => Backtester.Run(
        prices.Times.Skip(first).ToArray(),
        prices.Column(Asset, "open")[first..],
        prices.Column(Asset, "close")[first..],
        targets.AsSpan(first));

    private static ReturnSeries Series(IReadOnlyList<double> returns) => ReturnSeries.Simple(returns.ToArray(), 252);
}
