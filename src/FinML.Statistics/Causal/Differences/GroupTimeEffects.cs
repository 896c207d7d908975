using FinML.Shared;
using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// The course of an effect where units are treated at different times: B. Callaway and P. H. C. Sant'Anna,
/// "Difference-in-differences with multiple time periods", Journal of Econometrics 225 (2021), without covariates. The
/// effect on group g (first treated in g) in period t is its change since g - 1 less that of the comparison group;
/// periods before g show whether the groups moved alike. Errors are those of the influence function, clustered by unit.
/// </summary>
public sealed record GroupTimeEffects : ICausalResult
{
    private double[][] _eventInfluences = []; // (event times, units), without the base period

    /// <summary>Group, period, effect and standard error; base periods left out.</summary>
    public required IReadOnlyList<(int Group, int Period, double Effect, double StandardError)> Cells { get; init; }

    /// <summary>The effect by time since the treatment, from the earliest on, base period -1 with effect 0
    /// included.</summary>
    public required IReadOnlyList<EventTimeEffect> EventStudy { get; init; }

    /// <summary>Mean effect over all treated groups and periods, weighted by the size of the groups.</summary>
    public required double Overall { get; init; }

    /// <summary>Its standard error.</summary>
    public required double OverallStandardError { get; init; }

    /// <summary>Chi-squared test that all event times before -1 are 0; null where there are none, or fewer units than
    /// they need.</summary>
    public required (double Statistic, int DegreesOfFreedom, double PValue)? PreTrend { get; init; }

    /// <summary>Units.</summary>
    public required int Units { get; init; }

    /// <summary>Whom the treated were compared with.</summary>
    public required ComparisonGroup Comparison { get; init; }

    /// <inheritdoc/>
    public CausalClaim Claim => CausalClaim.Effect;

    /// <inheritdoc/>
    public IReadOnlyList<Assumption> Assumptions =>
    [
        DifferenceInDifferences.ParallelTrends(PreTrend is { } test
            ? [Diagnostic.Test("pre-trend chi-squared", test.Statistic, test.PValue,
                "treated and untreated moved alike before the treatment")]
            : []),
        DifferenceInDifferences.NoAnticipation(),
    ];

    /// <summary>Estimates.</summary>
    /// <param name="panel">A balanced panel with untreated units to compare with. Units that are treated from the first
    /// period on are left out: nothing is known of them before.</param>
    /// <param name="comparison">Whom to compare with.</param>
    public static GroupTimeEffects Of(
        TreatmentPanel panel, ComparisonGroup comparison = ComparisonGroup.NeverTreated)
    {
        ArgumentNullException.ThrowIfNull(panel);
        double[,] y = panel.Table();
        int[] units = [.. Enumerable.Range(0, panel.Units.Count)
            .Where(u => panel.FirstTreated[u] != panel.Periods[0])];
        int?[] first = Array.ConvertAll(units, u => panel.FirstTreated[u]);
        if (comparison == ComparisonGroup.NeverTreated && first.All(f => f is not null))
            throw new ArgumentException(
                "Every unit is treated at some time; compare with ComparisonGroup.NotYetTreated.", nameof(comparison));
        int[] groups = [.. first.OfType<int>().Distinct().Order()];
        var cells = new List<Cell>();
        foreach (int group in groups)
        {
            int start = IndexOf(panel.Periods, group), baseline = start - 1;
            for (int t = 0; t < panel.Periods.Count; t++)
            {
                int last = Math.Max(panel.Periods[t], panel.Periods[baseline]);
                bool[] control = Array.ConvertAll(first, f =>
                    f is null || (comparison == ComparisonGroup.NotYetTreated && f > last && f != group));
                if (t == baseline || !control.Contains(true))
                    continue;
                double[] change = Array.ConvertAll(units, u => y[u, t] - y[u, baseline]);
                bool[] member = Array.ConvertAll(first, f => f == group);
                cells.Add(new Cell(group, panel.Periods[t], t - start, change, member, control));
            }
        }

        if (!cells.Any(c => c.EventTime >= 0))
            throw new ArgumentException("No period has both treated and comparable untreated units.", nameof(panel));
        (double overall, double[] overallInfluence) = Weighted([.. cells.Where(c => c.EventTime >= 0)], first);
        int[] times = [.. cells.Select(c => c.EventTime).Distinct().Order()];
        var events = new List<EventTimeEffect>();
        var influences = new List<double[]>();
        foreach (int time in times)
        {
            Cell[] at = [.. cells.Where(c => c.EventTime == time)];
            (double effect, double[] influence) = Weighted(at, first);
            influences.Add(influence);
            events.Add(new EventTimeEffect(time, effect, ErrorOf(influence), at.Sum(c => c.Size)));
        }

        (double, int, double)? preTrend = PreTrendOf(events, influences);
        events.Add(new EventTimeEffect(-1, 0, 0, first.Count(f => f is not null)));
        return new GroupTimeEffects
        {
            Cells = [.. cells.Select(c => (c.Group, c.Period, c.Effect, ErrorOf(c.Influence)))],
            EventStudy = [.. events.OrderBy(e => e.EventTime)],
            Overall = overall,
            OverallStandardError = ErrorOf(overallInfluence),
            PreTrend = preTrend,
            Units = units.Length,
            Comparison = comparison,
            _eventInfluences = [.. influences],
        };
    }

    /// <summary>
    /// Bands that hold the whole course at once: effect -+ c standard errors, c the quantile of the largest |t| over
    /// the event times, by the multiplier bootstrap with Rademacher signs.
    /// </summary>
    /// <param name="level">Coverage.</param>
    /// <param name="replicates">Resamples.</param>
    /// <param name="seed">Seed.</param>
    /// <returns>Event time, lower and upper end; the base period has none.</returns>
    public IReadOnlyList<(int EventTime, double Lower, double Upper)> Bands(
        double level = 0.95, int replicates = 9999, ulong seed = 0)
    {
        Guard.Between(level, 0, 1, nameof(level));
        Guard.AtLeast(replicates, 99, nameof(replicates));
        EventTimeEffect[] events = [.. EventStudy.Where(e => e.EventTime != -1)];
        int n = Units;
        var largest = new double[replicates];
        Parallel.For(0, replicates, r =>
        {
            var random = new PhiloxStream(seed, (ulong)r);
            var sums = new double[events.Length];
            for (int i = 0; i < n; i++)
            {
                double sign = (random.NextUInt64() & 1) == 0 ? 1 : -1;
                for (int k = 0; k < sums.Length; k++)
                    sums[k] += sign * _eventInfluences[k][i];
            }

            for (int k = 0; k < sums.Length; k++)
                largest[r] = Math.Max(largest[r], Math.Abs(sums[k] / n) / events[k].StandardError);
        });
        double critical = Quantile.Type7(largest, level);
        return [.. events.Select(e => (
            e.EventTime, e.Effect - critical * e.StandardError, e.Effect + critical * e.StandardError))];
    }

    /// <summary>The mean of cells, weighted by the size of their groups, with the influence of each unit on it: that of
    /// the cells, and that of the estimated weights.</summary>
    private static (double Effect, double[] Influence) Weighted(Cell[] cells, int?[] first)
    {
        int n = first.Length;
        double total = cells.Sum(c => c.Size) / (double)n;
        double effect = cells.Sum(c => c.Size / (double)n / total * c.Effect);
        var influence = new double[n];
        foreach (Cell cell in cells)
        {
            double share = cell.Size / (double)n;
            for (int i = 0; i < n; i++)
                influence[i] += share / total * cell.Influence[i]
                    + ((first[i] == cell.Group ? 1 : 0) - share) * (cell.Effect - effect) / total;
        }

        return (effect, influence);
    }

    private static (double, int, double)? PreTrendOf(List<EventTimeEffect> events, List<double[]> influences)
    {
        int[] before = [.. Enumerable.Range(0, events.Count).Where(k => events[k].EventTime < -1)];
        if (before.Length == 0 || influences[0].Length <= 2 * before.Length)
            return null;
        int n = influences[0].Length;
        Matrix<double> covariance = Matrix<double>.Build.Dense(before.Length, before.Length, (a, b) =>
            influences[before[a]].Zip(influences[before[b]], (x, y) => x * y).Sum() / ((double)n * n));
        Vector<double> effects = Vector<double>.Build.Dense(before.Length, k => events[before[k]].Effect);
        if (covariance.Rank() < before.Length)
            return null; // groups of one unit: the covariance is not of full rank
        double statistic = effects * covariance.Solve(effects);
        return (statistic, before.Length, Tails.ChiSquaredUpper(statistic, before.Length));
    }

    private static double ErrorOf(double[] influence) =>
        Math.Sqrt(influence.Sum(v => v * v)) / influence.Length;

    private static int IndexOf(IReadOnlyList<int> periods, int period)
    {
        int index = 0;
        while (periods[index] != period)
            index++;
        return index;
    }

    /// <summary>One group in one period: mean change of its members less that of the controls.</summary>
    private sealed class Cell
    {
        internal Cell(int group, int period, int eventTime, double[] change, bool[] member, bool[] control)
        {
            (Group, Period, EventTime) = (group, period, eventTime);
            int n = change.Length, controls = control.Count(c => c);
            Size = member.Count(m => m);
            double treated = change.Where((_, i) => member[i]).Average();
            double untreated = change.Where((_, i) => control[i]).Average();
            Effect = treated - untreated;
            Influence = new double[n];
            for (int i = 0; i < n; i++)
            {
                if (member[i])
                    Influence[i] = (double)n / Size * (change[i] - treated);
                else if (control[i])
                    Influence[i] = -(double)n / controls * (change[i] - untreated);
            }
        }

        internal int Group { get; }

        internal int Period { get; }

        internal int EventTime { get; }

        internal int Size { get; }

        internal double Effect { get; }

        internal double[] Influence { get; }
    }
}
