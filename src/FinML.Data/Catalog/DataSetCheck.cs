namespace FinML.Data;

/// <summary>The verification of one data set: no problem means that it passed.</summary>
/// <param name="Name">The data set.</param>
/// <param name="File">The path of its file.</param>
/// <param name="Sha256">The hash that was found; null where the file could not be read.</param>
/// <param name="Problems">What differs, a sentence each.</param>
public sealed record DataSetCheck(string Name, string File, string? Sha256, IReadOnlyList<string> Problems)
{
    /// <summary>Whether it is one that may not be shipped and is not here: nothing was checked, and nothing is
    /// wrong.</summary>
    public bool Absent { get; init; }

    /// <summary>Whether nothing differs.</summary>
    public bool Passed => Problems.Count == 0;
}
