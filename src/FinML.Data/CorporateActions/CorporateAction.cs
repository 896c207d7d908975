namespace FinML.Data;

/// <summary>Something that a company did to its shares.</summary>
public abstract record CorporateAction
{
    /// <summary>The shares.</summary>
    public required string Symbol { get; init; }

    /// <summary>The first day that the shares trade without the dividend, or in their new number.</summary>
    public required DateOnly ExDate { get; init; }

    /// <summary>When it could be known, UTC: its announcement, or the open of <see cref="ExDate"/> where the source
    /// does not say.</summary>
    public required DateTime AvailableAt { get; init; }
}
