namespace FinML.Statistics;

/// <summary>
/// Years below which the best of N worthless strategies is expected to show an annual Sharpe ratio of at least the
/// target: (E[max of N] / SR)^2, at most 2 ln(N) / SR^2. Bailey, Borwein, Lopez de Prado and Zhu (2014),
/// "Pseudo-mathematics and financial charlatanism", theorem 1.
/// </summary>
public static class MinimumBacktestLength
{
    /// <summary>The length in years.</summary>
    /// <param name="trials">N, 1 or more.</param>
    /// <param name="annualSharpe">Target Sharpe ratio per year, above 0.</param>
    public static double Years(double trials, double annualSharpe = 1)
    {
        Guard.Positive(annualSharpe, nameof(annualSharpe));
        double ratio = DeflatedSharpeRatio.ExpectedMaximum(trials) / annualSharpe;
        return ratio * ratio;
    }

    /// <summary>The closed-form upper bound 2 ln(N) / SR^2, in years.</summary>
    public static double UpperBoundYears(double trials, double annualSharpe = 1)
    {
        Guard.Positive(annualSharpe, nameof(annualSharpe));
        if (!(trials >= 1) || double.IsInfinity(trials))
            throw new ArgumentOutOfRangeException(
                nameof(trials), $"trials is {Guard.Text(trials)}; it must be 1 or more and finite.");
        return 2 * Math.Log(trials) / (annualSharpe * annualSharpe);
    }
}
