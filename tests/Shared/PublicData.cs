using FinML.Data;
using Xunit;

namespace FinML.Tests;

/// <summary>Public data sets that may not be shipped. A test that needs one says so with
/// <see cref="Require"/> under [SkippableFact] and is skipped, loudly, where it is absent.</summary>
internal static class PublicData
{
    /// <summary>The path of a file that the catalogue can fetch, by its name: in data/public or in the mirror
    /// folder.</summary>
    internal static string Require(string file)
    {
        DataCatalog catalog = DataCatalog.Open();
        DataSet set = catalog.DataSets.Single(s => s.Fetchable && Path.GetFileName(s.File) == file);
        Skip.IfNot(catalog.IsHere(set), $"{file} is not here: run 'finml data fetch {set.Name}', or set "
            + $"{DataCatalog.MirrorVariable} to a folder that holds it.");
        return catalog.PathOf(set);
    }
}
