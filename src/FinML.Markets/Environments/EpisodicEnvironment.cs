using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// The part that every environment shares: it checks actions and buffers, refuses steps outside an episode, owns the
/// generator, and saves and loads. An environment fills in four methods.
/// </summary>
public abstract class EpisodicEnvironment : IEnvironment, IStateful
{
    private readonly RandomStream random = new(0);
    private bool running;

    protected EpisodicEnvironment(Space observationSpace, Space actionSpace)
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        ObservationSpace = observationSpace;
        ActionSpace = actionSpace;
    }

    /// <inheritdoc/>
    public Space ObservationSpace { get; }

    /// <inheritdoc/>
    public Space ActionSpace { get; }

    /// <summary>Steps taken in this episode.</summary>
    public int Steps { get; private protected set; }

    /// <inheritdoc/>
    public void Reset(ulong seed, Span<float> observation)
    {
        CheckObservation(observation.Length);
        random.SetState(new RandomState(seed, 0, 0));
        Steps = 0;
        Start(random);
        running = true;
        Observe(observation);
    }

    /// <inheritdoc/>
    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        CheckObservation(observation.Length);
        if (!running)
            throw new InvalidOperationException("No episode is running: call Reset before Step.");
        ActionSpace.Demand(action, nameof(action));
        Steps++;
        StepResult result = Advance(action, random);
        running = !result.Done;
        Observe(observation);
        return result;
    }

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Write(writer =>
    {
        writer.Write(running);
        writer.Write(Steps);
        StateBytes.WriteRandom(writer, random);
        Save(writer);
    });

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, reader =>
    {
        running = reader.ReadBoolean();
        Steps = reader.ReadInt32();
        StateBytes.ReadRandom(reader, random);
        Load(reader);
    });

    /// <summary>Draws a start.</summary>
    protected abstract void Start(RandomStream random);

    /// <summary>Moves the state by one step; <see cref="Steps"/> already counts it.</summary>
    protected abstract StepResult Advance(ReadOnlySpan<float> action, RandomStream random);

    /// <summary>Writes what the agent sees of the state.</summary>
    protected abstract void Observe(Span<float> observation);

    protected abstract void Save(BinaryWriter writer);

    protected abstract void Load(BinaryReader reader);

    private void CheckObservation(int length)
    {
        if (length != ObservationSpace.Size)
            throw new ArgumentException(
                $"The observation buffer has {length} values; {ObservationSpace} has {ObservationSpace.Size}.");
    }
}
