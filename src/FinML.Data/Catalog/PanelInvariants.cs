using System.Globalization;

namespace FinML.Data;

/// <summary>What must be true of a panel of the catalogue, beyond its hash. Times are strictly increasing by
/// type.</summary>
internal static class PanelInvariants
{
    public static IEnumerable<string> Check(DataSet set, Panel panel)
    {
        if (panel.Length != set.Rows)
        {
            yield return $"{set.File} has {panel.Length} rows; the catalogue says {set.Rows}.";
        }

        if (!set.IsOrdinal && panel.Length > 0)
        {
            foreach ((string? stated, DateTime actual, string which) in new[]
                { (set.Start, panel.Times[0], "starts"), (set.End, panel.Times[^1], "ends") })
            {
                if (!DateTime.TryParse(stated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal
                    | DateTimeStyles.AdjustToUniversal, out DateTime expected) || expected != actual)
                {
                    yield return $"{set.File} {which} at {actual:yyyy-MM-ddTHH:mm:ss}; the catalogue says {stated}.";
                }
            }
        }

        if (set.Positive == true)
        {
            foreach (string problem in NotPositive(set, panel))
            {
                yield return problem;
            }
        }

        if (panel.HasField("high") && panel.HasField("low"))
        {
            foreach (string problem in BadBars(set, panel))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> NotPositive(DataSet set, Panel panel)
    {
        for (int a = 0; a < panel.Assets.Count; a++)
        {
            for (int f = 0; f < panel.Fields.Count; f++)
            {
                bool volume = panel.Fields[f] == "volume"; // a day without a trade is possible
                for (int t = 0; t < panel.Length; t++)
                {
                    double x = panel[t, a, f];
                    if (x < 0 || (x == 0 && !volume))
                    {
                        yield return $"{set.File}: {panel.Assets[a]}.{panel.Fields[f]} is {x} at "
                            + $"{panel.Times[t]:yyyy-MM-dd}; it must be above 0.";
                        break;
                    }
                }
            }
        }
    }

    private static IEnumerable<string> BadBars(DataSet set, Panel panel)
    {
        int high = panel.FieldIndex("high"), low = panel.FieldIndex("low");
        int[] inside = [.. new[] { "open", "close" }.Where(panel.HasField).Select(panel.FieldIndex)];
        for (int a = 0; a < panel.Assets.Count; a++)
        {
            for (int t = 0; t < panel.Length; t++)
            {
                double top = panel[t, a, high], bottom = panel[t, a, low];
                if (top < bottom || inside.Any(f => panel[t, a, f] > top || panel[t, a, f] < bottom))
                {
                    yield return $"{set.File}: the bar of {panel.Assets[a]} at {panel.Times[t]:yyyy-MM-dd} has high "
                        + $"{top} "
                        + $"and low {bottom}, which do not enclose each other, the open and the close.";
                    break;
                }
            }
        }
    }
}
