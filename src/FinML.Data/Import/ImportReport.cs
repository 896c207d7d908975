namespace FinML.Data;

/// <summary>What an import read: a panel, or the reasons why not.</summary>
public sealed record ImportReport
{
    /// <summary>The name the data set was to get.</summary>
    public required string Name { get; init; }

    /// <summary>Which column of the file became which field, in the file's words.</summary>
    public IReadOnlyList<string> Mapping { get; init; } = [];

    /// <summary>Why the file was refused; at most 20 are kept of each kind. Empty: it was accepted.</summary>
    public IReadOnlyList<ImportProblem> Problems { get; init; } = [];

    /// <summary>All problems, those that are not listed too.</summary>
    public long ProblemCount { get; init; }

    /// <summary>What was repaired, and how often.</summary>
    public IReadOnlyDictionary<string, long> Repairs { get; init; } = new Dictionary<string, long>();

    /// <summary>What a careful reader should know: gaps, missing values, reversed order, ignored columns.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The rows, in time order, with one asset of the data set's name in upper case; null where
    /// refused.</summary>
    public Panel? Panel { get; init; }

    /// <summary>"daily", "weekly", "monthly", or the usual spacing in minutes.</summary>
    public string Frequency { get; init; } = "";

    /// <summary>Whether the file was accepted.</summary>
    public bool Accepted => Panel is not null;
}
