namespace FinML.Data;

/// <summary>What a verification found: one result a data set, in the order of the catalogue.</summary>
public sealed record VerifyReport(IReadOnlyList<DataSetCheck> Checks)
{
    /// <summary>Whether every data set that is here is what the catalogue says.</summary>
    public bool Passed => Checks.All(c => c.Passed);

    /// <summary>The data sets that may not be shipped and are not here: nothing was checked of them.</summary>
    public IEnumerable<DataSetCheck> Absent => Checks.Where(c => c.Absent);
}
