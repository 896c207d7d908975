namespace FinML.Data;

/// <summary>One fold of a purged cross-validation: training rows before, between and after its test rows.</summary>
public sealed record PurgedFold : IFold
{
    private readonly RowRange[] _test;

    internal PurgedFold(int number, TrainingBlocks train, RowRange[] test)
    {
        Number = number;
        Train = train;
        _test = test;
    }

    /// <inheritdoc/>
    public int Number { get; }

    /// <summary>The training rows that are left after purging and embargo.</summary>
    public TrainingBlocks Train { get; }

    /// <inheritdoc/>
    public IReadOnlyList<RowRange> Test => _test.AsReadOnly();

    TrainingSlice IFold.Train => Train;
}
