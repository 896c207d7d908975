namespace FinML.Markets.Execution;

/// <summary>
/// The optimal schedule of a mean-variance seller, min E + λ V: with κ = acosh(1 + λ σ² τ² / (2 η~)) / τ it holds
/// x_j = X sinh(κ (T - t_j)) / sinh(κ T) after trade j; equal parts where λ or σ is 0.
/// </summary>
/// <remarks>
/// R. Almgren and N. Chriss, "Optimal execution of portfolio transactions", Journal of Risk 3 (2000), equations (18) to
/// (20); with λ = 0 the linear-impact schedule of D. Bertsimas and A. Lo, "Optimal control of execution costs", Journal
/// of Financial Markets 1 (1998).
/// </remarks>
public sealed class AlmgrenChriss
{
    private readonly ImpactOptions options;

    public AlmgrenChriss(ImpactOptions? options = null)
    {
        this.options = (options ?? new ImpactOptions()).Validate();
        double tau = this.options.Interval;
        double z = this.options.RiskAversion * Square(this.options.Volatility * tau)
            / (2 * this.options.AdjustedTemporaryImpact);

        Kappa = 2 * Math.Asinh(Math.Sqrt(z / 2)) / tau; // acosh(1 + z), without its cancellation at small z
        Holdings = Schedule();
    }

    /// <summary>How fast the position is worked off, per unit of time.</summary>
    public double Kappa { get; }

    /// <summary>x_0 .. x_N, in shares, (N + 1).</summary>
    public IReadOnlyList<double> Holdings { get; }

    /// <summary>The fraction of X that is held after a fraction of the time, 0 to 1.</summary>
    public double HeldAt(double elapsed) => Held(Math.Clamp(elapsed, 0, 1));

    /// <summary>
    /// E[X S₀ - proceeds] of any schedule: γ X² / 2 + ε Σ |n_j| + (η~/τ) Σ n_j², in currency.
    /// </summary>
    /// <param name="holdings">x_0 .. x_N from X to 0.</param>
    public double ExpectedShortfall(IReadOnlyList<double> holdings)
    {
        Check(holdings);
        double trades = 0, squares = 0;
        for (int j = 1; j < holdings.Count; j++)
        {
            double n = holdings[j - 1] - holdings[j];
            trades += Math.Abs(n);
            squares += n * n;
        }

        return options.PermanentImpact * Square(options.Shares) / 2 + options.FixedCost * trades
            + options.AdjustedTemporaryImpact / options.Interval * squares;
    }

    /// <summary>The variance of the proceeds of any schedule: σ² τ Σ x_j², in currency².</summary>
    /// <param name="holdings">x_0 .. x_N from X to 0.</param>
    public double Variance(IReadOnlyList<double> holdings)
    {
        Check(holdings);
        return Square(options.Volatility) * options.Interval * holdings.Skip(1).Sum(Square);
    }

    /// <summary>E + λ V, in currency.</summary>
    public double Objective(IReadOnlyList<double> holdings) =>
        ExpectedShortfall(holdings) + options.RiskAversion * Variance(holdings);

    /// <summary>Equal parts at equal times.</summary>
    public IReadOnlyList<double> EqualParts() =>
        [.. Enumerable.Range(0, options.Intervals + 1)
            .Select(j => options.Shares * (options.Intervals - j) / options.Intervals)];

    /// <summary>Everything in the first interval.</summary>
    public IReadOnlyList<double> AllAtOnce() =>
        [.. Enumerable.Range(0, options.Intervals + 1).Select(j => j == 0 ? options.Shares : 0)];

    private double[] Schedule()
    {
        double[] holdings = new double[options.Intervals + 1];
        for (int j = 0; j < holdings.Length; j++)
            holdings[j] = options.Shares * Held((double)j / options.Intervals);
        return holdings;
    }

    private double Held(double elapsed)
    {
        double whole = Kappa * options.Horizon, left = whole * (1 - elapsed);
        if (whole < 1e-9)
            return 1 - elapsed;

        // sinh(left) / sinh(whole) without overflow.
        return Math.Exp(left - whole) * (1 - Math.Exp(-2 * left)) / (1 - Math.Exp(-2 * whole));
    }

    private void Check(IReadOnlyList<double> holdings)
    {
        ArgumentNullException.ThrowIfNull(holdings);
        Require.SameLength(holdings.Count, options.Intervals + 1, nameof(holdings), "the intervals' ends");
        if (holdings[0] != options.Shares || holdings[^1] != 0)
        {
            throw new ArgumentException(
                $"A schedule goes from {options.Shares} to 0; this one from {holdings[0]} to {holdings[^1]}.");
        }
    }

    private static double Square(double x) => x * x;
}
