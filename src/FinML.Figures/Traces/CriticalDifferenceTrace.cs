using System.Collections.Immutable;

namespace FinML.Figures.Traces;

/// <summary>Methods by average rank, the best first; a group is a stretch of methods that do not differ. The last line
/// shows the critical difference.</summary>
internal sealed record CriticalDifferenceTrace(AxisValues Labels, double[] Ranks, double Difference,
    ImmutableArray<(int First, int Last)> Groups) : Trace
{
    public override string Noun => "critical-difference diagram";

    public override AxisValues X { get; } =
        AxisValues.Numbers([1, Math.Max(1 + Difference, Ranks.Length), .. Ranks]);

    public override IReadOnlyList<double[]> Columns => [];

    public override AxisValues? OwnY => Labels;

    public override string Told(Func<double, string> show) =>
        "average ranks " + string.Join(", ", Ranks.Select((r, i) => $"{Labels.Labels[i]} {show(r)}"))
        + $"; critical difference {show(Difference)}"
        + (Groups.IsEmpty ? "; all differ" : "; not different: " + string.Join(" and ", Groups.Select(g =>
            string.Join(", ", Labels.Labels[g.First..(g.Last + 1)]))));

    /// <summary>The longest stretches of rising ranks whose ends differ by less than the critical
    /// difference.</summary>
    public static ImmutableArray<(int First, int Last)> GroupsOf(double[] ranks, double difference)
    {
        var groups = ImmutableArray.CreateBuilder<(int First, int Last)>();
        for (int first = 0; first < ranks.Length; first++)
        {
            int last = first;
            while (last + 1 < ranks.Length && ranks[last + 1] - ranks[first] < difference)
                last++;
            if (last > first && (groups.Count == 0 || groups[^1].Last < last))
                groups.Add((first, last));
        }

        return groups.ToImmutable();
    }
}
