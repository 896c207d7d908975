using FinML.Markets.Matching;

namespace FinML.Markets.Replay;

/// <summary>How records become orders in <see cref="HistoricalMarket"/>.</summary>
public sealed record ReplayOptions
{
    /// <summary>The symbol that the records have, and its tick and lot.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>Whether a side that a quote does not have (NaN) stays as it was, as in feeds that send one side at a
    /// time; else it is empty.</summary>
    public bool KeepsMissingSide { get; init; }

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public ReplayOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(Instrument);
        Instrument.Validate();
        return this;
    }
}
