namespace FinML.Verification;

/// <summary>How a number is held to its reference.</summary>
public enum Comparison
{
    /// <summary>|got - expected| &lt;= tolerance.</summary>
    Within,

    /// <summary>got &gt;= expected - tolerance.</summary>
    AtLeast,

    /// <summary>got &lt;= expected + tolerance.</summary>
    AtMost,
}

/// <summary>A number that somebody else published, or that is known in closed form, and how we get ours.</summary>
/// <param name="Id">A stable name: area.subject.detail.</param>
/// <param name="Description">What is computed, in one line.</param>
/// <param name="Source">Who says so: the paper, the data set, the other implementation.</param>
/// <param name="Expected">The reference.</param>
/// <param name="Tolerance">The largest difference that passes, in the unit of the number.</param>
/// <param name="Compute">Our number, from the repository's data.</param>
/// <param name="Comparison">How the two are held together.</param>
public sealed record ReferenceCheck(
    string Id,
    string Description,
    string Source,
    double Expected,
    double Tolerance,
    Func<VerificationContext, double> Compute,
    Comparison Comparison = Comparison.Within)
{
    /// <summary>Whether the number is a simulation of minutes, which runs only when it is asked for.</summary>
    public bool Nightly { get; init; }

    /// <summary>The part of the workbench that the check belongs to: the identifier up to its first dot.</summary>
    public string Area => Id[..Id.IndexOf('.')];

    /// <summary>Whether <paramref name="got"/> passes. NaN never does.</summary>
    public bool Accepts(double got) => Comparison switch
    {
        Comparison.Within => Math.Abs(got - Expected) <= Tolerance,
        Comparison.AtLeast => got >= Expected - Tolerance,
        Comparison.AtMost => got <= Expected + Tolerance,
        _ => throw new ArgumentOutOfRangeException(nameof(Comparison), Comparison, "Unknown comparison."),
    };
}
