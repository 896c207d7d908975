namespace FinML.Data;

/// <summary>What a cache did.</summary>
public enum CacheOutcome
{
    /// <summary>The features were read.</summary>
    Hit,

    /// <summary>There was nothing: they were computed and stored.</summary>
    Computed,

    /// <summary>There was something, but damaged: they were computed and stored again.</summary>
    Rebuilt,

    /// <summary>They were computed and could not be stored: the disk refused, or they are larger than the
    /// cache.</summary>
    NotStored,
}
