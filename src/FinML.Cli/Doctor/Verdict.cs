namespace FinML.Cli.Doctor;

/// <summary>What a comparison with environment.json says.</summary>
internal enum Verdict
{
    /// <summary>As recorded.</summary>
    Same,

    /// <summary>Not as recorded, which does no harm by itself.</summary>
    Differs,

    /// <summary>Nothing to compare with.</summary>
    Noted,

    /// <summary>Needed, and not there.</summary>
    Missing,

    /// <summary>There, and not what it must be.</summary>
    Wrong,
}
