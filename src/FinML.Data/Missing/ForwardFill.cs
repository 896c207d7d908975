namespace FinML.Data;

/// <summary>The last known value stands for a missing one, for a limited number of rows.</summary>
public sealed record ForwardFill : FillPolicy
{
    /// <summary>Carries a value over at most <paramref name="limit"/> missing rows, 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public ForwardFill(int limit)
    {
        Limit = CheckLimit(limit);
    }

    /// <summary>The longest time that a value is carried, in rows.</summary>
    public int Limit { get; }

    /// <inheritdoc/>
    public override string Name => $"forward_fill_{Limit}";

    /// <inheritdoc/>
    public override bool NeedsTraining => false;

    private protected override void Fill(Span<double> column, TrainingSlice? train)
    {
        int known = -1;
        for (int t = 0; t < column.Length; t++)
        {
            if (!double.IsNaN(column[t]))
            {
                known = t;
            }
            else if (known >= 0 && t - known <= Limit)
            {
                column[t] = column[known];
            }
        }
    }
}
