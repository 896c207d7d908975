namespace FinML.Data;

/// <summary>What a pair of LOBSTER files does not say itself.</summary>
public sealed record LobsterOptions
{
    /// <summary>The symbol that the records get.</summary>
    public required string Symbol { get; init; }

    /// <summary>The trading day: the files count seconds after its midnight, New York time.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The levels to keep of each side, from 0 (messages alone) to 200; the best first.</summary>
    public int Levels { get; init; } = 10;

    /// <summary>How long after its time a message is known, 0 or more.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>What bounds the memory.</summary>
    public LoadLimits Limits { get; init; } = LoadLimits.Default;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Symbol))
        {
            throw new ArgumentException($"The symbol '{Symbol}' must not be empty.", nameof(Symbol));
        }

        if (Levels is < 0 or > 200)
        {
            throw new ArgumentException($"Levels is {Levels}; it must be in [0, 200].", nameof(Levels));
        }

        if (Latency < TimeSpan.Zero)
        {
            throw new ArgumentException($"The latency is {Latency}; it must be 0 or more.", nameof(Latency));
        }

        Limits.Validate();
    }
}
