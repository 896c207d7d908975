using FinML.Data;
using FinML.Markets;

namespace FinML.Agents;

/// <summary>What acts on an observation.</summary>
public interface IAgent
{
    /// <summary>Values in an observation.</summary>
    int ObservationSize { get; }

    Space ActionSpace { get; }

    /// <summary>Chooses an action inside <see cref="ActionSpace"/>; learns nothing.</summary>
    /// <param name="observation">The observation as the environment gave it, (ObservationSize).</param>
    /// <param name="action">Receives the action, (ActionSpace.Size).</param>
    /// <param name="random">Draws from the policy where given; else the action is the policy's mode.</param>
    void Act(ReadOnlySpan<float> observation, Span<float> action, RandomStream? random = null);
}
