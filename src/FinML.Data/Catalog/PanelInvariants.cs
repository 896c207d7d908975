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
                if (!PanelCsv.TryReadTime(set, stated ?? "", out DateTime expected) || expected != actual)
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
            (int broken, string first) = BrokenBars(panel);
            if (broken != (set.BrokenBars ?? 0))
            {
                yield return $"{set.File}: {broken} bars have a high and a low that do not enclose each other, the "
                    + $"open and the close{first}; the catalogue says {set.BrokenBars ?? 0}.";
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

    private static (int Count, string First) BrokenBars(Panel panel)
    {
        int high = panel.FieldIndex("high"), low = panel.FieldIndex("low");
        int[] inside = [.. new[] { "open", "close" }.Where(panel.HasField).Select(panel.FieldIndex)];
        int count = 0;
        string first = "";
        for (int a = 0; a < panel.Assets.Count; a++)
        {
            for (int t = 0; t < panel.Length; t++)
            {
                double top = panel[t, a, high], bottom = panel[t, a, low];
                if (top < bottom || inside.Any(f => panel[t, a, f] > top || panel[t, a, f] < bottom))
                {
                    if (count++ == 0)
                    {
                        first = $" (first: {panel.Assets[a]} at {panel.Times[t]:yyyy-MM-dd}, high {top}, low "
                            + $"{bottom})";
                    }
                }
            }
        }

        return (count, first);
    }
}
