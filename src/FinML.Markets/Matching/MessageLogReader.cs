namespace FinML.Markets.Matching;

/// <summary>Reads a log that <see cref="MessageLogWriter"/> wrote.</summary>
public sealed class MessageLogReader
{
    private readonly Stream stream;
    private readonly byte[] record = new byte[MessageLogFormat.RecordSize];
    private uint sum;

    /// <param name="stream">At the beginning of the log; the caller closes it.</param>
    /// <exception cref="InvalidDataException">It is not a log, or its options lie outside their ranges.</exception>
    public MessageLogReader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        this.stream = stream;
        byte[] header = new byte[MessageLogFormat.HeaderSize];
        stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        (Options, sum) = MessageLogFormat.ReadHeader(header);
        try
        {
            Options.Validate();
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new InvalidDataException($"The log's engine cannot be made: {error.Message}", error);
        }
    }

    /// <summary>Of the engine that got the messages.</summary>
    public MatchingOptions Options { get; }

    /// <summary>The check sum of the last message read.</summary>
    internal uint Sum => sum;

    /// <summary>Messages read.</summary>
    public long Count { get; private set; }

    /// <summary>The next message; false at the end of the log.</summary>
    /// <exception cref="InvalidDataException">A record is damaged or cut off; the <see cref="Count"/> messages before
    /// it are good.</exception>
    public bool TryRead(out BookMessage message)
    {
        message = default;
        int got = stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false);
        if (got == 0)
            return false;
        if (got < record.Length)
        {
            throw new InvalidDataException(
                $"The log ends after {got} of the {record.Length} bytes of message {Count + 1}; the {Count} messages "
                + "before it are good.");
        }

        if (!MessageLogFormat.TryReadRecord(record, ref sum, out message))
        {
            throw new InvalidDataException(
                $"Message {Count + 1} of the log is damaged; the {Count} messages before it are good.");
        }

        Count++;
        return true;
    }

    /// <summary>An engine that got all messages of the log.</summary>
    /// <exception cref="InvalidDataException">As <see cref="TryRead"/>.</exception>
    public MatchingEngine Replay()
    {
        var engine = new MatchingEngine(Options);
        while (TryRead(out BookMessage message))
            engine.Process(message);
        return engine;
    }
}
