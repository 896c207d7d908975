namespace FinML.Data;

/// <summary>Where a data set comes from: the registry, the package, its version and the object or file in it.</summary>
public sealed record DataSource(string Registry, string Package, string Version, string Object);
