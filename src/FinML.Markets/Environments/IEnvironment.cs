namespace FinML.Markets;

/// <summary>A task as an agent sees it: reset, step, observation, reward; the contract of Gymnasium, on
/// floats.</summary>
/// <remarks>
/// A discrete action travels as one float that holds the index. An implementation passes the conformance suite
/// (EnvironmentConformance in the tests): observations lie in their space, the same seed gives the same trajectory, a
/// step after the end and an action outside the space are refused, terminated and truncated are never both set.
/// </remarks>
public interface IEnvironment
{
    Space ObservationSpace { get; }

    Space ActionSpace { get; }

    /// <summary>Starts an episode; everything random in it follows from <paramref name="seed"/>.</summary>
    void Reset(ulong seed, Span<float> observation);

    /// <summary>Takes one action and writes the next observation.</summary>
    /// <exception cref="ArgumentException">The action is not in <see cref="ActionSpace"/>.</exception>
    /// <exception cref="InvalidOperationException">The episode is over, or none was started.</exception>
    StepResult Step(ReadOnlySpan<float> action, Span<float> observation);
}
