namespace FinML.Data;

/// <summary>Features out of a cache, and how they were had.</summary>
/// <param name="Features">The features, to the bit those of the computation.</param>
/// <param name="Outcome">What the cache did.</param>
public sealed record CachedFeatures(FeatureMatrix Features, CacheOutcome Outcome);
