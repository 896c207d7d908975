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
