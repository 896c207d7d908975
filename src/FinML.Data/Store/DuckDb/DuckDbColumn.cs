namespace FinML.Data.Store;

/// <summary>A column of a result.</summary>
/// <param name="Name">As the statement calls it.</param>
/// <param name="Type">What its values are.</param>
public sealed record DuckDbColumn(string Name, DuckDbType Type)
{
    /// <summary>The digits after the point of a decimal; 0 for other types.</summary>
    public int Scale { get; init; }

    /// <summary>The type that the values lie in memory as: that of <see cref="Type"/>, but for decimals and
    /// enumerations an integer.</summary>
    internal DuckDbType Stored { get; init; } = Type;

    /// <summary>The names of an enumeration.</summary>
    internal IReadOnlyList<string> Names { get; init; } = [];
}
