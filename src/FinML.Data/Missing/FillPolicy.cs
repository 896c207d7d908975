namespace FinML.Data;

/// <summary>A policy that takes a value from other rows of the same column: for prices as for features.</summary>
public abstract record FillPolicy : MissingPolicy
{
    private protected FillPolicy()
    {
    }

    internal sealed override IReadOnlyList<string> Columns(IReadOnlyList<string> names) => names;

    internal sealed override double[][] Apply(IReadOnlyList<double[]> columns, int warmUp, TrainingSlice? train)
    {
        double[][] filled = [.. columns.Select(column => (double[])column.Clone())];
        foreach (double[] column in filled)
        {
            Fill(column, train);
        }

        return filled;
    }

    /// <summary>Fills what is NaN, in place.</summary>
    private protected abstract void Fill(Span<double> column, TrainingSlice? train);

    /// <summary>A limit in rows, at least 1.</summary>
    private protected static int CheckLimit(int limit) => limit >= 1
        ? limit
        : throw new ArgumentOutOfRangeException(nameof(limit), limit, "The limit must be 1 row or more.");
}
