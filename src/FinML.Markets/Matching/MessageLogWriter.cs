namespace FinML.Markets.Matching;

/// <summary>
/// Appends messages to a log, whole and in order, from which <see cref="MessageLogReader"/> replays the engine to the
/// same bits. Give it every message that the engine gets, the refused ones included.
/// </summary>
public sealed class MessageLogWriter
{
    private readonly Stream stream;
    private readonly byte[] record = new byte[MessageLogFormat.RecordSize];
    private uint sum;

    /// <summary>Begins a log.</summary>
    /// <param name="stream">At its beginning; the caller closes it.</param>
    /// <param name="options">Of the engine that gets the messages.</param>
    public MessageLogWriter(Stream stream, MatchingOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        this.stream = stream;
        Span<byte> header = stackalloc byte[MessageLogFormat.HeaderSize];
        sum = MessageLogFormat.WriteHeader(options.Validate(), header);
        stream.Write(header);
    }

    private MessageLogWriter(Stream stream, uint sum, long count)
    {
        this.stream = stream;
        this.sum = sum;
        Count = count;
    }

    /// <summary>Goes on with a log that was left, with the engine as it was: where the last message was cut off, as by
    /// a crash, it is taken away.</summary>
    /// <param name="stream">At its beginning; it can be read, written, and set in length.</param>
    /// <param name="engine">Has got all messages of the log.</param>
    /// <exception cref="InvalidDataException">It is not a log, or a message before the last is damaged.</exception>
    public static MessageLogWriter Resume(Stream stream, out MatchingEngine engine)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long start = stream.Position;
        var reader = new MessageLogReader(stream);
        long messages = (stream.Length - start - MessageLogFormat.HeaderSize) / MessageLogFormat.RecordSize;
        engine = new MatchingEngine(reader.Options);
        while (reader.Count < messages && reader.TryRead(out BookMessage message))
            engine.Process(message);
        stream.SetLength(stream.Position);
        return new MessageLogWriter(stream, reader.Sum, reader.Count);
    }

    /// <summary>Messages written.</summary>
    public long Count { get; private set; }

    /// <summary>Writes one message.</summary>
    public void Append(in BookMessage message)
    {
        sum = MessageLogFormat.WriteRecord(message, sum, record);
        stream.Write(record);
        Count++;
    }
}
