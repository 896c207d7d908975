namespace FinML.Data;

/// <summary>
/// A straight line over a gap, between two known values of one range of training rows. A gap that reaches out of the
/// training rows, or is longer than the limit, stays: what comes after training is not known in it.
/// </summary>
public sealed record Interpolate : FillPolicy
{
    /// <summary>Bridges gaps of at most <paramref name="limit"/> rows, 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public Interpolate(int limit)
    {
        Limit = CheckLimit(limit);
    }

    /// <summary>The longest gap that is bridged, in rows.</summary>
    public int Limit { get; }

    /// <inheritdoc/>
    public override string Name => $"interpolate_{Limit}";

    /// <inheritdoc/>
    public override bool NeedsTraining => true;

    private protected override void Fill(Span<double> column, TrainingSlice? train)
    {
        foreach (RowRange range in train!.Ranges)
        {
            Span<double> rows = column[range.Start..range.End];
            int known = -1;
            for (int t = 0; t < rows.Length; t++)
            {
                if (double.IsNaN(rows[t]))
                {
                    continue;
                }

                for (int gap = known + 1; known >= 0 && t - known - 1 <= Limit && gap < t; gap++)
                {
                    rows[gap] = rows[known] + (rows[t] - rows[known]) * (gap - known) / (t - known);
                }

                known = t;
            }
        }
    }
}
