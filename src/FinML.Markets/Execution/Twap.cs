namespace FinML.Markets.Execution;

/// <summary>Equal parts at equal times: the time-weighted average price.</summary>
public sealed class Twap : IExecutionAlgorithm
{
    /// <inheritdoc/>
    public string Name => "twap";

    /// <inheritdoc/>
    public double Target(ParentOrder parent, in ExecutionProgress progress)
    {
        ArgumentNullException.ThrowIfNull(parent);
        return parent.Quantity * progress.SliceEnd;
    }
}
