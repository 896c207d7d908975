namespace FinML.Data;

/// <summary>What a verification found: one result a data set, in the order of the catalogue.</summary>
public sealed record VerifyReport(IReadOnlyList<DataSetCheck> Checks)
{
    /// <summary>Whether every data set is what the catalogue says.</summary>
    public bool Passed => Checks.All(c => c.Passed);
}
