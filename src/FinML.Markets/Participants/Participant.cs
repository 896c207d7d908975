using FinML.Data;

namespace FinML.Markets.Participants;

/// <summary>
/// Somebody who trades in a <see cref="MarketSimulation"/>. It acts when it is woken and when it hears of its orders,
/// through its <see cref="Desk"/>, which shows it no more than what has reached it; the generator is its own.
/// </summary>
/// <remarks>An object takes part in one simulation. All that its future depends on beside its options goes through
/// <see cref="Save"/> and <see cref="Load"/>.</remarks>
public abstract class Participant
{
    /// <summary>How long its messages take.</summary>
    public Latency Latency { get; init; }

    /// <summary>The simulation begins: forget everything, and ask to be woken.</summary>
    protected internal abstract void Start(Desk desk, RandomStream random);

    /// <summary>A time that it asked for has come.</summary>
    protected internal abstract void Wake(Desk desk, RandomStream random);

    /// <summary>News about one of its orders has arrived.</summary>
    protected internal virtual void Hear(Desk desk, in OrderUpdate update)
    {
    }

    protected internal virtual void Save(BinaryWriter writer)
    {
    }

    protected internal virtual void Load(BinaryReader reader)
    {
    }

    /// <summary>A waiting time of a Poisson process, exponential with that many events a second.</summary>
    private protected static TimeSpan Wait(double rate, RandomStream random) =>
        TimeSpan.FromTicks((long)Math.Min(
            TimeSpan.TicksPerDay * 365.0, 1 - Math.Log(1 - random.NextDouble()) / rate * TimeSpan.TicksPerSecond));
}
