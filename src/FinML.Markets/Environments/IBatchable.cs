namespace FinML.Markets;

/// <summary>An environment whose copies can be stepped together faster than one by one.</summary>
public interface IBatchable : IEnvironment
{
    /// <summary>A batch of these copies, or null where they do not fit together.</summary>
    IEnvironmentBatch? Batch(IReadOnlyList<IEnvironment> copies);
}
