namespace FinML.Markets;

/// <summary>An environment with several rewards a step; the one in its <see cref="StepResult"/> is their sum.</summary>
public interface IMultiObjective : IEnvironment
{
    /// <summary>What is rewarded, in the order of <see cref="Rewards"/>.</summary>
    IReadOnlyList<string> Objectives { get; }

    /// <summary>The rewards of the last step, (objectives); 0 after a reset.</summary>
    ReadOnlySpan<double> Rewards { get; }
}
