using System.Buffers.Binary;
using System.Numerics;
using FinML.Data;

namespace FinML.Markets.Matching;

/// <summary>
/// How messages lie in a log: a header of 32 bytes (name, options), then 44 bytes a message: its 40 bytes, little
/// endian, and a CRC-32C that goes on from the one before, so that a record can neither change nor move.
/// </summary>
internal static class MessageLogFormat
{
    internal const int HeaderSize = 32, RecordSize = 44;

    private const ulong Name = 0x31_474F_4C4C_4D46; // "FMLLOG1"

    /// <summary>Writes the header and returns its check sum.</summary>
    internal static uint WriteHeader(MatchingOptions options, Span<byte> header)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(header, Name);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], options.MinimumPrice);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], options.MaximumPrice);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], options.MaximumQuantity);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], options.OrderCapacity);
        uint sum = Sum(0, header[..28]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], sum);
        return sum;
    }

    /// <exception cref="InvalidDataException">It is not a header.</exception>
    internal static (MatchingOptions Options, uint Sum) ReadHeader(ReadOnlySpan<byte> header)
    {
        uint sum = Sum(0, header[..28]);
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != Name
            || BinaryPrimitives.ReadUInt32LittleEndian(header[28..]) != sum)
            throw new InvalidDataException("The file is not a message log: its first 32 bytes are not a log's header.");
        var options = new MatchingOptions
        {
            MinimumPrice = BinaryPrimitives.ReadInt32LittleEndian(header[8..]),
            MaximumPrice = BinaryPrimitives.ReadInt32LittleEndian(header[12..]),
            MaximumQuantity = BinaryPrimitives.ReadInt64LittleEndian(header[16..]),
            OrderCapacity = BinaryPrimitives.ReadInt32LittleEndian(header[24..]),
        };
        return (options, sum);
    }

    internal static uint WriteRecord(in BookMessage message, uint sum, Span<byte> record)
    {
        BinaryPrimitives.WriteInt64LittleEndian(record, message.Time);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], message.OrderId);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], message.Quantity);
        BinaryPrimitives.WriteInt32LittleEndian(record[24..], message.Price);
        BinaryPrimitives.WriteInt32LittleEndian(record[28..], message.Participant);
        BinaryPrimitives.WriteInt32LittleEndian(record[32..], (int)message.Side);
        record[36] = (byte)message.Kind;
        record[37] = (byte)message.Lifetime;
        record[38] = (byte)message.SelfTrade;
        record[39] = 0;
        sum = Sum(sum, record[..40]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[40..], sum);
        return sum;
    }

    /// <summary>Whether the record's check sum goes on from <paramref name="sum"/>, which it then becomes.</summary>
    internal static bool TryReadRecord(ReadOnlySpan<byte> record, ref uint sum, out BookMessage message)
    {
        message = new BookMessage
        {
            Time = BinaryPrimitives.ReadInt64LittleEndian(record),
            OrderId = BinaryPrimitives.ReadInt64LittleEndian(record[8..]),
            Quantity = BinaryPrimitives.ReadInt64LittleEndian(record[16..]),
            Price = BinaryPrimitives.ReadInt32LittleEndian(record[24..]),
            Participant = BinaryPrimitives.ReadInt32LittleEndian(record[28..]),
            Side = (Side)BinaryPrimitives.ReadInt32LittleEndian(record[32..]),
            Kind = (OrderKind)record[36],
            Lifetime = (OrderLifetime)record[37],
            SelfTrade = (SelfTradePolicy)record[38],
        };
        sum = Sum(sum, record[..40]);
        return BinaryPrimitives.ReadUInt32LittleEndian(record[40..]) == sum;
    }

    private static uint Sum(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes)
            sum = BitOperations.Crc32C(sum, value);
        return sum;
    }
}
