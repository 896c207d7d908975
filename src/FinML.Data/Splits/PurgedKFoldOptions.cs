namespace FinML.Data;

/// <summary>How to cut a series for a purged k-fold cross-validation; all counts but the folds are rows.</summary>
public sealed record PurgedKFoldOptions
{
    /// <summary>k, the folds. At least 2.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Rows left out after the last row that a test label reads. 0 or more; at least the length of the windows
    /// where no training window shall show a test row.</summary>
    public int Embargo { get; init; }

    /// <summary>The first row to use at all: the warm-up of the features. 0 or more.</summary>
    public int Start { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Guard.AtLeast(Folds, 2, nameof(Folds));
        Guard.AtLeast(Embargo, 0, nameof(Embargo));
        Guard.AtLeast(Start, 0, nameof(Start));
    }
}
