namespace FinML.Markets;

/// <summary>A task with several rewards as one with a single reward, their weighted sum: what an agent for one
/// objective can be trained on. Weighted sums reach the convex hull of what is attainable, and no more.</summary>
public sealed class WeightedObjectives : IEnvironment, IStateful
{
    private readonly IMultiObjective environment;
    private readonly double[] weights; // (objectives)

    /// <exception cref="ArgumentException">The number of weights is not that of the objectives, or one is not
    /// finite.</exception>
    public WeightedObjectives(IMultiObjective environment, params ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(environment);
        Require.SameLength(weights.Length, environment.Objectives.Count, nameof(weights), "the task's objectives");
        foreach (double weight in weights)
            Require.Finite(weight, "A weight");
        this.environment = environment;
        this.weights = weights.ToArray();
    }

    /// <inheritdoc/>
    public Space ObservationSpace => environment.ObservationSpace;

    /// <inheritdoc/>
    public Space ActionSpace => environment.ActionSpace;

    /// <inheritdoc/>
    public void Reset(ulong seed, Span<float> observation) => environment.Reset(seed, observation);

    /// <inheritdoc/>
    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        StepResult result = environment.Step(action, observation);
        double reward = 0;
        for (int i = 0; i < weights.Length; i++)
            reward += weights[i] * environment.Rewards[i];
        return result with { Reward = reward };
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The task does not keep its state in bytes.</exception>
    public byte[] SaveState() => Stateful.SaveState();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The task does not keep its state in bytes.</exception>
    public void LoadState(ReadOnlySpan<byte> state) => Stateful.LoadState(state);

    private IStateful Stateful => environment as IStateful
        ?? throw new InvalidOperationException($"{environment.GetType().Name} is not IStateful.");
}
