using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// Controls of the tests that judge a search: among strategies of pure noise they must find something no more often
/// than they say, and a skill that was planted among them they must find.
/// </summary>
public static class NoiseControls
{
    private const double DailyVolatility = 0.01, DaysPerYear = 252;

    /// <summary>Draws independent strategies of normal daily returns and tests each against earning nothing.</summary>
    /// <param name="random">Draws the returns.</param>
    /// <param name="strategies">How many; 2 or more.</param>
    /// <param name="days">How long; 16 or more.</param>
    /// <param name="plantedSharpe">The true Sharpe ratio a year of the first; the others have 0.</param>
    /// <param name="replicates">Resamples of StepM and SPA.</param>
    public static NoiseFindings Run(
        RandomStream random, int strategies, int days, double plantedSharpe = 0, int replicates = 499)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(strategies, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 16);
        var returns = new double[strategies][];
        var ratios = new SharpeRatio[strategies];
        for (int i = 0; i < strategies; i++)
        {
            double mean = i == 0 ? plantedSharpe / Math.Sqrt(DaysPerYear) * DailyVolatility : 0;
            returns[i] = new double[days];
            for (int t = 0; t < days; t++)
                returns[i][t] = mean + DailyVolatility * random.NextNormal();
            ratios[i] = SharpeRatio.Of(ReturnSeries.Simple(returns[i], DaysPerYear));
        }

        // The returns are the gains over a benchmark that earns nothing. Their dependence is known, so that the block
        // length is given: among a thousand automatic choices the longest is a matter of luck.
        var resamples = BootstrapMeans.Of(
            ModelPerformance.OfReturns([.. Enumerable.Range(0, strategies).Select(i => $"{i}")], returns),
            new StationaryBootstrap(2),
            new BootstrapOptions { Replicates = replicates, Level = 0.9, Seed = random.NextUInt64(), MaxThreads = 1 });
        var stepwise = StepwiseTest.Of(resamples).Models.Select(model => model.PValue).ToArray();
        double[] single = [.. ratios.Select(ratio => ProbabilisticSharpeRatio.Of(ratio).PValue)];
        IReadOnlyList<double> adjusted = PValueAdjustment.BenjaminiHochberg(single).Adjusted;
        double variance = Moments.Of([.. ratios.Select(ratio => ratio.PerPeriod)]).Variance();
        SharpeRatio judged = plantedSharpe == 0 ? ratios.MaxBy(ratio => ratio.PerPeriod)! : ratios[0];
        bool noise = plantedSharpe == 0;
        return new NoiseFindings(
            noise ? single.Min() : single[0],
            noise ? stepwise.Min() : stepwise[0],
            SuperiorPredictiveAbility.Of(resamples).PValue,
            noise ? adjusted.Min() : adjusted[0],
            1 - DeflatedSharpeRatio.Of(judged, strategies, variance).Probability);
    }
}
