namespace FinML.Data;

/// <summary>What a loader met in a file.</summary>
public sealed record LoadReport
{
    /// <summary>The file.</summary>
    public required string Source { get; init; }

    /// <summary>The rows that were read and kept.</summary>
    public long Rows { get; init; }

    /// <summary>What was refused, by line; at most 20 are kept of each kind.</summary>
    public IReadOnlyList<ImportProblem> Problems { get; init; } = [];

    /// <summary>All that was refused, what is not listed too.</summary>
    public long ProblemCount { get; init; }

    /// <summary>What was repaired, and how often. Only what has one meaning is repaired.</summary>
    public IReadOnlyDictionary<string, long> Repairs { get; init; } = new Dictionary<string, long>();

    /// <summary>What a careful reader should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A line for each thing that is worth one.</summary>
    public override string ToString() => string.Join('\n',
        [
            $"{Source}: {Rows} rows read, {ProblemCount} problems.",
            .. Problems.Select(p => $"refused: {p}"),
            .. Repairs.Select(r => $"repaired: {r.Key} ({r.Value} times)."),
            .. Notes.Select(n => $"note: {n}"),
        ]);
}
