using FinML.Data;
using FinML.Markets;

namespace FinML.Agents;

/// <summary>
/// Proximal policy optimization with a clipped ratio: Schulman, Wolski, Dhariwal, Radford and Klimov (2017), with the
/// implementation details that matter of Huang et al., "The 37 implementation details of PPO" (2022): orthogonal
/// initialization, Adam with ε 1e-5, annealing, advantages normalized by minibatch, one global gradient norm.
/// </summary>
/// <remarks>
/// An iteration collects StepsPerEnvironment × environments transitions and passes over them Epochs times in shuffled
/// minibatches. Everything random follows from <see cref="PpoOptions.Seed"/>; <see cref="SaveState"/> holds all that
/// the future depends on, so that a stopped training continues to the same bits.
/// </remarks>
public sealed class Ppo : IAgent, IStateful
{
    private readonly PpoOptions options;
    private readonly VectorEnvironment environments;
    private readonly ActorCritic policy;
    private readonly ObservationNormalizer? normalizer;
    private readonly RolloutLoop loop;
    private readonly RolloutBuffer buffer;
    private readonly Adam optimizer;
    private readonly Parameter[] parameters;
    private readonly RandomStream shuffling;
    private readonly int[] order; // (transitions)
    private readonly float[] seen, output; // one observation, one output
    private int iteration;

    /// <param name="environments">The environments to learn in; the learner is their only driver.</param>
    /// <param name="options">The options; defaults where null.</param>
    /// <param name="extractor">A network in front of policy and value, from (batch, observation size) to (batch,
    /// features); see <see cref="WindowExtractor"/>. Its weights are drawn by whoever made it.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there are more minibatches than
    /// transitions.</exception>
    public Ppo(VectorEnvironment environments, PpoOptions? options = null, nn.Module<Tensor, Tensor>? extractor = null)
    {
        ArgumentNullException.ThrowIfNull(environments);
        this.options = (options ?? new PpoOptions()).Validate();
        this.environments = environments;
        options = this.options;
        int transitions = checked(options.StepsPerEnvironment * environments.Count);
        if (options.Minibatches > transitions)
        {
            throw new ArgumentException(
                $"{options.Minibatches} minibatches cannot be made of {transitions} transitions "
                + $"({options.StepsPerEnvironment} steps of {environments.Count} environments).", nameof(options));
        }

        policy = new ActorCritic(
            environments.ObservationSize,
            environments.ActionSpace,
            options.HiddenSizes,
            options.Activation,
            new Generator(options.Seed),
            options.InitialLogDeviation,
            extractor);
        parameters = [.. policy.parameters()];
        optimizer = optim.Adam(parameters, options.LearningRate, 0.9, 0.999, options.AdamEpsilon);
        normalizer = options.NormalizeObservations ? new ObservationNormalizer(environments.ObservationSize) : null;
        RewardScaler? scaler = options.ScaleRewards ? new RewardScaler(environments.Count, options.Gamma) : null;
        loop = new RolloutLoop(environments, policy, options.Seed, normalizer, scaler);
        buffer = loop.CreateBuffer(options.StepsPerEnvironment);
        shuffling = new RandomStream(options.Seed).Split(2);
        order = new int[transitions];
        seen = new float[environments.ObservationSize];
        output = new float[policy.Distribution.OutputSize];
    }

    /// <summary>Environment steps so far, over all environments.</summary>
    public long Steps => loop.Steps;

    /// <summary>Whether <see cref="PpoOptions.TotalSteps"/> are reached.</summary>
    public bool Finished => Steps >= options.TotalSteps;

    public PpoOptions Options => options;

    /// <summary>The networks.</summary>
    public ActorCritic Policy => policy;

    /// <summary>The scores of the last finished episodes.</summary>
    public RecentEpisodes Recent => loop.Recent;

    /// <inheritdoc/>
    public int ObservationSize => environments.ObservationSize;

    /// <inheritdoc/>
    public Space ActionSpace => environments.ActionSpace;

    /// <summary>Iterates until <see cref="PpoOptions.TotalSteps"/> are reached, from wherever it stands.</summary>
    /// <param name="progress">Gets the fraction of the whole after each iteration.</param>
    /// <param name="report">Gets the diagnostics of each iteration; a place to save the state.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; the agent is as after its last
    /// iteration.</exception>
    public void Learn(
        IProgress<double>? progress = null,
        Action<PpoIteration>? report = null,
        CancellationToken cancellation = default)
    {
        while (!Finished)
        {
            cancellation.ThrowIfCancellationRequested();
            PpoIteration done = Iterate();
            report?.Invoke(done);
            progress?.Report(Math.Min(1, Steps / (double)options.TotalSteps));
        }
    }

    /// <summary>Collects one rollout and learns from it.</summary>
    /// <exception cref="InvalidOperationException">The loss is no longer a number.</exception>
    public PpoIteration Iterate()
    {
        double left = 1 - Math.Min(1, Steps / (double)options.TotalSteps);
        double learningRate = options.AnnealLearningRate ? options.LearningRate * left : options.LearningRate;
        double clip = options.AnnealClip ? options.Clip * left : options.Clip;
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = learningRate;

        loop.Collect(buffer, options.Gamma, options.GaeLambda);
        iteration++;
        var sums = new Sums();
        bool stopped = false;
        for (int epoch = 0; epoch < options.Epochs && !stopped; epoch++)
        {
            Shuffle();
            for (int part = 0; part < options.Minibatches && !stopped; part++)
            {
                int from = (int)((long)order.Length * part / options.Minibatches);
                int to = (int)((long)order.Length * (part + 1) / options.Minibatches);
                stopped = !Update(order.AsSpan(from, to - from), clip, ref sums);
            }
        }

        return Report(sums, learningRate, clip);
    }

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<float> observation, Span<float> action, RandomStream? random = null)
    {
        Require.SameLength(observation.Length, ObservationSize, nameof(observation), nameof(ObservationSize));
        Require.SameLength(action.Length, ActionSpace.Size, nameof(action), "the action space");
        observation.CopyTo(seen);
        normalizer?.Apply(seen, seen);
        policy.Infer(seen, output, []);
        if (random is null)
            policy.Distribution.Mode(output, action);
        else
            policy.Distribution.Sample(output, random, action);
        ActionBounds.Clip(ActionSpace, action);
    }

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Write(writer =>
    {
        writer.Write(options.Seed);
        writer.Write(options.TotalSteps);
        writer.Write(iteration);
        StateBytes.WriteRandom(writer, shuffling);
        StateBytes.WriteBlock(writer, loop.SaveState());
        StateBytes.WriteBlock(writer, safetensors.save(policy.state_dict()));
        StateBytes.WriteBlock(writer, OptimizerStates.Save(optimizer));
    });

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The state is of a training with another seed, length or shape.</exception>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, reader =>
    {
        ulong seed = reader.ReadUInt64();
        long total = reader.ReadInt64();
        if (seed != options.Seed || total != options.TotalSteps)
        {
            throw new ArgumentException(
                $"The state is of a training with seed {seed} over {total} steps; this one has seed {options.Seed} "
                + $"over {options.TotalSteps}.");
        }

        iteration = reader.ReadInt32();
        StateBytes.ReadRandom(reader, shuffling);
        loop.LoadState(StateBytes.ReadBlock(reader));
        policy.load_state_dict(safetensors.load(StateBytes.ReadBlock(reader)));
        OptimizerStates.Load(optimizer, StateBytes.ReadBlock(reader));
    });

    /// <summary>One step of Adam on a minibatch; false, and no step, where the KL target is passed.</summary>
    private bool Update(ReadOnlySpan<int> batch, double clip, ref Sums sums)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] advantages = Rows(buffer.Advantages, 1, batch);
        if (options.NormalizeAdvantage)
            PpoLoss.Normalize(advantages);
        Tensor observations = Floats.ToTensor(
            Rows(buffer.Observations, ObservationSize, batch), batch.Length, ObservationSize);
        Tensor actions = Floats.ToTensor(
            Rows(buffer.Actions, buffer.ActionSize, batch), batch.Length, buffer.ActionSize);
        Tensor oldLogProbabilities = Vector(Rows(buffer.LogProbabilities, 1, batch));
        Tensor oldValues = Vector(Rows(buffer.Values, 1, batch)), returns = Vector(Rows(buffer.Returns, 1, batch));

        (Tensor outputs, Tensor values) = policy.call(observations); // (batch, outputs), (batch)
        Tensor logRatio = policy.Distribution.LogProbability(outputs, actions) - oldLogProbabilities; // (batch)
        Tensor policyLoss = PpoLoss.Policy(logRatio, Vector(advantages), clip);
        Tensor valueLoss = PpoLoss.Value(values, oldValues, returns, options.ClipValueLoss ? clip : null);
        Tensor entropy = policy.Distribution.Entropy(outputs).mean();

        // Equation 9: L = L_clip + c1 L_value - c2 S
        Tensor loss = policyLoss + options.ValueCoefficient * valueLoss - options.EntropyCoefficient * entropy;
        float[] logRatios = new float[batch.Length];
        Floats.Copy(logRatio.detach(), logRatios);
        double kl = PpoLoss.ApproximateKl(logRatios), total = loss.item<float>();
        if (!double.IsFinite(total))
            throw new InvalidOperationException(
                $"The loss of iteration {iteration} is {total}; the approximate KL is {kl}.");
        sums.Add(policyLoss.item<float>(), valueLoss.item<float>(), entropy.item<float>(), kl,
            PpoLoss.ClipFraction(logRatios, clip));
        if (options.TargetKl is { } target && kl > 1.5 * target)
            return false;

        optimizer.zero_grad();
        loss.backward();
        sums.GradientNorm += nn.utils.clip_grad_norm_(parameters, options.MaxGradientNorm);
        optimizer.step();
        sums.Updates++;
        return true;
    }

    private static Tensor Vector(float[] values) => Floats.ToTensor(values, values.Length);

    private static float[] Rows(ReadOnlySpan<float> source, int width, ReadOnlySpan<int> indices)
    {
        float[] rows = new float[indices.Length * width];
        RolloutBuffer.Gather(source, width, indices, rows);
        return rows;
    }

    private void Shuffle()
    {
        // From the same order each time, so that an epoch's order depends on the stream's state only.
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        shuffling.Shuffle(order.AsSpan());
    }

    private PpoIteration Report(in Sums sums, double learningRate, double clip) => new()
    {
        Number = iteration,
        Steps = Steps,
        PolicyLoss = sums.PolicyLoss / sums.Count,
        ValueLoss = sums.ValueLoss / sums.Count,
        Entropy = sums.Entropy / sums.Count,
        ApproximateKl = sums.LastKl,
        ClipFraction = sums.ClipFraction / sums.Count,
        GradientNorm = sums.Updates == 0 ? double.NaN : sums.GradientNorm / sums.Updates,
        ExplainedVariance = buffer.ExplainedVariance(),
        LearningRate = learningRate,
        Clip = clip,
        Updates = sums.Updates,
        Episodes = Recent.Finished,
        EpisodeReturn = Recent.MeanReturn,
        EpisodeLength = Recent.MeanLength,
    };

    private struct Sums
    {
        internal int Count, Updates;
        internal double PolicyLoss, ValueLoss, Entropy, LastKl, ClipFraction, GradientNorm;

        internal void Add(double policyLoss, double valueLoss, double entropy, double kl, double clipFraction)
        {
            Count++;
            PolicyLoss += policyLoss;
            ValueLoss += valueLoss;
            Entropy += entropy;
            LastKl = kl;
            ClipFraction += clipFraction;
        }
    }
}
