using System.Buffers.Binary;
using System.Text;

namespace FinML.Notebooks.Zmtp;

/// <summary>
/// One connection that speaks ZMTP 3.1 (ZeroMQ RFC 37) with the NULL mechanism: greeting, READY, framed messages. Reads
/// are for one task, writes for another.
/// </summary>
internal sealed class ZmtpConnection : IDisposable
{
    private const byte More = 1, Long = 2, Command = 4;
    private const int GreetingLength = 64, MaximumCommandBytes = 1 << 16;

    private readonly Stream _stream;
    private readonly BufferedStream _reader; // for reading alone: its buffer serves one direction at a time
    private readonly ZmtpLimits _limits;
    private readonly byte[] _header = new byte[9];
    private readonly SemaphoreSlim _writing = new(1, 1); // a pong is written by the task that reads

    private ZmtpConnection(Stream stream, ZmtpLimits limits)
    {
        _stream = stream;
        _reader = new BufferedStream(stream, 1 << 16);
        _limits = limits;
    }

    /// <summary>The peer's socket type: DEALER, SUB, REQ ...</summary>
    internal string PeerType { get; private set; } = "";

    /// <summary>The identity that the peer asked for; empty for none.</summary>
    internal byte[] PeerIdentity { get; private set; } = [];

    /// <summary>Greets and gets ready.</summary>
    /// <param name="stream">A connected stream; it belongs to the connection from here on.</param>
    /// <param name="socketType">Our socket type.</param>
    /// <param name="identity">Our identity, up to 255 bytes; empty for none.</param>
    /// <param name="accepted">Types that may talk to ours.</param>
    /// <param name="limits">What the peer may ask.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ZmtpException">The peer speaks something else, or not in time.</exception>
    internal static async Task<ZmtpConnection> OpenAsync(
        Stream stream, string socketType, byte[] identity, IReadOnlyCollection<string> accepted, ZmtpLimits limits,
        CancellationToken stop)
    {
        var connection = new ZmtpConnection(stream, limits);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timer.CancelAfter(limits.Handshake);
        try
        {
            await connection.GreetAsync(timer.Token).ConfigureAwait(false);
            await connection.WriteReadyAsync(socketType, identity, timer.Token).ConfigureAwait(false);
            await connection.ReadReadyAsync(accepted, timer.Token).ConfigureAwait(false);
            return connection;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            connection.Dispose();
            throw new ZmtpException(
                $"the peer did not finish the handshake within {limits.Handshake.TotalSeconds} seconds.");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The next message, or null where the peer has closed. A subscription, sent as a command or as a message,
    /// comes as one frame: 1 or 0, then the topic. Pings are answered on the way.</summary>
    internal async Task<byte[][]?> ReadAsync(CancellationToken stop)
    {
        var frames = new List<byte[]>();
        long bytes = 0;
        while (true)
        {
            if (await ReadFrameAsync(atStart: frames.Count == 0, _limits.MessageBytes - bytes, stop)
                .ConfigureAwait(false) is not { } frame)
                return null;
            if ((frame.Flags & Command) != 0)
            {
                if (frames.Count > 0)
                    throw new ZmtpException("a command came in the middle of a message.");
                if (await HandleAsync(frame.Body, stop).ConfigureAwait(false) is { } subscription)
                    return [subscription];
                continue;
            }

            bytes += frame.Body.Length;
            if (frames.Count == _limits.Frames)
                throw new ZmtpException($"a message has more than {_limits.Frames} frames.");
            frames.Add(frame.Body);
            if ((frame.Flags & More) == 0)
                return [.. frames];
        }
    }

    /// <summary>Sends a message whole.</summary>
    internal Task WriteAsync(IReadOnlyList<byte[]> frames, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        for (int i = 0; i < frames.Count; i++)
            Append(bytes, i + 1 < frames.Count ? More : (byte)0, frames[i]);
        return SendAsync(bytes, stop);
    }

    public void Dispose() => _stream.Dispose();

    private async Task GreetAsync(CancellationToken stop)
    {
        var greeting = new byte[GreetingLength];
        (greeting[0], greeting[9], greeting[10], greeting[11]) = (0xFF, 0x7F, 3, 1);
        "NULL"u8.CopyTo(greeting.AsSpan(12));
        await _stream.WriteAsync(greeting, stop).ConfigureAwait(false);

        // The padding of the signature carries a length for older versions: it tells nothing here.
        var peer = new byte[GreetingLength];
        await FillAsync(peer.AsMemory(0, 1), stop).ConfigureAwait(false);
        if (peer[0] != 0xFF)
            throw new ZmtpException("the peer does not greet as ZeroMQ does.");
        await FillAsync(peer.AsMemory(1, 10), stop).ConfigureAwait(false);
        if ((peer[9] & 1) == 0 || peer[10] < 3)
            throw new ZmtpException($"the peer speaks ZMTP {peer[10]}; version 3 is needed.");
        await FillAsync(peer.AsMemory(11), stop).ConfigureAwait(false);
        string mechanism = Encoding.ASCII.GetString(peer, 12, 20).TrimEnd('\0');
        if (mechanism != "NULL")
            throw new ZmtpException($"the peer asks for the security mechanism '{Printable(mechanism)}'; only NULL is "
            + "here.");
    }

    private async Task WriteReadyAsync(string socketType, byte[] identity, CancellationToken stop)
    {
        using var body = new MemoryStream();
        body.WriteByte(5);
        body.Write("READY"u8);
        Property("Socket-Type", Encoding.ASCII.GetBytes(socketType));
        Property("Identity", identity);
        await WriteCommandAsync(body.ToArray(), stop).ConfigureAwait(false);

        void Property(string name, byte[] value)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
            body.WriteByte((byte)name.Length);
            body.Write(Encoding.ASCII.GetBytes(name));
            body.Write(length);
            body.Write(value);
        }
    }

    private async Task ReadReadyAsync(IReadOnlyCollection<string> accepted, CancellationToken stop)
    {
        if (await ReadFrameAsync(atStart: true, MaximumCommandBytes, stop).ConfigureAwait(false) is not { } frame)
            throw new ZmtpException("the peer closed before it was ready.");
        (string name, byte[] rest) = CommandOf(frame);
        if (name == "ERROR")
            throw new ZmtpException($"the peer refuses: "
            + $"{Printable(Encoding.ASCII.GetString(rest).TrimStart((char)rest.Length))}");
        if (name != "READY")
            throw new ZmtpException($"the peer's first command is '{Printable(name)}'; READY is expected.");
        foreach ((string property, byte[] value) in Properties(rest))
        {
            if (property.Equals("Socket-Type", StringComparison.OrdinalIgnoreCase))
                PeerType = Encoding.ASCII.GetString(value);
            else if (property.Equals("Identity", StringComparison.OrdinalIgnoreCase))
                PeerIdentity = value;
        }

        if (!accepted.Contains(PeerType))
            throw new ZmtpException(
                $"a socket of type '{Printable(PeerType)}' cannot talk to this one; it takes "
                + $"{string.Join(", ", accepted)}.");
        if (PeerIdentity.Length > 255)
            throw new ZmtpException($"the peer's identity has {PeerIdentity.Length} bytes; 255 are allowed.");
    }

    private static IEnumerable<(string Name, byte[] Value)> Properties(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int nameLength = bytes[at], valueAt = at + 1 + nameLength + 4;
            if (valueAt > bytes.Length)
                throw new ZmtpException("a property of READY is cut short.");
            uint valueLength = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(valueAt - 4));
            if (valueLength > bytes.Length - valueAt)
                throw new ZmtpException("a property of READY is cut short.");
            yield return (
                Encoding.ASCII.GetString(bytes, at + 1, nameLength), bytes[valueAt..(valueAt + (int)valueLength)]);
            at = valueAt + (int)valueLength;
        }
    }

    /// <summary>Answers a ping; a subscription is given back as the message that an older peer would send.</summary>
    private async Task<byte[]?> HandleAsync(byte[] body, CancellationToken stop)
    {
        (string name, byte[] rest) = CommandOf((Command, body));
        switch (name)
        {
            case "SUBSCRIBE":
                return [1, .. rest];
            case "CANCEL":
                return [0, .. rest];
            case "PING":
                if (rest.Length is < 2 or > 18)
                    throw new ZmtpException($"a PING has {rest.Length} bytes; 2 to 18 are allowed.");
                byte[] pong = [4, .. "PONG"u8, .. rest[2..]];
                await WriteCommandAsync(pong, stop).ConfigureAwait(false);
                return null;
            case "ERROR":
                throw new ZmtpException("the peer reports an error.");
            default:
                return null; // commands of later versions are passed over
        }
    }

    private static (string Name, byte[] Data) CommandOf((byte Flags, byte[] Body) frame)
    {
        if ((frame.Flags & Command) == 0 || frame.Body.Length < 2 || frame.Body[0] > frame.Body.Length - 1)
            throw new ZmtpException("a command is expected and something else came.");
        int length = frame.Body[0];
        return (Encoding.ASCII.GetString(frame.Body, 1, length), frame.Body[(1 + length)..]);
    }

    /// <summary>A frame, or null where the stream ends between messages.</summary>
    private async Task<(byte Flags, byte[] Body)?> ReadFrameAsync(bool atStart, long most, CancellationToken stop)
    {
        if (await _reader.ReadAsync(_header.AsMemory(0, 1), stop).ConfigureAwait(false) == 0)
            return atStart ? null : throw new ZmtpException("the peer closed in the middle of a message.");
        byte flags = _header[0];
        if ((flags & ~(More | Long | Command)) != 0 || flags == (More | Command) || flags == (More | Long | Command))
            throw new ZmtpException($"a frame begins with the flags {flags}; they mean nothing.");
        int sizeBytes = (flags & Long) != 0 ? 8 : 1;
        await FillAsync(_header.AsMemory(1, sizeBytes), stop).ConfigureAwait(false);
        ulong size = sizeBytes == 1 ? _header[1] : BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(1));
        long allowed = (flags & Command) != 0 ? Math.Min(most, MaximumCommandBytes) : most;
        if (size > (ulong)allowed)
            throw new ZmtpException($"a frame claims {size} bytes; {allowed} are left of what is allowed.");
        return (flags, await BodyAsync((int)size, stop).ConfigureAwait(false));
    }

    /// <summary>Memory is taken as bytes arrive, not as they are claimed.</summary>
    private async Task<byte[]> BodyAsync(int size, CancellationToken stop)
    {
        const int Step = 1 << 20;
        var body = new byte[Math.Min(size, Step)];
        for (int read = 0; ;)
        {
            await FillAsync(body.AsMemory(read), stop).ConfigureAwait(false);
            read = body.Length;
            if (read == size)
                return body;
            Array.Resize(ref body, (int)Math.Min(size, 2L * read));
        }
    }

    private async Task FillAsync(Memory<byte> buffer, CancellationToken stop)
    {
        try
        {
            await _reader.ReadExactlyAsync(buffer, stop).ConfigureAwait(false);
        }
        catch (EndOfStreamException)
        {
            throw new ZmtpException("the peer closed in the middle of a frame.");
        }
    }

    private Task WriteCommandAsync(byte[] body, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        Append(bytes, Command, body);
        return SendAsync(bytes, stop);
    }

    private async Task SendAsync(MemoryStream bytes, CancellationToken stop)
    {
        ReadOnlyMemory<byte> buffer = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        await _writing.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(buffer, stop).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static void Append(MemoryStream bytes, byte flags, byte[] body)
    {
        if (body.Length > 255)
        {
            Span<byte> size = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(size, body.Length);
            bytes.WriteByte((byte)(flags | Long));
            bytes.Write(size);
        }
        else
        {
            bytes.WriteByte(flags);
            bytes.WriteByte((byte)body.Length);
        }

        bytes.Write(body);
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(40).Select(c => c is >= ' ' and < (char)127 ? c : '?'));
}
