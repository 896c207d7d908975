using System.IO.Compression;
using System.Runtime.InteropServices;

namespace FinML.Evaluation;

/// <summary>
/// The returns of a trial, after costs, with their times: what the ledger keeps so that the effective number of trials
/// can be found. Kept in the ledger itself, compressed and under its hash, because a reference to a file is dangling
/// when it is needed; trials with the same series share it.
/// </summary>
public sealed class TrialReturns
{
    private readonly DateTime[] _times;
    private readonly double[] _values;

    private TrialReturns(DateTime[] times, double[] values)
    {
        _times = times;
        _values = values;
        Hash = LedgerHash.Of(Content());
    }

    /// <summary>When each return was earned: strictly increasing, UTC.</summary>
    public IReadOnlyList<DateTime> Times => _times;

    /// <summary>Simple returns per period.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The number of returns.</summary>
    public int Count => _values.Length;

    /// <summary>SHA-256 of times and values, bit by bit.</summary>
    public string Hash { get; }

    /// <summary>A copy of times and values.</summary>
    /// <exception cref="ArgumentException">Fewer than two, not as many times as values, a time that does not follow the
    /// one before, or a value that is not finite.</exception>
    public static TrialReturns Of(IReadOnlyList<DateTime> times, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count != values.Length)
            throw new ArgumentException(
                $"There are {times.Count} times for {values.Length} returns; there must be one for each.",
                nameof(times));
        if (values.Length < 2)
            throw new ArgumentException($"There are {values.Length} returns; at least 2 are needed.", nameof(values));
        var when = new DateTime[times.Count];
        for (int t = 0; t < when.Length; t++)
        {
            when[t] = DateTime.SpecifyKind(times[t], DateTimeKind.Utc);
            if (t > 0 && when[t] <= when[t - 1])
                throw new ArgumentException(
                    $"The time {when[t]:O} of return {t} does not follow {when[t - 1]:O}; times must be strictly "
                    + "increasing.", nameof(times));
            if (!double.IsFinite(values[t]))
                throw new ArgumentException(
                    $"Return {t} is {values[t]:R}; every return must be finite.", nameof(values));
        }

        return new TrialReturns(when, values.ToArray());
    }

    /// <summary>The values as they are, for reading.</summary>
    internal double[] Array => _values;

    /// <summary>Times and values, byte plane by byte plane (neighbours have the same high bytes), deflated.</summary>
    internal byte[] ToBytes()
    {
        byte[] content = Content();
        var planes = new byte[content.Length];
        int words = content.Length / 8;
        for (int i = 0; i < content.Length; i++)
            planes[i % 8 * words + i / 8] = content[i];
        using var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.Optimal))
            deflate.Write(planes);
        return stream.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not of a series.</exception>
    internal static TrialReturns FromBytes(byte[] bytes)
    {
        byte[] content = Inflate(bytes);
        ReadOnlySpan<long> words = MemoryMarshal.Cast<byte, long>(content);
        int count = words.Length / 2;
        try
        {
            var times = new DateTime[count];
            long ticks = 0;
            for (int t = 0; t < count; t++)
                times[t] = new DateTime(ticks += words[t], DateTimeKind.Utc);
            return Of(times, MemoryMarshal.Cast<long, double>(words[count..]));
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"The bytes are not of a series of returns: {error.Message}", error);
        }
    }

    /// <summary>What the bytes hash to now; "unreadable" where they are no series.</summary>
    internal static string HashOf(byte[] bytes)
    {
        try
        {
            return LedgerHash.Of(Inflate(bytes));
        }
        catch (FormatException)
        {
            return "unreadable";
        }
    }

    /// <summary>The steps of time in ticks, then the values.</summary>
    private byte[] Content()
    {
        var words = new long[2 * _values.Length];
        for (int t = 0; t < _values.Length; t++)
        {
            words[t] = _times[t].Ticks - (t == 0 ? 0 : _times[t - 1].Ticks);
            words[_values.Length + t] = BitConverter.DoubleToInt64Bits(_values[t]);
        }

        return MemoryMarshal.AsBytes<long>(words).ToArray();
    }

    private static byte[] Inflate(byte[] bytes)
    {
        try
        {
            using var deflate = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var stream = new MemoryStream();
            deflate.CopyTo(stream);
            byte[] planes = stream.ToArray();
            if (planes.Length % 16 != 0)
                throw new FormatException($"The series has {planes.Length} bytes; it must have 16 for each return.");
            var content = new byte[planes.Length];
            int words = content.Length / 8;
            for (int i = 0; i < content.Length; i++)
                content[i] = planes[i % 8 * words + i / 8];
            return content;
        }
        catch (InvalidDataException error)
        {
            throw new FormatException($"The series cannot be unpacked: {error.Message}", error);
        }
    }
}
