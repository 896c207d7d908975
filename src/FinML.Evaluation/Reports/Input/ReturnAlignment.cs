using FinML.Data;

namespace FinML.Evaluation;

/// <summary>Two files of returns on the periods that both have.</summary>
/// <param name="Times">The common ends of periods.</param>
/// <param name="Series">The strategies over them.</param>
/// <param name="Benchmark">The benchmark over them.</param>
/// <param name="Note">What was dropped, as a sentence.</param>
public sealed record ReturnAlignment(
    IReadOnlyList<DateTime> Times, IReadOnlyList<NamedReturns> Series, NamedReturns Benchmark, string Note)
{
    private const int Least = 20;

    /// <summary>Keeps the rows whose times stand in both files. Rows that only one has within the common span are
    /// compounded into the next common row, so that no return of either is lost.</summary>
    /// <exception cref="DataException">Fewer than 20 rows are common.</exception>
    public static ReturnAlignment Of(ReturnsFile strategies, ReturnsFile benchmark, NamedReturns column)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(column);
        (IReadOnlyList<DateTime> ours, bool days) = Keys(strategies, benchmark);
        DateTime[] theirs = [.. benchmark.Times.Select(time => days ? time.Date : time)];
        HashSet<DateTime> first = [.. ours], second = [.. theirs];
        DateTime[] common = [.. ours.Where(second.Contains)];
        if (common.Length < Least)
            throw new DataException(
                $"{strategies.Name} ({ours[0]:yyyy-MM-dd} to {ours[^1]:yyyy-MM-dd}) and {benchmark.Name} "
                + $"({theirs[0]:yyyy-MM-dd} to {theirs[^1]:yyyy-MM-dd}) have {common.Length} dates in common; {Least} "
                + "or more are needed.");
        int dropped = ours.Count - common.Length, unused = theirs.Length - common.Length;
        int inside = Inside(ours, common), withinTheirs = Inside(theirs, common);
        string note = dropped + unused == 0
            ? $"{benchmark.Name}: all {common.Length} dates stand in both files."
            : Say.Of(
                $"{benchmark.Name}: {common.Length} dates stand in both files; {dropped} of {strategies.Name} and "
                + $"{unused} of {benchmark.Name} do not. Within the common span their returns ({inside} and "
                + $"{withinTheirs}) are compounded into the next common date; outside it they are dropped.");
        return new ReturnAlignment(
            common,
            [.. strategies.Series.Select(s => s with { Values = Compound(ours, s.Values, common, second) })],
            column with { Values = Compound(theirs, column.Values, common, first) },
            note);
    }

    /// <summary>Times of day are compared only where both files have them.</summary>
    private static (IReadOnlyList<DateTime> Times, bool Days) Keys(ReturnsFile strategies, ReturnsFile benchmark)
    {
        bool clocks = HasClock(strategies) && HasClock(benchmark);
        DateTime[] days = [.. strategies.Times.Select(time => time.Date)];
        bool daily = !clocks && days.Distinct().Count() == days.Length;
        return daily ? (days, true) : (strategies.Times, false);

        static bool HasClock(ReturnsFile file) => file.Times.Any(time => time.TimeOfDay != TimeSpan.Zero);
    }

    private static int Inside(IReadOnlyList<DateTime> times, DateTime[] common)
    {
        HashSet<DateTime> kept = [.. common];
        return times.Count(time => time > common[0] && time < common[^1] && !kept.Contains(time));
    }

    private static double[] Compound(
        IReadOnlyList<DateTime> times, IReadOnlyList<double> values, DateTime[] common, HashSet<DateTime> other)
    {
        var result = new List<double>(common.Length);
        double before = 0; // of rows that only this file has, since the last common one
        for (int t = 0; t < times.Count && result.Count < common.Length; t++)
        {
            bool shared = other.Contains(times[t]);
            // What lies before the first common date belongs to no common period.
            if (!shared && times[t] < common[0])
                continue;
            double sum = before == 0 ? values[t] : (1 + before) * (1 + values[t]) - 1;
            if (shared)
                result.Add(sum);
            before = shared ? 0 : sum;
        }

        return [.. result];
    }
}
