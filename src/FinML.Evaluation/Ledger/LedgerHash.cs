using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FinML.Evaluation;

/// <summary>
/// The hashes of the ledger. Fields go in with their length before them, and numbers as their bits, so that no two
/// different rows give the same bytes. Both formats are frozen: an old ledger verifies for ever.
/// </summary>
internal static class LedgerHash
{
    private const int DigestLength = 16; // a digest only says which field was changed; the row's hash covers the text

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

    /// <summary>What makes two other entries the same: every part of it.</summary>
    internal static string Identity(EntryType type, params string[] parts) => Of(hash =>
    {
        Add(hash, type.ToString());
        foreach (string part in parts)
            Add(hash, part);
    });

    /// <summary>The link of the chain: the row before, and everything in this row.</summary>
    internal static string Row(LedgerRow row) => Of(hash =>
    {
        Add(hash, row.PreviousHash);
        Add(hash, (ulong)row.Sequence);
        Add(hash, row.Type);
        Add(hash, row.Identity);
        Add(hash, row.Experiment);
        Add(hash, row.Fields);
        Add(hash, row.Digests ?? string.Empty);
        Add(hash, row.RecordedAt);
    });

    /// <summary>A digest of each field and of what stands beside the fields: says later which of them was
    /// changed.</summary>
    internal static LedgerFields Digests(LedgerRow row)
    {
        var digests = new LedgerFields();
        foreach ((string name, string value) in LedgerFields.Parse(row.Fields).Values)
            digests.Add(name, Digest(name, value));
        return digests.Add("type", Digest("type", row.Type)).Add("identity", Digest("identity", row.Identity))
            .Add("experiment", Digest("experiment", row.Experiment))
            .Add("recordedAt", Digest("recordedAt", row.RecordedAt));
    }

    /// <summary>The row of a trial as the first format hashed it.</summary>
    internal static string FirstFormatRow(LedgerRow row)
    {
        var fields = LedgerFields.Parse(row.Fields);
        return Of(hash =>
        {
            Add(hash, row.PreviousHash);
            Add(hash, (ulong)row.Sequence);
            Add(hash, row.Identity);
            Add(hash, fields["configurationHash"]);
            Add(hash, row.Experiment);
            Add(hash, fields["name"]);
            Add(hash, fields["kind"]);
            Add(hash, fields["configuration"]);
            Add(hash, fields["dataHash"]);
            Add(hash, fields["codeHash"]);
            Add(hash, ulong.Parse(fields["seed"], CultureInfo.InvariantCulture));
            Add(hash, BitConverter.DoubleToUInt64Bits(fields.Double("periodsPerYear")));
            Add(hash, (ulong)fields.Integer("count"));
            Add(hash, BitConverter.DoubleToUInt64Bits(fields.Double("sharpePerPeriod")));
            Add(hash, BitConverter.DoubleToUInt64Bits(fields.Double("skewness")));
            Add(hash, BitConverter.DoubleToUInt64Bits(fields.Double("kurtosis")));
            Add(hash, (ulong)row.Time.Ticks);
        });
    }

    internal static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Digest(string name, string value) => Of(hash =>
    {
        Add(hash, name);
        Add(hash, value);
    })[..DigestLength];

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
