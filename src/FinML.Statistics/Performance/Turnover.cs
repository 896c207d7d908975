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
}
