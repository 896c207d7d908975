namespace FinML.Markets.Participants;

/// <summary>The value that value traders estimate and informed traders know: a random walk in ticks.</summary>
public sealed record FundamentalOptions
{
    /// <summary>At the start, in ticks; finite.</summary>
    public double InitialValue { get; init; } = 10_000;

    /// <summary>Ticks per square root of a second; 0 to 1e6.</summary>
    public double Volatility { get; init; } = 1;

    /// <summary>How often it moves; 1 ms to 1 day.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public FundamentalOptions Validate()
    {
        Require.Finite(InitialValue, nameof(InitialValue));
        Require.InRange(Volatility, 0, 1e6, nameof(Volatility));
        Require.InRange(
            Step.Ticks, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerDay, "Step, in units of 100 ns,");
        return this;
    }
}
