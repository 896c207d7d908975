namespace FinML.Data;

/// <summary>How large a feature cache may get.</summary>
public sealed record FeatureCacheOptions
{
    /// <summary>The bytes of all entries together; the least recently used go first. At least 1.</summary>
    public long MaximumBytes { get; init; } = 4L << 30;

    /// <summary>How old a temporary file is taken for that of a process that died. Above 0.</summary>
    public TimeSpan Abandoned { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        if (MaximumBytes < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(MaximumBytes), MaximumBytes,
                "MaximumBytes must be 1 or more.");
        }

        if (Abandoned <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(Abandoned), Abandoned, "Abandoned must be above 0.");
        }
    }
}
