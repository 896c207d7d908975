namespace FinML.Markets.Execution;

/// <summary>
/// How a parent order is cut into slices: at each decision, how many lots should be done when the slice that begins now
/// is over. <see cref="ParentExecution"/> sends the difference, within the limits.
/// </summary>
/// <remarks>An algorithm holds no state: its target is a function of the parent and of what is known, so that it cannot
/// look ahead and an execution can be stopped and resumed. It passes the conformance suite
/// (ExecutionAlgorithmConformance in the tests).</remarks>
public interface IExecutionAlgorithm
{
    /// <summary>A name that tells the parameters too.</summary>
    string Name { get; }

    /// <summary>Lots, 0 to the parent's quantity; fractions are rounded down.</summary>
    double Target(ParentOrder parent, in ExecutionProgress progress);
}
