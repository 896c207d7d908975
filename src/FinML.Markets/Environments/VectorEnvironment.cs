using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Several copies of a task, stepped together, with their observations in one contiguous buffer. An episode that ends
/// starts anew in the same step: <see cref="Observations"/> then holds the first observation of the new episode and
/// <see cref="FinalObservations"/> the last one of the old, from which a truncated return is bootstrapped.
/// </summary>
/// <remarks>
/// Each environment draws the seeds of its episodes from its own stream of the one seed, so that its trajectory depends
/// on its actions only and not on when its neighbours end. Copies made by <see cref="Create"/> that can be stepped
/// together (<see cref="IBatchable"/>) are; they give the same bits. Those of a list are stepped one by one, so that
/// whoever made them can look at them.
/// </remarks>
public sealed class VectorEnvironment : IStateful
{
    private readonly IEnvironment[] environments;
    private readonly IEnvironmentBatch? batch; // null: one by one
    private readonly RandomStream[] seeds;
    private readonly float[] observations; // (count, observation size)
    private readonly float[] finalObservations; // (count, observation size)
    private readonly double[] rewards; // (count)
    private readonly bool[] terminated; // (count)
    private readonly bool[] truncated; // (count)
    private readonly double[] runningReturns; // (count)
    private readonly int[] runningLengths; // (count)
    private readonly double[] episodeReturns; // (count)
    private readonly int[] episodeLengths; // (count)
    private bool started;

    /// <summary>A vector of these environments, which may be looked at but not stepped by others.</summary>
    /// <exception cref="ArgumentException">None, one twice, or environments with different spaces.</exception>
    public VectorEnvironment(IReadOnlyList<IEnvironment> environments)
        : this(environments, together: false)
    {
    }

    private VectorEnvironment(IReadOnlyList<IEnvironment> environments, bool together)
    {
        ArgumentNullException.ThrowIfNull(environments);
        if (environments.Count == 0)
            throw new ArgumentException("A vector environment needs at least one environment.", nameof(environments));
        this.environments = [.. environments];
        for (int i = 1; i < Count; i++)
        {
            IEnvironment first = environments[0], other = environments[i];
            if (!first.ObservationSpace.Equals(other.ObservationSpace) || !first.ActionSpace.Equals(other.ActionSpace))
                throw new ArgumentException(
                    $"Environment {i} has other spaces than environment 0.", nameof(environments));
        }

        var distinct = new HashSet<IEnvironment>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < Count; i++)
        {
            if (!distinct.Add(environments[i]))
                throw new ArgumentException($"Environment {i} is in the list twice.", nameof(environments));
        }

        batch = together ? (environments[0] as IBatchable)?.Batch(this.environments) : null;

        ObservationSize = environments[0].ObservationSpace.Size;
        ActionSize = environments[0].ActionSpace.Size;
        seeds = new RandomStream[Count];
        for (int i = 0; i < Count; i++)
            seeds[i] = new RandomStream(0, (ulong)i);
        observations = new float[Count * ObservationSize];
        finalObservations = new float[Count * ObservationSize];
        rewards = new double[Count];
        terminated = new bool[Count];
        truncated = new bool[Count];
        runningReturns = new double[Count];
        runningLengths = new int[Count];
        episodeReturns = new double[Count];
        episodeLengths = new int[Count];
    }

    /// <summary>
    /// <paramref name="count"/> environments from a factory that is given their numbers; they belong to the vector.
    /// </summary>
    public static VectorEnvironment Create(int count, Func<int, IEnvironment> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Require.InRange(count, 1, 1_000_000, nameof(count));
        return new VectorEnvironment([.. Enumerable.Range(0, count).Select(factory)], together: true);
    }

    public int Count => environments.Length;

    /// <summary>Whether the copies are stepped together, not one by one.</summary>
    public bool StepsTogether => batch is not null;

    public int ObservationSize { get; }

    public int ActionSize { get; }

    public Space ObservationSpace => environments[0].ObservationSpace;

    public Space ActionSpace => environments[0].ActionSpace;

    /// <summary>What the agent acts on next, (count, observation size).</summary>
    public ReadOnlySpan<float> Observations => observations;

    /// <summary>The last observations of episodes that ended in this step, (count, observation size); stale
    /// elsewhere.</summary>
    public ReadOnlySpan<float> FinalObservations => finalObservations;

    /// <summary>Rewards of the last step, (count).</summary>
    public ReadOnlySpan<double> Rewards => rewards;

    public ReadOnlySpan<bool> Terminated => terminated;

    public ReadOnlySpan<bool> Truncated => truncated;

    /// <summary>Undiscounted returns of the episodes that ended in the last step; NaN where none ended.</summary>
    public ReadOnlySpan<double> EpisodeReturns => episodeReturns;

    /// <summary>Lengths of the episodes that ended in the last step; 0 where none ended.</summary>
    public ReadOnlySpan<int> EpisodeLengths => episodeLengths;

    /// <summary>Starts an episode in each environment.</summary>
    public void Reset(ulong seed)
    {
        for (int i = 0; i < Count; i++)
        {
            seeds[i].SetState(new RandomState(seed, (ulong)i, 0));
            Start(i);
            rewards[i] = 0;
            terminated[i] = truncated[i] = false;
            StartCounting(i);
            episodeReturns[i] = double.NaN;
            episodeLengths[i] = 0;
        }

        started = true;
    }

    /// <summary>Takes one action in each environment.</summary>
    /// <param name="actions">(count, action size), row-major.</param>
    public void Step(ReadOnlySpan<float> actions)
    {
        if (!started)
            throw new InvalidOperationException("No episode is running: call Reset before Step.");
        if (actions.Length != Count * ActionSize)
        {
            throw new ArgumentException(
                $"actions has {actions.Length} values; {Count} environments with {ActionSize} each need "
                + $"{Count * ActionSize}.",
                nameof(actions));
        }

        if (batch is null)
            StepOneByOne(actions);
        else
            batch.Step(actions, observations, rewards, terminated, truncated);
        CountAndStartAnew();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">An environment does not keep its state in bytes.</exception>
    public byte[] SaveState() => StateBytes.Write(writer =>
    {
        writer.Write(Count);
        writer.Write(started);
        for (int i = 0; i < Count; i++)
        {
            batch?.Put(i);
            StateBytes.WriteBlock(writer, Stateful(i).SaveState());
            StateBytes.WriteRandom(writer, seeds[i]);
        }

        StateBytes.WriteArray<float>(writer, observations);
        StateBytes.WriteArray<float>(writer, finalObservations);
        StateBytes.WriteArray<double>(writer, rewards);
        StateBytes.WriteArray<bool>(writer, terminated);
        StateBytes.WriteArray<bool>(writer, truncated);
        StateBytes.WriteArray<double>(writer, runningReturns);
        StateBytes.WriteArray<int>(writer, runningLengths);
        StateBytes.WriteArray<double>(writer, episodeReturns);
        StateBytes.WriteArray<int>(writer, episodeLengths);
    });

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, reader =>
    {
        int count = reader.ReadInt32();
        if (count != Count)
            throw new ArgumentException($"The state is of {count} environments; this vector has {Count}.");
        started = reader.ReadBoolean();
        for (int i = 0; i < Count; i++)
        {
            Stateful(i).LoadState(StateBytes.ReadBlock(reader));
            batch?.Take(i);
            StateBytes.ReadRandom(reader, seeds[i]);
        }

        StateBytes.ReadArray<float>(reader, observations);
        StateBytes.ReadArray<float>(reader, finalObservations);
        StateBytes.ReadArray<double>(reader, rewards);
        StateBytes.ReadArray<bool>(reader, terminated);
        StateBytes.ReadArray<bool>(reader, truncated);
        StateBytes.ReadArray<double>(reader, runningReturns);
        StateBytes.ReadArray<int>(reader, runningLengths);
        StateBytes.ReadArray<double>(reader, episodeReturns);
        StateBytes.ReadArray<int>(reader, episodeLengths);
    });

    private void StepOneByOne(ReadOnlySpan<float> actions)
    {
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<float> action = actions.Slice(i * ActionSize, ActionSize);
            if (!ActionSpace.Contains(action))
                ActionSpace.Demand(action, $"The action of environment {i}");
        }

        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<float> action = actions.Slice(i * ActionSize, ActionSize);
            (rewards[i], terminated[i], truncated[i]) = environments[i].Step(action, Row(observations, i));
        }
    }

    private void CountAndStartAnew()
    {
        for (int i = 0; i < runningReturns.Length; i++)
            runningReturns[i] += rewards[i];
        for (int i = 0; i < runningLengths.Length; i++)
            runningLengths[i]++;
        Array.Fill(episodeReturns, double.NaN);
        Array.Clear(episodeLengths);
        for (int i = 0; i < terminated.Length; i++)
        {
            if (!(terminated[i] | truncated[i]))
                continue;
            Row(observations, i).CopyTo(Row(finalObservations, i));
            episodeReturns[i] = runningReturns[i];
            episodeLengths[i] = runningLengths[i];
            StartCounting(i);
            Start(i);
        }
    }

    private void Start(int i)
    {
        environments[i].Reset(seeds[i].NextUInt64(), Row(observations, i));
        batch?.Take(i);
    }

    private IStateful Stateful(int i) => environments[i] as IStateful
        ?? throw new InvalidOperationException($"Environment {i} ({environments[i].GetType().Name}) is not IStateful.");

    private Span<float> Row(float[] buffer, int i) => buffer.AsSpan(i * ObservationSize, ObservationSize);

    private void StartCounting(int i)
    {
        runningReturns[i] = 0;
        runningLengths[i] = 0;
    }
}
