using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// A p-value smaller than the permutations can count: a generalised Pareto distribution is fitted to the largest of the
/// permuted statistics and read at the data's, after Knijnenburg, Wessels, Reinders and Shmulevich (2009), "Fewer
/// permutations, more accurate P-values". It begins with the 250 largest (a quarter of all at most) and goes down by
/// 10 until an Anderson-Darling test with simulated critical values accepts the fit at 5 per cent. An extrapolation:
/// the p-value of the test stays (b + 1) / (B + 1).
/// </summary>
public sealed record PermutationTail
{
    /// <summary>With this many extreme arrangements the count is good enough, and no tail is fitted.</summary>
    internal const int EnoughExtreme = 10;

    private const int Most = 250, Fewest = 50, Step = 10, Simulations = 199;

    /// <summary>
    /// Estimate of the probability of a statistic as extreme as the data's; an interval that begins at 0 tells that
    /// the fitted tail may end before it. Not to be believed unless <see cref="IsAccepted"/>.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>Lower end of a 95 per cent interval of the p-value, by the likelihood of the tail.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double Upper { get; init; }

    /// <summary>
    /// True where some tail of about 50 statistics or more passed the test of fit, and does not end before the data's.
    /// </summary>
    public required bool IsAccepted { get; init; }

    /// <summary>P-value of the test of fit; above .05 where the tail passed.</summary>
    public required double GoodnessOfFit { get; init; }

    /// <summary>xi; below 0 for a tail that ends.</summary>
    public required double Shape { get; init; }

    /// <summary>sigma, in the unit of the statistic.</summary>
    public required double Scale { get; init; }

    /// <summary>Where the tail begins: midway between two statistics.</summary>
    public required double Threshold { get; init; }

    /// <summary>Statistics above the threshold.</summary>
    public required int Exceedances { get; init; }

    /// <param name="statistics">Of the permutations, more being more extreme; they are put in order.</param>
    /// <param name="observed">Of the data.</param>
    /// <param name="tolerance">What rounding may make of a tie.</param>
    internal static PermutationTail Fit(double[] statistics, double observed, double tolerance)
    {
        Array.Sort(statistics);
        PermutationTail? tail = null;
        for (int count = Math.Min(Most, statistics.Length / 4); count >= Fewest; count -= Step)
        {
            tail = At(statistics, observed, WithoutTies(statistics, count, tolerance));
            if (tail.GoodnessOfFit > 0.05)
                break;
        }

        return tail!;
    }

    /// <summary>The count at which the tail begins between two different statistics.</summary>
    private static int WithoutTies(double[] sorted, int count, double tolerance)
    {
        while (count > 1 && sorted[^count] - sorted[^(count + 1)] <= tolerance)
            count--;
        return count;
    }

    private static PermutationTail At(double[] sorted, double observed, int count)
    {
        int from = sorted.Length - count;
        double threshold = (sorted[from - 1] + sorted[from]) / 2, share = count / (double)sorted.Length;
        double[] excesses = Array.ConvertAll(sorted[from..], y => y - threshold);
        if (count < Fewest / 2 || Guard.IsConstant(excesses))
            return Refused(threshold, count); // a few values many times: no density to fit

        ParetoTailFit fit = ParetoTailFit.Of(excesses);
        double misfit = fit.AndersonDarling(excesses);
        int worse = 0;
        for (int s = 0; s < Simulations; s++)
        {
            double[] simulated = Simulate(fit, count, s);
            worse += ParetoTailFit.Of(simulated).AndersonDarling(simulated) >= misfit ? 1 : 0;
        }

        (double lower, double upper) = ParetoTailFit.Interval(excesses, observed - threshold);
        double p = share * fit.Exceedance(observed - threshold), goodness = (worse + 1.0) / (Simulations + 1.0);
        return new PermutationTail
        {
            PValue = p,
            Lower = share * lower,
            Upper = share * upper,
            IsAccepted = goodness > 0.05 && p > 0,
            GoodnessOfFit = goodness,
            Shape = fit.Shape,
            Scale = fit.Scale,
            Threshold = threshold,
            Exceedances = count,
        };
    }

    private static PermutationTail Refused(double threshold, int count) => new()
    {
        PValue = 1,
        Lower = 0,
        Upper = 1,
        IsAccepted = false,
        GoodnessOfFit = 0,
        Shape = 0,
        Scale = 0,
        Threshold = threshold,
        Exceedances = count,
    };

    private static double[] Simulate(ParetoTailFit fit, int count, int simulation)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            (uint high, uint low, _, _) = Philox4x32.Block((ulong)i, (ulong)simulation, 0);
            values[i] = fit.ExcessAt(1 - Philox4x32.ToUnitDouble(high, low));
        }

        Array.Sort(values);
        return values;
    }
}
