namespace FinML.Statistics;

/// <summary>
/// Storey's q-values (2002; Storey and Tibshirani 2003): the false discovery rate that is expected when everything at
/// least as extreme is called, with the share of true nulls pi0 estimated from the p-values that are large:
/// pi0(lambda) = #{p &gt; lambda} / (m (1 - lambda)). With pi0 = 1 they are Benjamini and Hochberg's adjusted p-values.
/// </summary>
public sealed record StoreyQValues
{
    /// <summary>The estimated share of true null hypotheses, at most 1.</summary>
    public required double NullShare { get; init; }

    /// <summary>The lambda that was used.</summary>
    public required double Lambda { get; init; }

    /// <summary>In the order of the p-values.</summary>
    public required IReadOnlyList<double> QValues { get; init; }

    /// <summary>With a given lambda.</summary>
    /// <param name="pValues">From 0 to 1, one for each hypothesis; independent or weakly dependent.</param>
    /// <param name="lambda">From 0 to below 1; p-values above it count as nulls.</param>
    /// <exception cref="ArgumentException">No p-value is above lambda: pi0 cannot be estimated.</exception>
    public static StoreyQValues Of(ReadOnlySpan<double> pValues, double lambda = 0.5)
    {
        if (!(lambda >= 0 && lambda < 1))
            throw new ArgumentOutOfRangeException(
                nameof(lambda), $"lambda is {Guard.Text(lambda)}; it must be from 0 to below 1.");
        int[] order = PValueAdjustment.Order(pValues);
        double share = Math.Min(1, Share(pValues, lambda));
        if (share == 0)
            throw new ArgumentException(
                $"None of the {pValues.Length} p-values is above lambda = {Guard.Text(lambda)}; the share of true " +
                "nulls cannot be estimated from them.", nameof(pValues));
        return Make(pValues, order, share, lambda);
    }

    /// <summary>
    /// With the lambda among .05, .10 .. .95 whose estimate has the least estimated mean squared error (Storey, Taylor
    /// and Siegmund 2004; the bootstrap's expectation in closed form, as in the package qvalue).
    /// </summary>
    public static StoreyQValues WithBestLambda(ReadOnlySpan<double> pValues)
    {
        int[] order = PValueAdjustment.Order(pValues);
        int m = pValues.Length;
        double[] lambdas = [.. Enumerable.Range(1, 19).Select(i => i * 0.05)];
        var shares = new double[lambdas.Length];
        for (int i = 0; i < lambdas.Length; i++)
            shares[i] = Share(pValues, lambdas[i]);
        double lowest = Quantile.Type7(shares, 0.1);
        double best = double.PositiveInfinity;
        int chosen = 0;
        for (int i = 0; i < lambdas.Length; i++)
        {
            double kept = shares[i] * (1 - lambdas[i]); // share of p-values above lambda
            double variance = kept / (m * (1 - lambdas[i]) * (1 - lambdas[i])) * (1 - kept);
            double error = variance + (shares[i] - lowest) * (shares[i] - lowest);
            if (error < best)
                (best, chosen) = (error, i);
        }

        double share = Math.Min(1, shares[chosen]);
        if (share == 0)
            throw new ArgumentException(
                $"None of the {m} p-values is above {Guard.Text(lambdas[chosen])}; the share of true nulls cannot be " +
                "estimated from them.", nameof(pValues));
        return Make(pValues, order, share, lambdas[chosen]);
    }

    /// <summary>
    /// With pi0 read at lambda = .95 from a smoothing spline of three degrees of freedom through the estimates at .05,
    /// .10 .. .95 (Storey and Tibshirani 2003; the default of the package qvalue).
    /// </summary>
    /// <exception cref="ArgumentException">The curve ends at 0 or below: too few p-values are large.</exception>
    public static StoreyQValues Smoothed(ReadOnlySpan<double> pValues)
    {
        int[] order = PValueAdjustment.Order(pValues);
        var shares = new double[19];
        for (int i = 0; i < shares.Length; i++)
            shares[i] = Share(pValues, (i + 1) * 0.05);
        double share = Math.Min(1, SmoothingSpline.Fit(shares, 3)[^1]);
        if (!(share > 0))
            throw new ArgumentException(
                $"The smoothed share of true nulls ends at {Guard.Text(share)} at lambda = 0.95; too few of the "
                + $"{pValues.Length} p-values are large: give a lambda.", nameof(pValues));
        return Make(pValues, order, share, 0.95);
    }

    private static double Share(ReadOnlySpan<double> pValues, double lambda)
    {
        int above = 0;
        foreach (double p in pValues)
            above += p >= lambda ? 1 : 0;
        return above / (pValues.Length * (1 - lambda));
    }

    private static StoreyQValues Make(ReadOnlySpan<double> pValues, int[] order, double share, double lambda)
    {
        var q = new double[order.Length];
        double least = 1;
        for (int rank = order.Length; rank >= 1; rank--)
        {
            int i = order[rank - 1];
            least = Math.Min(least, share * pValues[i] * order.Length / rank);
            q[i] = least;
        }

        return new StoreyQValues { NullShare = share, Lambda = lambda, QValues = q };
    }
}
