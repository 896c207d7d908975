namespace FinML.Statistics;

/// <summary>
/// The generalised Pareto distribution of excesses over a threshold, P(X &gt; x) = (1 + xi x / sigma)^(-1/xi), fitted by
/// Zhang and Stephens (2009), "A new and efficient estimation method for the generalized Pareto distribution": the mean
/// of theta = -xi / sigma under its profile likelihood and a weak prior. No iteration, and less variable than maximum
/// likelihood in samples of some hundred.
/// </summary>
internal readonly record struct ParetoTailFit(double Shape, double Scale)
{
    /// <param name="excesses">Ascending and above 0; 20 or more, not all equal.</param>
    internal static ParetoTailFit Of(ReadOnlySpan<double> excesses)
    {
        int n = excesses.Length, grid = 20 + (int)Math.Sqrt(n);
        double quartile = excesses[(int)(n / 4.0 + 0.5) - 1], largest = excesses[^1];
        var theta = new double[grid];
        var likelihood = new double[grid];
        for (int j = 0; j < grid; j++)
        {
            theta[j] = 1 / largest + (1 - Math.Sqrt(grid / (j + 0.5))) / (3 * quartile);
            double k = NegativeShape(excesses, theta[j]);
            likelihood[j] = n * (Math.Log(theta[j] / k) + k - 1);
        }

        double top = likelihood.Max(), sum = 0, mean = 0;
        for (int j = 0; j < grid; j++)
        {
            double weight = Math.Exp(likelihood[j] - top);
            sum += weight;
            mean += weight * theta[j];
        }

        double average = mean / sum, shape = -NegativeShape(excesses, average);
        return new ParetoTailFit(shape, -shape / average);
    }

    /// <summary>P(X &gt; excess); 0 beyond the end of a distribution that has one.</summary>
    internal double Exceedance(double excess)
    {
        double z = Shape * excess / Scale;
        if (z <= -1)
            return 0;
        return Math.Abs(z) < 1e-12 ? Math.Exp(-excess / Scale) : Math.Exp(-Math.Log(1 + z) / Shape);
    }

    /// <summary>The excess that is exceeded with the probability.</summary>
    internal double Quantile(double exceedance) => Math.Abs(Shape) < 1e-12
        ? -Scale * Math.Log(exceedance)
        : Scale / Shape * (Math.Exp(-Shape * Math.Log(exceedance)) - 1);

    /// <summary>
    /// The statistic of Anderson and Darling, A^2 = -n - sum (2i - 1)(ln F_i + ln(1 - F_{n+1-i})) / n.
    /// </summary>
    internal double AndersonDarling(ReadOnlySpan<double> excesses)
    {
        int n = excesses.Length;
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            double above = Math.Max(Exceedance(excesses[i]), 1e-300);
            double mirrored = Math.Max(Exceedance(excesses[n - 1 - i]), 1e-300);
            sum += (2 * i + 1) * (Math.Log(Math.Max(1 - above, 1e-300)) + Math.Log(mirrored));
        }

        return -n - sum / n;
    }

    /// <summary>k = -mean log(1 - theta x), which is -xi.</summary>
    private static double NegativeShape(ReadOnlySpan<double> excesses, double theta)
    {
        double sum = 0;
        foreach (double x in excesses)
            sum += Math.Log(1 - theta * x);
        return -sum / excesses.Length;
    }
}
