namespace FinML.Evaluation;

/// <summary>
/// What will be tested, said before the data are read. The ledger keeps it, and stamps every trial by it:
/// <see cref="TrialLedger.Register"/>.
/// </summary>
public sealed record Registration
{
    /// <summary>The search that the hypothesis belongs to.</summary>
    public required string Experiment { get; init; }

    /// <summary>What is claimed, as a sentence that data can contradict.</summary>
    public required string Hypothesis { get; init; }

    /// <summary>The one number that decides, such as "net Sharpe ratio a year".</summary>
    public required string PrimaryMetric { get; init; }

    /// <summary>The assets and how they were chosen, at which point in time.</summary>
    public required string Universe { get; init; }

    /// <summary>From when to when, with what is left out.</summary>
    public required string Sample { get; init; }

    /// <summary>How far ahead is forecast, or how long is held.</summary>
    public required string Horizon { get; init; }

    /// <summary>The names of the trials that will be run: what the tests are corrected for. At least one.</summary>
    public required IReadOnlyList<string> Family { get; init; }

    /// <summary>Every part by its name, with its text.</summary>
    internal IReadOnlyList<(string Name, string Text)> Parts() =>
    [
        ("hypothesis", Hypothesis), ("primaryMetric", PrimaryMetric), ("universe", Universe), ("sample", Sample),
        ("horizon", Horizon), ("family", string.Join(", ", Family.Select(name => $"'{name}'"))),
    ];

    /// <exception cref="ArgumentException">A part is empty, or the family names a trial twice.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Family);
        foreach ((string name, string? text) in Parts().Prepend(("experiment", Experiment)))
        {
            if (string.IsNullOrWhiteSpace(text) || text.Contains('\0'))
                throw new ArgumentException(
                    $"The registration's {name} is {(string.IsNullOrWhiteSpace(text) ? "empty" : "not text")}; say it "
                    + "before the data are read.");
        }

        if (Family.FirstOrDefault(string.IsNullOrWhiteSpace) is not null || Family.Any(name => name is null))
            throw new ArgumentException("The registration's family has a trial without a name.");
        if (Family.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The registration's family names '{twice.Key}' twice.");
    }
}
