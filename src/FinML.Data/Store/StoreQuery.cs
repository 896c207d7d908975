namespace FinML.Data.Store;

/// <summary>Which part of a store.</summary>
public sealed record StoreQuery
{
    /// <summary>The symbols, in the order of the answer. Null: all, in ordinal order.</summary>
    public IReadOnlyList<string>? Symbols { get; init; }

    /// <summary>The fields, in the order of the answer. Null: all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The first time, UTC. Null: from the beginning.</summary>
    public DateTime? From { get; init; }

    /// <summary>The time before which rows are wanted, UTC. Null: to the end.</summary>
    public DateTime? Before { get; init; }

    /// <summary>What was known then, UTC: no row that became available later, and of a revised row the version of that
    /// day. Null: the last version of everything.</summary>
    public DateTime? KnownAt { get; init; }
}
