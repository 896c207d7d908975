namespace FinML.Data;

/// <summary>How much a loader takes before it refuses a file, so that no file can fill the memory or run forever: an
/// archive that unpacks to a thousand times its size, a line without an end, a table that is mostly holes.</summary>
public sealed record LoadLimits
{
    /// <summary>The usual limits: 64 GiB of text, 4 MiB a line, 2 GiB of values.</summary>
    public static LoadLimits Default { get; } = new();

    /// <summary>Bytes of text after unpacking, 1 or more.</summary>
    public long MaximumBytes { get; init; } = 64L << 30;

    /// <summary>How many bytes of text a byte of an archive may unpack to, from 2 to 1,032 (what deflate can do);
    /// the first MiB is free. Prices pack about 3 to 10 times, a column of one constant 300 times.</summary>
    public int MaximumExpansion { get; init; } = 400;

    /// <summary>Bytes of one line, from 64 to 1 GiB.</summary>
    public int MaximumLineBytes { get; init; } = 4 << 20;

    /// <summary>Values of 8 bytes that a panel may have, holes included; 1 or more.</summary>
    public long MaximumValues { get; init; } = 256L << 20;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Check(MaximumBytes, 1, long.MaxValue, nameof(MaximumBytes));
        Check(MaximumExpansion, 2, 1032, nameof(MaximumExpansion));
        Check(MaximumLineBytes, 64, 1 << 30, nameof(MaximumLineBytes));
        Check(MaximumValues, 1, long.MaxValue, nameof(MaximumValues));
    }

    private static void Check(long value, long least, long most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException($"{name} is {value}; it must be in [{least}, {most}].", name);
        }
    }
}
