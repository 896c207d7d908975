namespace FinML.Statistics;

/// <summary>How much is traded.</summary>
public static class Turnover
{
    /// <summary>
    /// Mean of |position(t) - position(t-1)| times periods per year, with position(-1) = 0; positions are fractions of
    /// equity. One-way: going from 0 to 1 counts 1. Drift of weights between decisions is not counted.
    /// </summary>
    /// <param name="positions">One or more finite positions, one per period.</param>
    /// <param name="periodsPerYear">Above 0.</param>
    public static double PerYear(ReadOnlySpan<double> positions, double periodsPerYear)
    {
        Guard.Series(positions, 1, nameof(positions));
        Guard.Positive(periodsPerYear, nameof(periodsPerYear));
        double traded = 0, before = 0;
        foreach (double position in positions)
        {
            traded += Math.Abs(position - before);
            before = position;
        }

        return traded / positions.Length * periodsPerYear;
    }

    /// <summary>
    /// The same for a portfolio: mean over time of sum_i |target weight - weight before the trade|, times periods per
    /// year. Between decisions the weights drift with the returns: what was w_i is w_i (1 + r_i) / (1 + sum_j w_j r_j).
    /// Buying all of it counts 1, selling one half to buy another counts 1.
    /// </summary>
    /// <param name="weights">By period, by asset: the target weights after the trade at the beginning of the period, as
    /// fractions of equity.</param>
    /// <param name="returns">By period, by asset: the simple returns over the period.</param>
    /// <param name="periodsPerYear">Above 0.</param>
    /// <exception cref="ArgumentException">Not aligned, not finite, or equity that falls to 0 or below.</exception>
    public static double PerYear(
        IReadOnlyList<double[]> weights, IReadOnlyList<double[]> returns, double periodsPerYear)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(returns);
        Guard.Positive(periodsPerYear, nameof(periodsPerYear));
        if (weights.Count == 0 || weights.Count != returns.Count)
            throw new ArgumentException(
                $"There are {weights.Count} periods of weights and {returns.Count} of returns; they must be " +
                "aligned, one for one, and at least 1.", nameof(returns));
        var before = new double[weights[0].Length];
        double traded = 0;
        for (int t = 0; t < weights.Count; t++)
        {
            Guard.Finite(weights[t], $"weights of period {t}");
            Guard.Finite(returns[t], $"returns of period {t}");
            Guard.SameLength(before, weights[t], "period 0", $"period {t} of weights");
            Guard.SameLength(before, returns[t], "period 0", $"period {t} of returns");
            double growth = 1;
            for (int i = 0; i < before.Length; i++)
            {
                traded += Math.Abs(weights[t][i] - before[i]);
                growth += weights[t][i] * returns[t][i];
            }

            if (growth <= 0)
                throw new ArgumentException(
                    $"Equity is multiplied by {Guard.Text(growth)} in period {t}; it must stay above 0.",
                    nameof(returns));
            for (int i = 0; i < before.Length; i++)
                before[i] = weights[t][i] * (1 + returns[t][i]) / growth;
        }

        return traded / weights.Count * periodsPerYear;
    }
}
