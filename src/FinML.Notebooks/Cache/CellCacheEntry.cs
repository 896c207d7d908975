using System.Text.Json;

namespace FinML.Notebooks;

/// <summary>What a cell left when it ran: what stands in for it where nothing that it depends on has changed.</summary>
public sealed record CellCacheEntry
{
    /// <summary>SHA-256 of all that the cell depends on, as lower-case hexadecimal; the entry's name.</summary>
    public required string Key { get; init; }

    /// <summary>The notebook's file name.</summary>
    public required string Notebook { get; init; }

    /// <summary>The cell's id.</summary>
    public required string Cell { get; init; }

    /// <summary>When the cell ran.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>The commit that was checked out; null outside of a repository.</summary>
    public required string? Commit { get; init; }

    /// <summary>Whether tracked files differed from the commit; null where that is not known.</summary>
    public required bool? Dirty { get; init; }

    /// <summary>How long the cell took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The data sets that were read up to the cell's end, with their SHA-256.</summary>
    public required IReadOnlyDictionary<string, string> Data { get; init; }

    /// <summary>The variables that the cell declares, by name, as JSON.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Variables { get; init; }

    /// <summary>The cell's outputs, as nbformat stores them.</summary>
    public required JsonElement Outputs { get; init; }

    /// <summary>What a reader must know who sees the outputs of an earlier run.</summary>
    internal string Sentence => FormattableString.Invariant(
        $"From the cache, made at {Made.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by {By} in {Seconds:0.0} s; not run now.");

    private string By => Commit is null
        ? "code outside of a repository"
        : $"commit {Commit[..Math.Min(10, Commit.Length)]}{(Dirty == true ? " with changes" : "")}";
}
