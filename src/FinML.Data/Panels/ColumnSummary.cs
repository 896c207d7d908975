namespace FinML.Data;

/// <summary>One column of a panel in numbers; missing values are left out of all but
/// <paramref name="Missing"/>.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Field">The field.</param>
/// <param name="Count">The values that are there.</param>
/// <param name="Missing">The values that are not.</param>
/// <param name="First">The first value; NaN where there is none, as for those that follow.</param>
/// <param name="Last">The last value.</param>
/// <param name="Minimum">The lowest value.</param>
/// <param name="Maximum">The highest value.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Unchanged">How many values are exactly the one of the row before: filled holidays, stale
/// prices.</param>
public sealed record ColumnSummary(string Asset, string Field, int Count, int Missing, double First, double Last,
    double Minimum, double Maximum, double Mean, int Unchanged)
{
    /// <summary>The summaries of all columns of a panel, asset by asset.</summary>
    public static IReadOnlyList<ColumnSummary> Of(Panel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        List<ColumnSummary> summaries = new(panel.Assets.Count * panel.Fields.Count);
        foreach (string asset in panel.Assets)
        {
            foreach (string field in panel.Fields)
            {
                summaries.Add(Of(asset, field, panel.Column(asset, field)));
            }
        }

        return summaries;
    }

    private static ColumnSummary Of(string asset, string field, ReadOnlySpan<double> values)
    {
        int count = 0, unchanged = 0;
        double first = double.NaN, last = double.NaN, low = double.NaN, high = double.NaN, sum = 0;
        for (int t = 0; t < values.Length; t++)
        {
            double x = values[t];
            if (double.IsNaN(x))
            {
                continue;
            }

            first = count == 0 ? x : first;
            low = count == 0 ? x : Math.Min(low, x);
            high = count == 0 ? x : Math.Max(high, x);
            last = x;
            sum += x;
            count++;
            unchanged += t > 0 && x == values[t - 1] ? 1 : 0;
        }

        return new ColumnSummary(asset, field, count, values.Length - count, first, last, low, high,
            count == 0 ? double.NaN : sum / count, unchanged);
    }
}
