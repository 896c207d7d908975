namespace FinML.Data;

/// <summary>
/// Trend scanning: the logarithmic prices of t..t+L are regressed on time for every L in a range of horizons, and the
/// slope with the largest |t-value| is the trend; the label is its sign. M. Lopez de Prado, Machine Learning for Asset
/// Managers (2020), section 5.4, there on prices.
/// </summary>
/// <remarks>
/// Which horizon wins depends on the prices up to the longest one, so every label reads t to t + LongestHorizon; the
/// book's label end, the winning horizon, would let a split purge too little.
/// </remarks>
public sealed record TrendScan
{
    /// <summary>The shortest L in rows. At least 2: a line through two points fits perfectly.</summary>
    public int ShortestHorizon { get; init; } = 3;

    /// <summary>The longest L in rows. At least the shortest.</summary>
    public int LongestHorizon { get; init; } = 20;

    /// <summary>The price.</summary>
    public string Field { get; init; } = "close";

    /// <summary>The labels +1, -1, or 0 where the price stood still.</summary>
    /// <exception cref="ArgumentException">An option is outside its range, or the panel lacks the asset or
    /// field.</exception>
    public LabelSet Label(Panel panel, string asset)
    {
        Trend[] trends = Trends(panel, asset);
        return new LabelSet([.. trends.Select(trend => double.IsNaN(trend.TValue) ? double.NaN
            : Math.Sign(trend.TValue))], [.. trends.Select((_, t) => t + LongestHorizon)]);
    }

    /// <summary>The trend of each row; NaN where a price of the longest horizon is missing.</summary>
    /// <exception cref="ArgumentException">As <see cref="Label"/>.</exception>
    public Trend[] Trends(Panel panel, string asset)
    {
        ArgumentNullException.ThrowIfNull(panel);
        Validate();
        ReadOnlySpan<double> price = panel.Column(asset, Field);
        Trend[] trends = new Trend[panel.Length];
        for (int t = 0; t < trends.Length; t++)
        {
            trends[t] = t + (long)LongestHorizon < trends.Length
                ? Scan(price.Slice(t, LongestHorizon + 1))
                : Trend.None;
        }

        return trends;
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Guard.AtLeast(ShortestHorizon, 2, nameof(ShortestHorizon));
        Guard.AtLeast(LongestHorizon, ShortestHorizon, nameof(LongestHorizon));
    }

    private Trend Scan(ReadOnlySpan<double> price)
    {
        // y_i = ln(P_i / P_0), i = 0..L, with running sums: each horizon costs a constant.
        double sum = 0, squares = 0, products = 0;
        Trend best = new(0, 0, ShortestHorizon);
        for (int i = 0; i < price.Length; i++)
        {
            double y = price[i] > 0 && price[0] > 0 ? Math.Log(price[i] / price[0]) : double.NaN;
            sum += y;
            squares += y * y;
            products += i * y;
            if (i >= ShortestHorizon)
            {
                Trend trend = Fit(i, sum, squares, products);
                if (double.IsNaN(trend.TValue))
                {
                    return Trend.None;
                }

                best = Math.Abs(trend.TValue) > Math.Abs(best.TValue) ? trend : best;
            }
        }

        return best;
    }

    private static Trend Fit(int horizon, double sum, double squares, double products)
    {
        double n = horizon + 1.0;
        double sxx = n * (n * n - 1) / 12; // of 0..L about its mean
        double sxy = products - sum * horizon / 2;
        double syy = squares - sum * sum / n;
        double slope = sxy / sxx;
        // A perfect line leaves the rounding of its sums: below that there is no residual to divide by.
        double residual = Math.Max(syy - slope * sxy, 1e-14 * squares);
        double t = slope == 0 || squares == 0 ? 0 : slope / Math.Sqrt(residual / (n - 2) / sxx);
        return new Trend(double.IsNaN(sum) ? double.NaN : t, slope, horizon);
    }
}
