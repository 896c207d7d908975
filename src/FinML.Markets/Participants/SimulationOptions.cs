using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>The market that participants trade in.</summary>
public sealed record SimulationOptions
{
    /// <summary>The limits of the book.</summary>
    public MatchingOptions Book { get; init; } = new();

    /// <summary>What the asset is worth to those who know.</summary>
    public FundamentalOptions Fundamental { get; init; } = new();

    /// <summary>When the simulation begins, UTC.</summary>
    public DateTime Start { get; init; } = new(2000, 1, 3, 9, 30, 0, DateTimeKind.Utc);

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public SimulationOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(Book);
        ArgumentNullException.ThrowIfNull(Fundamental);
        Book.Validate();
        Fundamental.Validate();
        if (Start.Kind != DateTimeKind.Utc)
            throw new ArgumentException($"Start has to be UTC; it is {Start.Kind}.");
        return this;
    }
}
