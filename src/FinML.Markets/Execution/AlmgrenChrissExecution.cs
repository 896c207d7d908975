namespace FinML.Markets.Execution;

/// <summary>The front-loaded parts of <see cref="AlmgrenChriss"/>, for either side.</summary>
public sealed class AlmgrenChrissExecution : IExecutionAlgorithm
{
    private readonly AlmgrenChriss schedule;

    /// <param name="schedule">Its κ and horizon; the parent's time stands for the horizon.</param>
    public AlmgrenChrissExecution(AlmgrenChriss schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        this.schedule = schedule;
    }

    /// <inheritdoc/>
    public string Name => $"almgren_chriss_{schedule.Kappa:0.######}";

    /// <inheritdoc/>
    public double Target(ParentOrder parent, in ExecutionProgress progress)
    {
        ArgumentNullException.ThrowIfNull(parent);
        return parent.Quantity * (1 - schedule.HeldAt(progress.SliceEnd));
    }
}
