namespace FinML.Notebooks.Papers;

/// <summary>A row of claims.json: a published value, where it stands, and how near ours has to come.</summary>
public sealed record Claim
{
    /// <summary>The name under which a notebook reports its value; unique in all papers.</summary>
    public required string Id { get; init; }

    /// <summary>What is claimed, in a sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>Where it was published, with the table or page; may cite the bibliography as <c>@key</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The published value.</summary>
    public required PublishedValue Published { get; init; }

    /// <summary>The standard error of the published value, or null where the source gives none.</summary>
    public double? PublishedStandardError { get; init; }

    /// <summary>How far ours may lie from it.</summary>
    public required ClaimTolerance Tolerance { get; init; }

    /// <summary>The notebook that computes ours, from the folder that holds papers/.</summary>
    public required string Notebook { get; init; }

    /// <summary>The unit behind the number; empty where there is none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How our number is written.</summary>
    public required ClaimFormat Format { get; init; }

    /// <summary>How the published number, or the ends of its range, are written.</summary>
    public required ClaimFormat PublishedFormat { get; init; }

    /// <summary>Why ours differs, in the authors' words; null for a claim that is expected to be reproduced.</summary>
    public string? Reason { get; init; }

    /// <summary>The claims.json that holds the row.</summary>
    public required string File { get; init; }

    /// <summary>The row's line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Compares a value with the published one.</summary>
    /// <param name="value">Ours; finite.</param>
    /// <param name="standardError">Its standard error, or null where it has none.</param>
    /// <exception cref="PaperException">The tolerance is in standard errors and there is none.</exception>
    public ClaimResult Compare(double value, double? standardError)
    {
        var both = (standardError, PublishedStandardError) switch
        {
            ({ } ours, { } theirs) => Math.Sqrt((ours * ours) + (theirs * theirs)),
            _ => standardError ?? PublishedStandardError,
        };
        var end = Published.Nearest(value);
        var difference = Published.IsNumber ? value - end : Published.Difference(value);
        var allowed = Tolerance.Allowed(end, both) ?? throw new PaperException(
            File, Line, $"the tolerance of \"{Id}\" is in standard errors, and its notebook reports none: "
                + $"write Claims.Report(\"{Id}\", value, standardError).");
        var verdict = ClaimTolerance.Holds(difference, allowed, end) ? ClaimVerdict.Reproduced : ClaimVerdict.Differs;
        return new ClaimResult(this, value, standardError, difference, verdict);
    }

    /// <summary>The claim as it stands before any run.</summary>
    public ClaimResult NotRun() => new(this, null, null, null, ClaimVerdict.NotRun);

    /// <summary>The published value as it is shown: "0.318", "at most 0.05", "2 to 5".</summary>
    public string PublishedText => Published switch
    {
        { IsNumber: true } => PublishedFormat.Write(Published.Lower, Unit),
        { Lower: double.NegativeInfinity } => $"at most {PublishedFormat.Write(Published.Upper, Unit)}",
        { Upper: double.PositiveInfinity } => $"at least {PublishedFormat.Write(Published.Lower, Unit)}",
        _ => $"{PublishedFormat.Write(Published.Lower, "")} to {PublishedFormat.Write(Published.Upper, Unit)}",
    };

    /// <summary>The tolerance as it is shown.</summary>
    public string ToleranceText => Tolerance is { Unit: ToleranceUnit.Absolute, Size: 0 }
        ? "none"
        : Tolerance.Unit == ToleranceUnit.Absolute ? "±" + Format.WriteSmall(Tolerance.Size, Unit)
        : Tolerance.ToString();
}
