namespace FinML.Notebooks;

/// <summary>How far a number of a fresh output may lie from the stored one: |a - b| at most
/// max(Absolute, Relative * max(|a|, |b|)).</summary>
public sealed record OutputTolerance
{
    /// <summary>The relative part: 0 for equality, up to below 1.</summary>
    public double Relative { get; init; } = 1e-9;

    /// <summary>The absolute part, in the units of the number: 0 or above.</summary>
    public double Absolute { get; init; }

    /// <summary>Checks the tolerance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part is out of its range.</exception>
    public void Validate()
    {
        if (!(Relative >= 0 && Relative < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Relative),
                FormattableString.Invariant($"The relative tolerance is 0 up to below 1, but was {Relative}."));
        }

        if (!(Absolute >= 0 && double.IsFinite(Absolute)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Absolute),
                FormattableString.Invariant($"The absolute tolerance is 0 or above and finite, but was {Absolute}."));
        }
    }

    internal bool Allows(double stored, double fresh) =>
        stored.Equals(fresh)
        || Math.Abs(stored - fresh)
            <= Math.Max(Absolute, Relative * Math.Max(Math.Abs(stored), Math.Abs(fresh)));

    /// <summary>|a - b| / max(|a|, |b|), 0 for equal numbers.</summary>
    internal static double RelativeDifference(double stored, double fresh) =>
        stored.Equals(fresh) || stored == fresh
            ? 0
            : Math.Abs(stored - fresh) / Math.Max(Math.Abs(stored), Math.Abs(fresh));
}
