using MathNet.Numerics.Distributions;

namespace FinML.Statistics;

/// <summary>
/// Have chains mixed, and what are their draws worth: the rank-normalised split R-hat and the bulk and tail effective
/// sample sizes of A. Vehtari, A. Gelman, D. Simpson, B. Carpenter and P.-C. Buerkner, "Rank-normalization, folding,
/// and localization", Bayesian Analysis 16 (2021). Sums of autocorrelations end by Geyer's initial monotone sequence.
/// </summary>
public sealed record ChainDiagnostics
{
    /// <summary>Spread between (halves of) chains over the spread within: 1 where all sample one distribution; above
    /// 1.01 they do not yet.</summary>
    public required double RHat { get; init; }

    /// <summary>Independent draws that locate the bulk as well; want 100 a chain or more.</summary>
    public required double BulkEffectiveSize { get; init; }

    /// <summary>The smaller of the independent draws that locate the 5 % and the 95 % quantile as well.</summary>
    public required double TailEffectiveSize { get; init; }

    /// <summary>Monte Carlo standard error of the mean.</summary>
    public required double MeanError { get; init; }

    /// <summary>Diagnoses one quantity.</summary>
    /// <param name="chains">(chains, draws): one or more chains of one length, 4 draws or more, finite and not constant
    /// over all of them.</param>
    public static ChainDiagnostics Of(IReadOnlyList<double[]> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        Guard.AtLeast(chains.Count, 1, "number of chains");
        for (int c = 0; c < chains.Count; c++)
        {
            Guard.Series(chains[c], 4, $"chain {c}");
            if (chains[c].Length != chains[0].Length)
                throw new ArgumentException(
                    $"Chain 0 has {chains[0].Length} draws and chain {c} has {chains[c].Length}; all must have as "
                    + "many.",
                    nameof(chains));
        }

        double[] all = [.. chains.SelectMany(c => c)];
        Guard.NotConstant(all, "the quantity");
        double[][] split = Split(chains);
        double[] sorted = [.. all.Order()];
        double median = Quantile.Type7Sorted(sorted, 0.5);
        double[][] ranked = Normalise(split);
        double[][] folded = Normalise(Map(split, x => Math.Abs(x - median)));
        double low = Quantile.Type7Sorted(sorted, 0.05), high = Quantile.Type7Sorted(sorted, 0.95);
        return new ChainDiagnostics
        {
            RHat = Math.Max(Reduction(ranked), Reduction(folded)),
            BulkEffectiveSize = EffectiveSize(ranked),
            TailEffectiveSize = Math.Min(
                EffectiveSize(Map(split, x => x <= low ? 1 : 0)), EffectiveSize(Map(split, x => x <= high ? 1 : 0))),
            MeanError = Moments.Of(all).StandardDeviation(1) / Math.Sqrt(EffectiveSize(split)),
        };
    }

    /// <summary>Effective size of the mean of chains of one length, not split and not ranked.</summary>
    internal static double EffectiveSize(double[][] chains)
    {
        int m = chains.Length, n = chains[0].Length;
        double[] means = Array.ConvertAll(chains, c => c.Average());
        double within = chains.Select((c, i) => Autocovariance(c, means[i], 0)).Average() * n / (n - 1);
        double total = within * (n - 1) / n + (m > 1 ? Variance(means) : 0);
        if (!(total > 0))
            return m * n; // a constant: any draw tells it
        var rho = new double[n + 1];
        rho[0] = 1;
        double even = 1, odd = Correlation(1);
        rho[1] = odd;
        int lag = 0;
        while (lag < n - 5 && even + odd > 0)
        {
            lag += 2;
            even = Correlation(lag);
            odd = Correlation(lag + 1);
            if (even + odd >= 0)
                (rho[lag], rho[lag + 1]) = (even, odd);
        }

        if (even > 0)
            rho[lag] = even;
        for (int t = 2; t <= lag - 2; t += 2)
        {
            // Geyer's sequence of sums of pairs must not rise.
            double before = rho[t - 2] + rho[t - 1];
            if (rho[t] + rho[t + 1] > before)
                rho[t] = rho[t + 1] = before / 2;
        }

        double size = (double)m * n, time = -1 + rho[lag];
        for (int t = 0; t < lag; t++)
            time += 2 * rho[t];
        return size / Math.Max(time, 1 / Math.Log10(size));

        double Correlation(int at) =>
            1 - (within - chains.Select((c, i) => Autocovariance(c, means[i], at)).Average()) / total;
    }

    private static double Reduction(double[][] chains)
    {
        int n = chains[0].Length;
        double between = n * Variance(Array.ConvertAll(chains, c => c.Average()));
        double within = chains.Average(Variance);
        return Math.Sqrt((between / within + n - 1) / n);
    }

    private static double[][] Split(IReadOnlyList<double[]> chains)
    {
        int half = chains[0].Length / 2;
        return [.. chains.SelectMany(c => new[] { c[..half], c[^half..] })];
    }

    private static double[][] Map(double[][] chains, Converter<double, double> map) =>
        Array.ConvertAll(chains, c => Array.ConvertAll(c, map));

    /// <summary>Each draw becomes the normal quantile of its rank among all, (r - 3/8) / (S + 1/4), ties at their mean
    /// rank.</summary>
    private static double[][] Normalise(double[][] chains)
    {
        int n = chains[0].Length;
        double[] all = [.. chains.SelectMany(c => c)];
        int[] order = [.. Enumerable.Range(0, all.Length)];
        Array.Sort((double[])all.Clone(), order);
        var result = new double[all.Length];
        for (int first = 0, next; first < order.Length; first = next)
        {
            for (next = first + 1; next < order.Length && all[order[next]] == all[order[first]];)
                next++;
            double rank = (first + 1 + next) / 2.0;
            double z = Normal.InvCDF(0, 1, (rank - 0.375) / (all.Length + 0.25));
            for (int i = first; i < next; i++)
                result[order[i]] = z;
        }

        return [.. Enumerable.Range(0, chains.Length).Select(c => result[(c * n)..((c + 1) * n)])];
    }

    private static double Autocovariance(double[] values, double mean, int lag)
    {
        double sum = 0;
        for (int t = lag; t < values.Length; t++)
            sum += (values[t] - mean) * (values[t - lag] - mean);
        return sum / values.Length;
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }
}
