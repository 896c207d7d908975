using System.Runtime.InteropServices;
using FinML.Data;

namespace FinML.Markets;

/// <summary>How <see cref="IStateful"/> objects turn their state into bytes and back, bit for bit.</summary>
public static class StateBytes
{
    /// <summary>What <paramref name="save"/> writes, as bytes.</summary>
    public static byte[] Write(Action<BinaryWriter> save)
    {
        ArgumentNullException.ThrowIfNull(save);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        save(writer);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Lets <paramref name="load"/> read the bytes, and demands that it reads all of them.</summary>
    /// <exception cref="ArgumentException">The bytes are too short, too long or not what was expected.</exception>
    public static void Read(ReadOnlySpan<byte> state, Action<BinaryReader> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        using var stream = new MemoryStream(state.ToArray(), writable: false);
        using var reader = new BinaryReader(stream);
        try
        {
            load(reader);
        }
        catch (EndOfStreamException error)
        {
            throw new ArgumentException($"The state is too short: {state.Length} bytes.", nameof(state), error);
        }
        catch (InvalidDataException error)
        {
            throw new ArgumentException($"The state is damaged: {error.Message}", nameof(state), error);
        }

        if (stream.Position != stream.Length)
            throw new ArgumentException(
                $"The state has {stream.Length - stream.Position} bytes too many.", nameof(state));
    }

    /// <summary>Writes the length and the values.</summary>
    public static void WriteArray<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads values into an array of the length that was written.</summary>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public static void ReadArray<T>(BinaryReader reader, Span<T> values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(reader);
        int length = reader.ReadInt32();
        if (length != values.Length)
            throw new ArgumentException($"The state holds {length} values where {values.Length} are expected.");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes bytes with their length.</summary>
    public static void WriteBlock(BinaryWriter writer, ReadOnlySpan<byte> bytes) => WriteArray(writer, bytes);

    /// <summary>Reads bytes written by <see cref="WriteBlock"/>.</summary>
    public static byte[] ReadBlock(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        int length = reader.ReadInt32();
        long left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (length < 0 || length > left)
            throw new ArgumentException($"The state announces a block of {length} bytes; {left} are left.");
        return reader.ReadBytes(length);
    }

    /// <summary>Writes where a generator stands.</summary>
    public static void WriteRandom(BinaryWriter writer, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        WriteArray<RandomState>(writer, [random.GetState()]);
    }

    /// <summary>Puts a generator where it was.</summary>
    public static void ReadRandom(BinaryReader reader, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<RandomState> state = [default];
        ReadArray(reader, state);
        random.SetState(state[0]);
    }
}
