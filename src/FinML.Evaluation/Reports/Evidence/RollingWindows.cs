namespace FinML.Evaluation;

/// <summary>Sharpe ratio, volatility and beta over windows that slide by one period. NaN where a window is
/// constant.</summary>
public sealed record RollingWindows
{
    /// <summary>Periods of a window: a year of days or weeks, three years of longer periods.</summary>
    public required int Window { get; init; }

    /// <summary>The end of each window.</summary>
    public required IReadOnlyList<DateTime> Times { get; init; }

    /// <summary>A year.</summary>
    public required IReadOnlyList<double> Sharpe { get; init; }

    /// <summary>A year.</summary>
    public required IReadOnlyList<double> Volatility { get; init; }

    /// <summary>On the benchmark; null without one.</summary>
    public required IReadOnlyList<double>? Beta { get; init; }

    /// <summary>The share of windows with a Sharpe ratio below 0.</summary>
    public double ShareBelowZero => (double)Sharpe.Count(s => s < 0) / Math.Max(1, Sharpe.Count(double.IsFinite));

    /// <summary>Null where the record has fewer periods than two windows.</summary>
    internal static RollingWindows? Of(EvidenceInput input, BacktestReportOptions options)
    {
        int year = (int)Math.Round(options.PeriodsPerYear), w = Math.Max(12, year >= 50 ? year : 3 * year);
        int n = input.NetReturns.Count, count = n - w + 1;
        if (n < 2 * w)
            return null;
        double[] sharpe = new double[count], volatility = new double[count];
        double[]? beta = input.Benchmark is null ? null : new double[count];
        // Running sums of values less their means: a window's variance then loses no digits.
        double meanY = input.NetReturns.Average(), meanX = input.Benchmark?.Values.Average() ?? 0;
        double sy = 0, syy = 0, sx = 0, sxx = 0, sxy = 0, root = Math.Sqrt(options.PeriodsPerYear);
        for (int t = 0; t < n; t++)
        {
            Move(t, 1);
            if (t >= w)
                Move(t - w, -1);
            if (t < w - 1)
                continue;
            int k = t - w + 1;
            double variance = (syy - sy * sy / w) / (w - 1), market = (sxx - sx * sx / w) / (w - 1);
            bool varies = variance > Math.Max(1e-16, 1e-10 * syy / w); // less is rounding
            volatility[k] = varies ? Math.Sqrt(variance) * root : 0;
            sharpe[k] = varies
                ? (meanY + sy / w - options.RiskFreePerPeriod) / Math.Sqrt(variance) * root
                : double.NaN;
            if (beta is not null)
                beta[k] = market > 1e-16 ? (sxy - sx * sy / w) / (w - 1) / market : double.NaN;
        }

        return new RollingWindows
        {
            Window = w,
            Times = [.. input.Times.Skip(w - 1)],
            Sharpe = sharpe,
            Volatility = volatility,
            Beta = beta,
        };

        void Move(int t, int sign)
        {
            double y = input.NetReturns[t] - meanY;
            sy += sign * y;
            syy += sign * y * y;
            if (beta is null)
                return;
            double x = input.Benchmark!.Values[t] - meanX;
            sx += sign * x;
            sxx += sign * x * x;
            sxy += sign * x * y;
        }
    }
}
