namespace FinML.Verification;

/// <summary>A check needs a public data set that may not be shipped and is not here: it is skipped, and says where the
/// file may lie.</summary>
public sealed class MissingDataException(string message) : Exception(message);
