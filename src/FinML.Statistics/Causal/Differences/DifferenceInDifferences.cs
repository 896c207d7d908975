namespace FinML.Statistics;

/// <summary>
/// What a treatment changed: the change of the treated less the change of the untreated over the same time. One number
/// for the whole effect; <see cref="GroupTimeEffects"/> tells its course, and is the one to use where units are treated
/// at different times.
/// </summary>
public sealed record DifferenceInDifferences : ICausalResult
{
    /// <summary>The effect on the treated, in the unit of the outcome.</summary>
    public required double Effect { get; init; }

    /// <summary>Its standard error.</summary>
    public required double StandardError { get; init; }

    /// <summary>Degrees of freedom of its t distribution.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>Mean outcomes: treated before, treated after, control before, control after.</summary>
    public required (double TreatedBefore, double TreatedAfter, double ControlBefore, double ControlAfter) Means
    {
        get; init;
    }

    /// <summary>Observations.</summary>
    public required int Count { get; init; }

    /// <summary>How the standard error was made.</summary>
    public required string Method { get; init; }

    /// <summary>Two-sided p-value of no effect.</summary>
    public double PValue => Tails.StudentTwoSided(Effect / StandardError, DegreesOfFreedom);

    /// <inheritdoc/>
    public CausalClaim Claim => CausalClaim.Effect;

    /// <inheritdoc/>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>The confidence interval.</summary>
    public (double Lower, double Upper) Interval(double level = 0.95)
    {
        Guard.Between(level, 0, 1, nameof(level));
        double half = Tails.StudentQuantile((1 + level) / 2, DegreesOfFreedom) * StandardError;
        return (Effect - half, Effect + half);
    }

    /// <summary>From four independent samples: other people before than after. Unequal variances, Welch's degrees of
    /// freedom.</summary>
    public static DifferenceInDifferences OfCells(
        ReadOnlySpan<double> treatedBefore,
        ReadOnlySpan<double> treatedAfter,
        ReadOnlySpan<double> controlBefore,
        ReadOnlySpan<double> controlAfter)
    {
        Guard.Series(treatedBefore, 2, nameof(treatedBefore));
        Guard.Series(treatedAfter, 2, nameof(treatedAfter));
        Guard.Series(controlBefore, 2, nameof(controlBefore));
        Guard.Series(controlAfter, 2, nameof(controlAfter));
        Moments[] cells =
        [
            Moments.Of(treatedBefore), Moments.Of(treatedAfter), Moments.Of(controlBefore), Moments.Of(controlAfter),
        ];
        double[] variances = Array.ConvertAll(cells, c => c.Variance(1) / c.Count);
        double variance = variances.Sum();
        if (!(variance > 0))
            throw new ArgumentException("All four samples are constant; the effect's error cannot be told.");
        return new DifferenceInDifferences
        {
            Effect = cells[1].Mean - cells[0].Mean - (cells[3].Mean - cells[2].Mean),
            StandardError = Math.Sqrt(variance),
            DegreesOfFreedom = variance * variance
                / cells.Zip(variances, (c, v) => v * v / (c.Count - 1)).Sum(),
            Means = (cells[0].Mean, cells[1].Mean, cells[2].Mean, cells[3].Mean),
            Count = cells.Sum(c => c.Count),
            Method = "four independent samples, unequal variances",
            Assumptions = [ParallelTrends([]), NoAnticipation(), Composition()],
        };
    }

    /// <summary>From the same units before and after: the change on a constant and whether treated.</summary>
    /// <param name="before">Outcome before, one a unit.</param>
    /// <param name="after">Outcome after.</param>
    /// <param name="treated">Whether the unit is treated in between.</param>
    /// <param name="covariance">Default equal variances; clusters where units share shocks.</param>
    public static DifferenceInDifferences OfPairs(
        ReadOnlySpan<double> before,
        ReadOnlySpan<double> after,
        IReadOnlyList<bool> treated,
        CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(treated);
        Guard.Series(before, 4, nameof(before));
        Guard.Finite(after, nameof(after));
        Guard.SameLength(before, after, nameof(before), nameof(after));
        if (treated.Count != before.Length)
            throw new ArgumentException(
                $"treated has {treated.Count} values and before has {before.Length}; they must be aligned, one for "
                + "one.",
                nameof(treated));
        double[] first = before.ToArray(), second = after.ToArray();
        double[] change = [.. second.Zip(first, (a, b) => a - b)];
        int count = treated.Count(t => t);
        if (count == 0 || count == treated.Count)
            throw new ArgumentException(
                $"{count} of {treated.Count} units are treated; there must be treated and untreated ones.",
                nameof(treated));
        LinearRegression fit = LinearRegression.Fit(
            change, DesignMatrix.Of(("treated", [.. treated.Select(t => t ? 1.0 : 0.0)])).WithIntercept(), covariance);
        return new DifferenceInDifferences
        {
            Effect = fit.Coefficient("treated"),
            StandardError = fit.StandardError("treated"),
            DegreesOfFreedom = fit.DegreesOfFreedom,
            Means = (Mean(first, true), Mean(second, true), Mean(first, false), Mean(second, false)),
            Count = 2 * change.Length,
            Method = $"regression of the change, {fit.CovarianceMethod}",
            Assumptions = [ParallelTrends([]), NoAnticipation()],
        };

        double Mean(double[] values, bool group) => values.Where((_, i) => treated[i] == group).Average();
    }

    /// <summary>
    /// Two-way fixed effects: the outcome on a constant for each unit and each period and whether treated. Where units
    /// are treated at different times and effects differ, this is a weighted mean of effects with weights that can be
    /// negative (Goodman-Bacon 2021; de Chaisemartin and D'Haultfoeuille 2020); the share of negative weights is a
    /// diagnostic.
    /// </summary>
    /// <param name="panel">The panel; rows may be missing.</param>
    /// <param name="clusters">The cluster of each unit; null for the unit itself.</param>
    public static DifferenceInDifferences TwoWay(TreatmentPanel panel, IReadOnlyList<string>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (clusters is not null && clusters.Count != panel.Units.Count)
            throw new ArgumentException(
                $"clusters has {clusters.Count} values and there are {panel.Units.Count} units; there must be one for "
                + "each.",
                nameof(clusters));
        int n = panel.Outcomes.Length;
        double[] treated = [.. Enumerable.Range(0, n).Select(row => panel.IsTreated(row) ? 1.0 : 0.0)];
        double[] y = TwoWayResiduals.Of(panel, panel.Outcomes), d = TwoWayResiduals.Of(panel, treated);
        double spread = d.Sum(v => v * v);
        if (!(spread > 1e-10 * n))
            throw new ArgumentException(
                "Whether treated is told by unit and period alone; some unit must go untreated while another is "
                + "treated.",
                nameof(panel));
        string[] clusterOf = Array.ConvertAll(panel.UnitOf, u => clusters?[u] ?? panel.Units[u]);
        LinearRegression fit = LinearRegression.Fit(
            y, DesignMatrix.Of(("treated", d)), CovarianceEstimator.Cluster(clusterOf));

        // The fit counts one coefficient; the periods were estimated too. Units lie within clusters and do not count.
        double factor = Math.Sqrt((n - 1.0) / (n - panel.Periods.Count - 1));
        double negative = -Enumerable.Range(0, n).Where(row => treated[row] == 1).Sum(row => Math.Min(d[row], 0))
            / spread;
        return new DifferenceInDifferences
        {
            Effect = fit.Coefficients[0],
            StandardError = fit.StandardErrors[0] * factor,
            DegreesOfFreedom = fit.DegreesOfFreedom,
            Means = (Mean(true, false), Mean(true, true), Mean(false, false), Mean(false, true)),
            Count = n,
            Method = $"two-way fixed effects, {fit.CovarianceMethod}",
            Assumptions =
            [
                ParallelTrends(PreTrends(panel)),
                NoAnticipation(),
                new Assumption(
                    "equal effects", "The effect is the same for all units and does not grow with time, or all units "
                    + "are treated at one time.",
                    [
                        new Diagnostic(
                            "weight of treated cells that count negatively", negative,
                            negative > 1e-9 ? Bearing.Contradicts : Bearing.Supports,
                            negative > 1e-9
                                ? "a larger effect in those cells makes this estimate smaller; see GroupTimeEffects."
                                : "every treated cell counts positively."),
                    ]),
            ],
        };

        // "After" for the untreated: from the first treatment of anyone on.
        double Mean(bool group, bool after)
        {
            int start = panel.FirstTreated.Min() ?? 0;
            double[] cell = [.. Enumerable.Range(0, n).Where(row =>
                panel.FirstTreated[panel.UnitOf[row]] is { } first
                    ? group && panel.Periods[panel.PeriodOf[row]] >= first == after
                    : !group && panel.Periods[panel.PeriodOf[row]] >= start == after)
                .Select(row => panel.Outcomes[row])];
            return cell.Length == 0 ? double.NaN : cell.Average();
        }
    }

    internal static Assumption ParallelTrends(IReadOnlyList<Diagnostic> diagnostics) => new(
        "parallel trends", "Without the treatment, the treated would have changed as the untreated did.", diagnostics);

    internal static Assumption NoAnticipation() => new(
        "no anticipation", "The outcome does not react before the treatment begins.");

    private static Assumption Composition() => new(
        "stable composition", "The samples before and after are drawn from the same two populations.");

    private static IReadOnlyList<Diagnostic> PreTrends(TreatmentPanel panel)
    {
        if (!panel.IsBalanced || panel.FirstTreated.All(f => f is not null))
            return [];
        return GroupTimeEffects.Of(panel).PreTrend is { } test
            ? [Diagnostic.Test("pre-trend chi-squared", test.Statistic, test.PValue,
                "treated and untreated moved alike before the treatment")]
            : [];
    }
}
