using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>The Sharpe ratios of the paths of a combinatorial cross-validation: a distribution in place of the one
/// number of a walk forward.</summary>
public sealed record PathDistribution
{
    /// <summary>By path, a year, in rising order.</summary>
    public required IReadOnlyList<double> Sharpe { get; init; }

    /// <summary>Of the ratios.</summary>
    public required double Mean { get; init; }

    /// <summary>Of the ratios, ddof 1; 0 for one path.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>5, 50 and 95 per cent quantile (type 7).</summary>
    public required IReadOnlyList<double> Quantiles { get; init; }

    /// <summary>The share of paths that lose.</summary>
    public required double ShareBelowZero { get; init; }

    /// <summary>The deepest drawdown of all paths, a positive fraction.</summary>
    public required double WorstDrawdown { get; init; }

    /// <summary>From the returns of the paths; null where there is none.</summary>
    /// <exception cref="ArgumentException">A path is constant or too short for a Sharpe ratio.</exception>
    internal static PathDistribution? Of(
        IReadOnlyList<IReadOnlyList<double>> paths, BacktestReportOptions options)
    {
        if (paths.Count == 0)
            return null;
        double[] sharpe = new double[paths.Count];
        double worst = 0;
        for (int p = 0; p < sharpe.Length; p++)
        {
            double[] returns = [.. paths[p]];
            if (returns.Length < 10 || returns.Any(r => !(r >= -1) || double.IsInfinity(r)))
                throw new ArgumentException(
                    $"Path {p + 1} has {returns.Length} returns; 10 or more finite ones of at least -1 are needed.");
            sharpe[p] = SharpeInference.Annualised(returns, options) ?? throw new ArgumentException(
                $"Path {p + 1} has {returns.Length} constant returns; there is no Sharpe ratio of it.");
            worst = Math.Max(worst, Drawdown.Maximum(ReturnSeries.Simple(returns, options.PeriodsPerYear)).Depth);
        }

        Array.Sort(sharpe);
        Moments moments = Moments.Of(sharpe);
        return new PathDistribution
        {
            Sharpe = sharpe,
            Mean = moments.Mean,
            StandardDeviation = sharpe.Length > 1 ? moments.StandardDeviation() : 0,
            Quantiles = [.. new[] { 0.05, 0.5, 0.95 }.Select(p => Quantile.Type7Sorted(sharpe, p))],
            ShareBelowZero = sharpe.Count(s => s < 0) / (double)sharpe.Length,
            WorstDrawdown = worst,
        };
    }
}
