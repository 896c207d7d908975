using FinML.Data.Store;

namespace FinML.Data.Tests.Store;

/// <summary>Tests that need DuckDB say so under [SkippableFact] and are skipped, loudly, where it is absent.</summary>
internal static class Engine
{
    internal static void Require() => Skip.If(EngineLocation.Find() is null,
        $"DuckDB is not here: run 'finml data engine install', or set {EngineLocation.Variable} to its library.");
}
