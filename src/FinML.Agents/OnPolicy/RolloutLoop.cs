using FinML.Data;
using FinML.Markets;

namespace FinML.Agents;

/// <summary>
/// The loop that all on-policy learners share: act, step, record. It bootstraps truncated episodes from their own final
/// observation, normalizes observations and scales rewards where asked to, and keeps the scores of finished episodes.
/// </summary>
public sealed class RolloutLoop : IStateful
{
    private readonly VectorEnvironment environments;
    private readonly ActorCritic policy;
    private readonly ObservationNormalizer? normalizer;
    private readonly RewardScaler? scaler;
    private readonly RandomStream random = new(0);
    private readonly RecentEpisodes recent = new(100);
    private readonly float[] observations; // (environments, observation size), as the policy sees them
    private readonly float[] outputs; // (environments, output size)
    private readonly float[] values; // (environments)
    private readonly float[] stepActions; // (environments, action size), inside the action space
    private readonly List<int> finalIndices = [];
    private readonly List<float> finalObservations = [];
    private bool started;

    /// <param name="environments">The environments; the loop is their only driver.</param>
    /// <param name="policy">The policy that acts.</param>
    /// <param name="seed">Seeds the episodes and the draws of actions.</param>
    /// <param name="normalizer">Learns from and normalizes what the policy sees; or null.</param>
    /// <param name="scaler">Scales what the learner gets as rewards; or null.</param>
    public RolloutLoop(
        VectorEnvironment environments,
        ActorCritic policy,
        ulong seed,
        ObservationNormalizer? normalizer = null,
        RewardScaler? scaler = null)
    {
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentNullException.ThrowIfNull(policy);
        if (environments.ObservationSize != policy.ObservationSize)
        {
            throw new ArgumentException(
                $"The environments give observations of {environments.ObservationSize} values; the policy takes "
                + $"{policy.ObservationSize}.", nameof(policy));
        }

        this.environments = environments;
        this.policy = policy;
        this.normalizer = normalizer;
        this.scaler = scaler;
        Seed = seed;
        int count = environments.Count;
        observations = new float[count * environments.ObservationSize];
        outputs = new float[count * policy.Distribution.OutputSize];
        values = new float[count];
        stepActions = new float[count * environments.ActionSize];
    }

    public ulong Seed { get; }

    /// <summary>Environment steps so far, over all environments.</summary>
    public long Steps { get; private set; }

    /// <summary>The scores of the last 100 finished episodes, undiscounted and unscaled.</summary>
    public RecentEpisodes Recent => recent;

    /// <summary>A buffer that fits.</summary>
    public RolloutBuffer CreateBuffer(int steps) =>
        new(steps, environments.Count, environments.ObservationSize, environments.ActionSize);

    /// <summary>Fills the buffer with the next steps, and computes its advantages.</summary>
    public void Collect(RolloutBuffer buffer, double gamma, double lambda)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        Start();
        finalIndices.Clear();
        finalObservations.Clear();
        buffer.FinalValues.Clear();
        int count = environments.Count;
        for (int t = 0; t < buffer.Steps; t++)
        {
            int at = t * count;
            policy.Infer(observations, outputs, values);
            observations.CopyTo(buffer.Observations[(at * environments.ObservationSize)..]);
            values.CopyTo(buffer.Values[at..]);
            Draw(buffer, at);
            environments.Step(stepActions);
            Record(buffer, at);
            See();
        }

        Steps += buffer.Count;
        BootstrapTruncated(buffer);
        policy.Infer(observations, [], values);
        buffer.ComputeAdvantages(values, gamma, lambda);
    }

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Write(writer =>
    {
        writer.Write(started);
        writer.Write(Steps);
        StateBytes.WriteRandom(writer, random);
        StateBytes.WriteBlock(writer, environments.SaveState());
        StateBytes.WriteBlock(writer, recent.SaveState());
        StateBytes.WriteBlock(writer, normalizer?.SaveState() ?? []);
        StateBytes.WriteBlock(writer, scaler?.SaveState() ?? []);
        StateBytes.WriteArray<float>(writer, observations);
    });

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, reader =>
    {
        started = reader.ReadBoolean();
        Steps = reader.ReadInt64();
        StateBytes.ReadRandom(reader, random);
        environments.LoadState(StateBytes.ReadBlock(reader));
        recent.LoadState(StateBytes.ReadBlock(reader));
        LoadOptional(normalizer, StateBytes.ReadBlock(reader), "observation normalizer");
        LoadOptional(scaler, StateBytes.ReadBlock(reader), "reward scaler");
        StateBytes.ReadArray<float>(reader, observations);
    });

    private static void LoadOptional(IStateful? part, byte[] state, string name)
    {
        if (part is null != (state.Length == 0))
            throw new ArgumentException(
                $"The state was saved {(part is null ? "with" : "without")} {name}, this loop is not.");
        part?.LoadState(state);
    }

    private void Start()
    {
        if (started)
            return;
        environments.Reset(Seed);
        random.SetState(new RandomStream(Seed).Split(1).GetState());
        started = true;
        See();
    }

    private void Draw(RolloutBuffer buffer, int at)
    {
        int outputSize = policy.Distribution.OutputSize, actionSize = environments.ActionSize;
        for (int e = 0; e < environments.Count; e++)
        {
            Span<float> action = buffer.Actions.Slice((at + e) * actionSize, actionSize);
            buffer.LogProbabilities[at + e] =
                policy.Distribution.Sample(outputs.AsSpan(e * outputSize, outputSize), random, action);

            // The buffer keeps what was drawn, whose probability is known; the environment gets what it allows.
            Span<float> allowed = stepActions.AsSpan(e * actionSize, actionSize);
            action.CopyTo(allowed);
            ActionBounds.Clip(environments.ActionSpace, allowed);
        }
    }

    private void Record(RolloutBuffer buffer, int at)
    {
        int count = environments.Count, size = environments.ObservationSize;
        environments.Terminated.CopyTo(buffer.Terminated[at..]);
        environments.Truncated.CopyTo(buffer.Truncated[at..]);
        Span<float> rewards = buffer.Rewards.Slice(at, count);
        if (scaler is not null)
            scaler.Apply(environments.Rewards, environments.Terminated, environments.Truncated, rewards);
        for (int e = 0; e < count; e++)
        {
            if (scaler is null)
                rewards[e] = (float)environments.Rewards[e];
            if (environments.EpisodeLengths[e] > 0)
                recent.Add(environments.EpisodeReturns[e], environments.EpisodeLengths[e]);
            if (!environments.Truncated[e])
                continue;
            finalIndices.Add(at + e);
            finalObservations.AddRange(environments.FinalObservations.Slice(e * size, size));
        }
    }

    private void See()
    {
        if (normalizer is null)
        {
            environments.Observations.CopyTo(observations);
            return;
        }

        normalizer.Update(environments.Observations);
        normalizer.Apply(environments.Observations, observations);
    }

    private void BootstrapTruncated(RolloutBuffer buffer)
    {
        if (finalIndices.Count == 0)
            return;
        float[] finals = [.. finalObservations], finalValues = new float[finalIndices.Count];
        normalizer?.Apply(finals, finals);
        policy.Infer(finals, [], finalValues);
        for (int i = 0; i < finalValues.Length; i++)
            buffer.FinalValues[finalIndices[i]] = finalValues[i];
    }
}
