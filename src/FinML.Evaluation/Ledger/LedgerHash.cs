using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FinML.Evaluation;

/// <summary>
/// The hashes of the ledger. Fields go in with their length before them, and numbers as their bits, so that no two
/// different rows give the same bytes.
/// </summary>
internal static class LedgerHash
{
    internal static readonly string Genesis = new('0', 64);

    internal static string Configuration(string canonicalJson) => Of(hash => Add(hash, canonicalJson));

    /// <summary>What makes two runs the same run.</summary>
    internal static string Identity(TrialRecord record) => Of(hash =>
    {
        Add(hash, record.Experiment);
        Add(hash, record.Name);
        Add(hash, record.Configuration);
        Add(hash, record.DataHash);
        Add(hash, record.CodeHash);
        Add(hash, record.Seed);
    });

    /// <summary>The link of the chain: the row before, and everything in this row.</summary>
    internal static string Row(TrialEntry entry) => Of(hash =>
    {
        TrialRecord record = entry.Record;
        Add(hash, entry.PreviousHash);
        Add(hash, (ulong)entry.Sequence);
        Add(hash, entry.Identity);
        Add(hash, entry.ConfigurationHash);
        Add(hash, record.Experiment);
        Add(hash, record.Name);
        Add(hash, record.Kind.ToString());
        Add(hash, record.Configuration);
        Add(hash, record.DataHash);
        Add(hash, record.CodeHash);
        Add(hash, record.Seed);
        Add(hash, BitConverter.DoubleToUInt64Bits(record.PeriodsPerYear));
        Add(hash, (ulong)record.Count);
        Add(hash, BitConverter.DoubleToUInt64Bits(record.SharpePerPeriod));
        Add(hash, BitConverter.DoubleToUInt64Bits(record.Skewness));
        Add(hash, BitConverter.DoubleToUInt64Bits(record.Kurtosis.Value));
        Add(hash, (ulong)entry.RecordedAt.Ticks);
    });

    private static string Of(Action<IncrementalHash> fill)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        fill(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, (ulong)bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, ulong number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
