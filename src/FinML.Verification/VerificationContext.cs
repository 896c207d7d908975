using FinML.Data;

namespace FinML.Verification;

/// <summary>What checks read: the repository's data, and where a long check says how far it is.</summary>
/// <param name="Catalog">The data sets.</param>
/// <param name="Progress">Fraction of the running check that is done, or null.</param>
public sealed record VerificationContext(DataCatalog Catalog, IProgress<double>? Progress = null);
