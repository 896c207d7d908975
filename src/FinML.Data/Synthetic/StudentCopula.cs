namespace FinML.Data;

/// <summary>
/// Normal returns that crash together: the dependence is that of Student's t distribution with equal correlations, the
/// margins are normal. With few degrees of freedom the assets have joint extremes that no correlation matrix of normal
/// returns gives. P. Embrechts, A. McNeil, D. Straumann (2002); S. Demarta, A. J. McNeil, International Statistical
/// Review 73 (2005).
/// </summary>
public sealed record StudentCopula
{
    /// <summary>The assets, at least 2.</summary>
    public int Assets { get; init; } = 10;

    /// <summary>rho between any two assets, in [0, 1).</summary>
    public double Correlation { get; init; } = 0.4;

    /// <summary>nu, above 0; the normal copula is its limit.</summary>
    public double DegreesOfFreedom { get; init; } = 3;

    /// <summary>The mean logarithmic return of a row.</summary>
    public double Mean { get; init; } = 0.0003;

    /// <summary>The deviation of the logarithmic return of a row, above 0.</summary>
    public double Deviation { get; init; } = 0.015;

    /// <summary>lambda, the limit of P(one crashes | another does) as crashes get extreme:
    /// 2 t(nu + 1)(-sqrt((nu + 1)(1 - rho) / (1 + rho))).</summary>
    public double TailDependence => 2 * StudentDistribution.UpperTail(
        Math.Sqrt((DegreesOfFreedom + 1) * (1 - Correlation) / (1 + Correlation)), DegreesOfFreedom + 1);

    /// <summary>Logarithmic returns: [asset][row].</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option or the rows are outside their range.</exception>
    public double[][] Returns(int rows, RandomStream random)
    {
        Validate();
        PricePath.Check(rows, random);
        double[][] returns = [.. Enumerable.Range(0, Assets).Select(_ => new double[rows])];
        for (int t = 0; t < rows; t++)
        {
            // T = Z / sqrt(chi-squared(nu) / nu), one divisor for all assets: that is what crashes them together.
            double divisor = Math.Sqrt(2 * random.NextGamma(DegreesOfFreedom / 2) / DegreesOfFreedom);
            double common = random.NextNormal();
            for (int i = 0; i < Assets; i++)
            {
                double z = Math.Sqrt(Correlation) * common + Math.Sqrt(1 - Correlation) * random.NextNormal();
                double tail = Math.Max(StudentDistribution.UpperTail(z / divisor, DegreesOfFreedom), 1e-300);
                double size = -NormalDistribution.Quantile(tail); // of the same rank in the normal distribution
                returns[i][t] = Mean + Deviation * (z > 0 ? size : -size);
            }
        }

        return returns;
    }

    /// <summary>Closes from 100 on consecutive weekdays from 2000-01-03.</summary>
    /// <param name="rows">The rows, at least 1.</param>
    /// <param name="random">Draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option or the rows are outside their range.</exception>
    public Panel Create(int rows, RandomStream random)
    {
        Guard.AtLeast(rows, 1, nameof(rows));
        return Panel.Create(SyntheticPanel.Weekdays(rows, null), SyntheticPanel.Names(Assets), ["close"],
            [.. Returns(rows - 1, random).Select(returns => PricePath.Compound(100, returns))]);
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Guard.AtLeast(Assets, 2, nameof(Assets));
        Guard.InRange(Correlation, 0, 1 - 1e-9, nameof(Correlation));
        Guard.Positive(DegreesOfFreedom, nameof(DegreesOfFreedom));
        Guard.Finite(Mean, nameof(Mean));
        Guard.Positive(Deviation, nameof(Deviation));
    }
}
