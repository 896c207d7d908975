using FinML.Markets;

namespace FinML.Agents;

/// <summary>
/// A policy and a value function: two perceptrons on the observation, or on what a shared extractor makes of it. The
/// standard deviations of a Gaussian policy are parameters of their own and do not depend on the observation.
/// </summary>
/// <remarks>From (batch, observation size) to the policy's outputs (batch, OutputSize) and values (batch).</remarks>
public sealed class ActorCritic : nn.Module<Tensor, (Tensor Policy, Tensor Values)>
{
    private readonly nn.Module<Tensor, Tensor>? extractor;
    private readonly nn.Module<Tensor, Tensor> actor;
    private readonly nn.Module<Tensor, Tensor> critic;
    private readonly Parameter? log_std; // (1, action size)

    /// <param name="observationSize">Values in an observation.</param>
    /// <param name="actions">The action space: Discrete or Box.</param>
    /// <param name="hidden">Sizes of the hidden layers of each perceptron.</param>
    /// <param name="activation">Their nonlinearity.</param>
    /// <param name="generator">Draws the weights.</param>
    /// <param name="initialLogDeviation">Where the log standard deviations of a Gaussian policy start.</param>
    /// <param name="extractor">From (batch, observation size) to (batch, features), trained by both losses; its weights
    /// are drawn by whoever made it.</param>
    public ActorCritic(
        int observationSize,
        Space actions,
        IReadOnlyList<int> hidden,
        Activation activation,
        Generator generator,
        double initialLogDeviation = 0,
        nn.Module<Tensor, Tensor>? extractor = null)
        : base("ActorCritic")
    {
        Require.InRange(observationSize, 1, 1 << 24, nameof(observationSize));
        ObservationSize = observationSize;
        Distribution = PolicyDistribution.For(actions);
        this.extractor = extractor;
        int features = extractor is null ? observationSize : FeatureCount(extractor, observationSize);
        bool gaussian = Distribution is DiagonalGaussian;
        int outputs = gaussian ? Distribution.ActionSize : Distribution.OutputSize;
        actor = Perceptron.Create(features, hidden, outputs, activation, 0.01, generator);
        critic = Perceptron.Create(features, hidden, 1, activation, 1, generator);
        if (gaussian)
            log_std = nn.Parameter(full([1, outputs], (float)initialLogDeviation));
        RegisterComponents();
        this.to(Devices.Default);
        eval(); // collecting and learning have to see the same policy: dropout would make their ratio differ from 1
    }

    public int ObservationSize { get; }

    /// <summary>What the policy's outputs stand for.</summary>
    public PolicyDistribution Distribution { get; }

    /// <inheritdoc/>
    public override (Tensor Policy, Tensor Values) forward(Tensor input)
    {
        Tensor features = extractor is null ? input : extractor.call(input);
        return (Outputs(features), critic.call(features).squeeze(1));
    }

    /// <summary>The outputs for a batch of observations, without a graph.</summary>
    /// <param name="observations">(batch, observation size), row-major.</param>
    /// <param name="policy">Receives (batch, OutputSize); or empty, where only the values are wanted.</param>
    /// <param name="values">Receives (batch); or empty.</param>
    public void Infer(ReadOnlySpan<float> observations, Span<float> policy, Span<float> values)
    {
        if (observations.Length == 0 || observations.Length % ObservationSize != 0)
        {
            throw new ArgumentException(
                $"{observations.Length} values are no whole number of observations of {ObservationSize}.",
                    nameof(observations));
        }

        using IDisposable noGraph = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor input = Floats.ToTensor(observations, observations.Length / ObservationSize, ObservationSize);
        Tensor features = extractor is null ? input : extractor.call(input);
        if (!policy.IsEmpty)
            Floats.Copy(Outputs(features), policy);
        if (!values.IsEmpty)
            Floats.Copy(critic.call(features), values);
    }

    private Tensor Outputs(Tensor features)
    {
        Tensor outputs = actor.call(features); // (batch, outputs)
        return log_std is null
            ? outputs
            : cat([outputs, log_std.expand(outputs.shape[0], log_std.shape[1])], 1); // (batch, 2 x dimensions)
    }

    private static int FeatureCount(nn.Module<Tensor, Tensor> extractor, int observationSize)
    {
        using IDisposable noGraph = no_grad();
        long[] shape = extractor.to(Devices.Default).call(zeros(1, observationSize, device: Devices.Default)).shape;
        if (shape is not [1, _])
        {
            throw new ArgumentException(
                $"The extractor has to map (1, {observationSize}) to (1, features); it gives "
                + $"({string.Join(", ", shape)}).",
                nameof(extractor));
        }

        return (int)shape[1];
    }
}
