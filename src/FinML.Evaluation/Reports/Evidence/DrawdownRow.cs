using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>One of the deepest falls of the equity after costs.</summary>
/// <param name="Peak">The end of the last period before it.</param>
/// <param name="Trough">The end of the period of the lowest equity.</param>
/// <param name="Recovery">When the peak was reached again; null where it was not.</param>
/// <param name="Depth">The loss from the peak, a positive fraction.</param>
/// <param name="ToTrough">Periods from the peak to the trough.</param>
/// <param name="Length">Periods under water: to the recovery, or to the end.</param>
public sealed record DrawdownRow(
    DateTime Peak, DateTime Trough, DateTime? Recovery, double Depth, int ToTrough, int Length)
{
    /// <summary>The deepest ones, deepest first.</summary>
    internal static IReadOnlyList<DrawdownRow> Deepest(EvidenceInput input, DateTime start, int most)
    {
        var series = ReturnSeries.Simple([.. input.NetReturns], 1);
        return
        [
            .. Drawdown.Episodes(series).OrderByDescending(e => e.Depth).Take(most).Select(e => new DrawdownRow(
                At(e.Peak), At(e.Trough), e.Recovery is { } day ? At(day) : null, e.Depth, e.Trough - e.Peak,
                e.Duration)),
        ];

        DateTime At(int position) => position == 0 ? start : input.Times[position - 1];
    }
}
