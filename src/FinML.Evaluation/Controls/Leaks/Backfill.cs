using System.Globalization;
using FinML.Data;

namespace FinML.Evaluation;

/// <summary>
/// A value that was missing at its time may be filled from the past, never from the future; and what one vintage of the
/// data said must be what a later one says of the same time.
/// </summary>
public static class Backfill
{
    /// <summary>Checks what was made of missing values.</summary>
    /// <param name="raw">The data as they came, NaN where missing.</param>
    /// <param name="used">The same rows, assets and fields as the backtest reads them.</param>
    public static LeakFinding Check(Panel raw, Panel used)
    {
        RequireSame(raw, used);
        int filled = 0;
        foreach (string asset in raw.Assets)
        {
            foreach (string field in raw.Fields)
            {
                ReadOnlySpan<double> before = raw.Column(asset, field), after = used.Column(asset, field);
                double known = double.NaN;
                for (int t = 0; t < before.Length; t++)
                {
                    if (!double.IsNaN(before[t]))
                    {
                        known = before[t];
                        continue;
                    }

                    if (double.IsNaN(after[t]))
                        continue;
                    filled++;
                    int next = t + 1;
                    while (next < before.Length && double.IsNaN(before[next]))
                        next++;
                    if (double.IsNaN(known))
                        return Found(asset, field, raw.Times[t], after[t], "there is no value before it");
                    if (after[t] != known && next < before.Length && after[t] == before[next])
                        return Found(asset, field, raw.Times[t], after[t],
                            $"that is the value of {raw.Times[next]:yyyy-MM-dd}, the next one");
                    if (after[t] != known && next < before.Length && Math.Min(known, before[next]) < after[t]
                        && after[t] < Math.Max(known, before[next]))
                        return Found(asset, field, raw.Times[t], after[t],
                            $"that lies between the values before and after, which came on "
                            + $"{raw.Times[next]:yyyy-MM-dd}");
                }
            }
        }

        return new LeakFinding(LeakKind.Backfill, false, filled == 0
            ? "no missing value was filled."
            : $"{filled} missing values were filled, none of them from a later one.");
    }

    /// <summary>Checks two vintages of the same data: what the earlier one said must not have been changed, nor gaps
    /// been filled.</summary>
    /// <param name="earlier">The data as they were stored then.</param>
    /// <param name="later">The data as they are now, with at least the same rows, assets and fields.</param>
    public static LeakFinding Vintages(Panel earlier, Panel later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        var rows = later.Times.Select((time, row) => (time, row)).ToDictionary(pair => pair.time, pair => pair.row);
        int compared = 0;
        foreach (string asset in earlier.Assets)
        {
            foreach (string field in earlier.Fields)
            {
                ReadOnlySpan<double> then = earlier.Column(asset, field), now = later.Column(asset, field);
                for (int t = 0; t < then.Length; t++)
                {
                    if (!rows.TryGetValue(earlier.Times[t], out int row))
                        throw new ArgumentException(
                            $"The later vintage lacks {earlier.Times[t]:yyyy-MM-dd}, which the earlier one has.",
                            nameof(later));
                    compared++;
                    if (then[t] != now[row] && !(double.IsNaN(then[t]) && double.IsNaN(now[row])))
                        return Found(asset, field, earlier.Times[t], now[row],
                            double.IsNaN(then[t])
                                ? "it was missing in the earlier vintage"
                                : string.Create(
                                    CultureInfo.InvariantCulture, $"it was {then[t]:R} in the earlier vintage"));
                }
            }
        }

        return new LeakFinding(LeakKind.Backfill, false, $"{compared} values are the same in both vintages.");
    }

    private static LeakFinding Found(string asset, string field, DateTime time, double value, string because) => new(
        LeakKind.Backfill, true, string.Create(
            CultureInfo.InvariantCulture,
            $"the {field} of {asset} on {time:yyyy-MM-dd} is {value:R}: {because}; nobody knew it then."));

    private static void RequireSame(Panel raw, Panel used)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(used);
        if (!raw.Times.SequenceEqual(used.Times) || !raw.Assets.All(used.Assets.Contains)
            || !raw.Fields.All(used.HasField))
            throw new ArgumentException(
                $"The panels have {raw.Length} and {used.Length} rows; both need the same rows, and the second every "
                + "asset and field of the first.", nameof(used));
    }
}
