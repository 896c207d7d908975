namespace FinML.Notebooks.Papers;

/// <summary>A claim and what a run made of it.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Value">Our value, or null where no run has reported one.</param>
/// <param name="StandardError">Its standard error, or null.</param>
/// <param name="Difference">Ours minus the published value, or minus the nearer end of its range; null before a
/// run.</param>
/// <param name="Verdict">Whether they are the same.</param>
public sealed record ClaimResult(
    Claim Claim, double? Value, double? StandardError, double? Difference, ClaimVerdict Verdict)
{
    /// <summary>Our value as it is shown; an en dash before a run.</summary>
    public string ValueText => Value is { } value ? Claim.Format.Write(value, Claim.Unit) : "–";

    /// <summary>The standard error as it is shown; an en dash where there is none.</summary>
    public string StandardErrorText =>
        StandardError is { } error ? Claim.Format.WriteSmall(error, Claim.Unit) : "–";

    /// <summary>The difference as it is shown; an en dash before a run.</summary>
    public string DifferenceText =>
        Difference is { } difference ? Claim.Format.WriteDifference(difference, Claim.Unit) : "–";

    /// <summary>Difference and tolerance without the unit, for a table whose first numbers have it.</summary>
    internal (string Difference, string Tolerance) Bare()
    {
        var bare = this with { Claim = Claim with { Unit = "" } };
        return (bare.DifferenceText, bare.Claim.ToleranceText);
    }

    /// <summary>"reproduced", "differs by −0.012", "not run".</summary>
    public string VerdictText => Verdict switch
    {
        ClaimVerdict.Reproduced => "reproduced",
        ClaimVerdict.Differs => $"differs by {DifferenceText}",
        _ => "not run",
    };
}
