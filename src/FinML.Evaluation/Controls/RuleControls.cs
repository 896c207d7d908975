using FinML.Data;
using FinML.Markets;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// Controls of a search over trading rules. On returns drawn one by one from real ones, less their mean, no rule has an
/// edge, and a test must find one no more often than it says; where one rule is made to work, it should be found.
/// </summary>
public static class RuleControls
{
    private const double DaysPerYear = 252;

    /// <summary>Runs all tests on every made-up history; the benchmark is to hold nothing.</summary>
    /// <param name="returns">Simple daily returns that the histories are drawn from, with replacement; 100 or
    /// more.</param>
    /// <param name="rules">The rules; 2 or more, none that needs volumes.</param>
    /// <param name="options">How many histories, how long, what is planted.</param>
    /// <param name="progress">Fraction done.</param>
    /// <param name="cancellation">Stops between two histories.</param>
    public static IReadOnlyList<RuleFindings> Run(
        ReadOnlySpan<double> returns,
        IReadOnlyList<TradingRule> rules,
        RuleControlOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentOutOfRangeException.ThrowIfLessThan(rules.Count, 2, "rules.Count");
        ArgumentOutOfRangeException.ThrowIfLessThan(returns.Length, 100, "returns.Length");
        options = (options ?? new RuleControlOptions()).Validate();
        double[] pool = Pool(returns, options);
        var findings = new RuleFindings[options.Histories];
        for (int history = 0; history < findings.Length; history++)
        {
            cancellation.ThrowIfCancellationRequested();
            RuleMarket market = History(pool, options, history);
            findings[history] = Judge(RulePositions.Decide(market, rules), options, history);
            progress?.Report((history + 1.0) / findings.Length);
        }

        return findings;
    }

    /// <summary>One made-up history: <see cref="RuleControlOptions.WarmUp"/> and <see cref="RuleControlOptions.Days"/>
    /// returns drawn independently from the given ones less their mean, and the drift that the planted rule finds.
    /// </summary>
    /// <param name="returns">As for <see cref="Run"/>.</param>
    /// <param name="options">As for <see cref="Run"/>.</param>
    /// <param name="history">Its number, 0 or more.</param>
    public static RuleMarket History(ReadOnlySpan<double> returns, RuleControlOptions options, int history)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(returns.Length, 100, "returns.Length");
        return History(Pool(returns, options.Validate()), options, history);
    }

    private static RuleMarket History(double[] pool, RuleControlOptions options, int history)
    {
        var random = new RandomStream(options.Seed, (ulong)history);
        var closes = new double[options.WarmUp + options.Days + 1];
        closes[0] = 100;
        double drift = options.PlantedSharpe / Math.Sqrt(DaysPerYear) * Moments.Of(pool).StandardDeviation();
        for (int t = 1; t < closes.Length; t++)
        {
            double held = drift > 0 ? Held(options.Planted!, closes.AsSpan(0, t)) : 0;
            closes[t] = closes[t - 1] * (1 + pool[random.NextInt(pool.Length)] + drift * held);
        }

        return RuleMarket.Of(closes);
    }

    /// <summary>What the planted rule decides at the last of the closes.</summary>
    private static int Held(MovingAverageRule rule, ReadOnlySpan<double> closes)
    {
        if (closes.Length < rule.Slow)
            return 0;
        return Math.Sign(Mean(closes[^rule.Fast..]) - Mean(closes[^rule.Slow..]));

        static double Mean(ReadOnlySpan<double> values)
        {
            double sum = 0;
            for (int i = values.Length - 1; i >= 0; i--)
                sum += values[i];
            return sum / values.Length;
        }
    }

    private static RuleFindings Judge(RulePositions positions, RuleControlOptions options, int history)
    {
        int start = options.WarmUp + 1, end = start + options.Days;
        positions = positions.Distinct(start, end);
        RulePerformance[] all = positions.Performance(start, end, RuleExecution.Gross);
        int best = 0;
        for (int i = 1; i < all.Length; i++)
            best = all[i].SharpePerPeriod > all[best].SharpePerPeriod ? i : best;
        var chosen = SharpeRatio.Of(ReturnSeries.Simple(
            positions.Returns(best, start, end, RuleExecution.Gross), DaysPerYear));

        // The days are independent: blocks of two allow for nothing that is not there.
        var performance = ModelPerformance.OfReturns(
            [.. positions.Rules.Select(rule => rule.Name)], positions.Returns(start, end, RuleExecution.Gross));
        var resamples = BootstrapMeans.Of(performance, new StationaryBootstrap(2), new BootstrapOptions
        {
            Replicates = options.Replicates,
            Level = 0.9,
            Seed = options.Seed + (ulong)history,
        });
        double variance = Moments.Of([.. all.Select(rule => rule.SharpePerPeriod)]).Variance();
        return new RuleFindings(
            chosen.Annualised,
            ProbabilisticSharpeRatio.Of(chosen).PValue,
            RealityCheck.Of(resamples).PValue,
            SuperiorPredictiveAbility.Of(resamples).PValue,
            StepwiseTest.Of(resamples).Models.Min(model => model.PValue),
            1 - DeflatedSharpeRatio.Of(chosen, positions.Rules.Count, variance).Probability,
            BacktestOverfitting.Of(performance, segments: 10).Probability);
    }

    private static double[] Pool(ReadOnlySpan<double> returns, RuleControlOptions options)
    {
        double mean = options.KeepDrift ? 0 : Moments.Of(returns).Mean;
        double[] centred = returns.ToArray();
        for (int t = 0; t < centred.Length; t++)
            centred[t] -= mean;
        return centred;
    }
}
