namespace FinML.Statistics;

/// <summary>
/// Outcomes of units over periods, and from when on each unit is treated; a treatment once begun goes on. Rows may come
/// in any order and some may be missing.
/// </summary>
public sealed class TreatmentPanel
{
    private TreatmentPanel(
        double[] outcomes, int[] unitOf, int[] periodOf, string[] units, int[] periods, int?[] firstTreated)
    {
        (Outcomes, UnitOf, PeriodOf) = (outcomes, unitOf, periodOf);
        (Units, Periods, FirstTreated) = (units, periods, firstTreated);
    }

    /// <summary>Names of the units.</summary>
    public IReadOnlyList<string> Units { get; }

    /// <summary>The periods, ascending.</summary>
    public IReadOnlyList<int> Periods { get; }

    /// <summary>The first period in which each unit is treated; null for one that never is.</summary>
    public IReadOnlyList<int?> FirstTreated { get; }

    /// <summary>Whether every unit has a row in every period.</summary>
    public bool IsBalanced => Outcomes.Length == Units.Count * Periods.Count;

    /// <summary>The outcome of each row.</summary>
    internal double[] Outcomes { get; }

    /// <summary>The unit of each row, an index into <see cref="Units"/>.</summary>
    internal int[] UnitOf { get; }

    /// <summary>The period of each row, an index into <see cref="Periods"/>.</summary>
    internal int[] PeriodOf { get; }

    /// <summary>A panel from its rows.</summary>
    /// <param name="outcomes">Finite.</param>
    /// <param name="units">The unit of each row.</param>
    /// <param name="periods">The period of each row: years, quarters counted through ...</param>
    /// <param name="treated">Whether the row's unit is under treatment in that period.</param>
    /// <exception cref="ArgumentException">Not aligned, a unit and period twice, a treatment that ends, all treated in
    /// the first period, or none ever.</exception>
    public static TreatmentPanel Of(
        ReadOnlySpan<double> outcomes, IReadOnlyList<string> units, IReadOnlyList<int> periods,
        IReadOnlyList<bool> treated)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(periods);
        ArgumentNullException.ThrowIfNull(treated);
        Guard.Series(outcomes, 4, nameof(outcomes));
        foreach ((int count, string name) in new[]
            { (units.Count, nameof(units)), (periods.Count, nameof(periods)), (treated.Count, nameof(treated)) })
        {
            if (count != outcomes.Length)
                throw new ArgumentException(
                    $"{name} has {count} rows and outcomes has {outcomes.Length}; they must be aligned, one for one.",
                        name);
        }

        string[] names = [.. units.Distinct()];
        int[] times = [.. periods.Distinct().Order()];
        var unitIndex = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        int[] unitOf = [.. units.Select(u => unitIndex[u])];
        int[] periodOf = [.. periods.Select(p => Array.BinarySearch(times, p))];
        var seen = new HashSet<(int, int)>();
        var first = new int?[names.Length];
        for (int row = 0; row < outcomes.Length; row++)
        {
            if (!seen.Add((unitOf[row], periodOf[row])))
                throw new ArgumentException(
                    $"Unit '{units[row]}' has two rows in period {periods[row]} (row {row} is the second).",
                        nameof(units));
            if (treated[row] && !(first[unitOf[row]] <= periods[row]))
                first[unitOf[row]] = periods[row];
        }

        for (int row = 0; row < outcomes.Length; row++)
        {
            if (!treated[row] && first[unitOf[row]] < periods[row])
                throw new ArgumentException(
                    $"Unit '{units[row]}' is treated from {first[unitOf[row]]} on and not in {periods[row]} (row "
                    + $"{row}); a treatment must go on once it has begun.", nameof(treated));
        }

        if (first.All(f => f is null))
            throw new ArgumentException("No unit is ever treated.", nameof(treated));
        if (times.Length < 2)
            throw new ArgumentException($"There is one period, {times[0]}; two or more are needed.", nameof(periods));
        if (first.All(f => f == times[0]))
            throw new ArgumentException(
                $"Every unit is treated from the first period {times[0]} on; there is nothing to compare with.",
                nameof(treated));
        return new TreatmentPanel(outcomes.ToArray(), unitOf, periodOf, names, times, first);
    }

    internal bool IsTreated(int row) => FirstTreated[UnitOf[row]] <= Periods[PeriodOf[row]];

    /// <summary>(units, periods), of a balanced panel.</summary>
    internal double[,] Table()
    {
        if (!IsBalanced)
            throw new ArgumentException(
                $"The panel has {Outcomes.Length} rows for {Units.Count} units in {Periods.Count} periods; each unit "
                + "must have a row in each period.");
        var table = new double[Units.Count, Periods.Count];
        for (int row = 0; row < Outcomes.Length; row++)
            table[UnitOf[row], PeriodOf[row]] = Outcomes[row];
        return table;
    }
}
