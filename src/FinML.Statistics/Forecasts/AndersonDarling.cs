namespace FinML.Statistics;

/// <summary>
/// Test of Anderson and Darling (1954) that values are independent and uniform on (0, 1), as the probability integral
/// transforms u_t = F_t(y_t) of right forecasts are. The distribution of A^2 by Marsaglia and Marsaglia (2004),
/// "Evaluating the Anderson-Darling distribution", to about 1e-6. Sharper than Kolmogorov-Smirnov in the tails, where
/// forecasts of risk are judged.
/// </summary>
public sealed record AndersonDarling
{
    /// <summary>A^2 = -n - sum (2 i - 1) (log u_(i) + log(1 - u_(n + 1 - i))) / n.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(A^2 &gt; statistic) for n values.</summary>
    public required double PValue { get; init; }

    /// <summary>Number of values.</summary>
    public required int Count { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="transforms">Two or more values between 0 and 1.</param>
    public static AndersonDarling TestUniform(ReadOnlySpan<double> transforms)
    {
        CheckTransforms(transforms, 2, nameof(transforms));
        double[] sorted = transforms.ToArray();
        Array.Sort(sorted);
        int n = sorted.Length;
        double sum = 0;
        for (int i = 0; i < n; i++)
            sum += (2 * i + 1) * (Math.Log(sorted[i]) + Math.Log(1 - sorted[n - 1 - i]));
        double statistic = -n - sum / n, below = Limit(statistic);
        return new AndersonDarling
        {
            Statistic = statistic,
            PValue = Math.Clamp(1 - (below + Correction(n, below)), 0, 1),
            Count = n,
        };
    }

    internal static void CheckTransforms(ReadOnlySpan<double> transforms, int minimum, string name)
    {
        Guard.Series(transforms, minimum, name);
        for (int i = 0; i < transforms.Length; i++)
        {
            if (!(transforms[i] > 0 && transforms[i] < 1))
                throw new ArgumentException(
                    $"{name} is {Guard.Text(transforms[i])} at index {i}; a probability integral transform lies " +
                    $"between 0 and 1, both excluded (at the end the forecast called what came impossible).", name);
        }
    }

    /// <summary>P(A^2 &lt; z) as n grows.</summary>
    private static double Limit(double z) => z < 2
        ? Math.Exp(-1.2337141 / z) / Math.Sqrt(z) * (2.00012 + (0.247105 - (0.0649821 - (0.0347962
            - (0.0116720 - 0.00168691 * z) * z) * z) * z) * z)
        : Math.Exp(-Math.Exp(1.0776 - (2.30695 - (0.43424 - (0.082433 - (0.008056 - 0.0003146 * z) * z) * z) * z) * z));

    /// <summary>What n values add to the limit x.</summary>
    private static double Correction(double n, double x)
    {
        if (x > 0.8)
            return (-130.2137 + (745.2337 - (1705.091 - (1950.646 - (1116.360 - 255.7844 * x) * x) * x) * x) * x) / n;
        double corner = 0.01265 + 0.1757 / n;
        if (x < corner)
        {
            double t = x / corner;
            return Math.Sqrt(t) * (1 - t) * (49 * t - 102) * (0.0037 / (n * n) + 0.00078 / n + 0.00006) / n;
        }

        double s = (x - corner) / (0.8 - corner);
        double g = -0.00022633 + (6.54034 - (14.6538 - (14.458 - (8.259 - 1.91864 * s) * s) * s) * s) * s;
        return g * (0.04213 + 0.01365 / n) / n;
    }
}
