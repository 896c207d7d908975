using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Tests.Matching;

public sealed class MessageLogTests
{
    private const int Header = 32, Record = 44;

    [Fact]
    public void EveryChangedByteIsFound()
    {
        byte[] log = Log(5);
        for (int i = 0; i < log.Length; i++)
        {
            byte[] bad = [.. log];
            bad[i] ^= 0x10;
            string expected = i < Header ? "not a message log" : $"Message {(i - Header) / Record + 1} of the log";
            var error = Assert.Throws<InvalidDataException>(
                () => new MessageLogReader(new MemoryStream(bad)).Replay());
            Assert.Contains(expected, error.Message);
        }
    }

    [Fact]
    public void ACutIsFoundAndWhatIsBeforeItIsGood()
    {
        byte[] log = Log(5);
        for (int length = Header; length < log.Length; length++)
        {
            var reader = new MessageLogReader(new MemoryStream(log[..length]));
            int whole = (length - Header) / Record;
            for (int i = 0; i < whole; i++)
                Assert.True(reader.TryRead(out _));
            if ((length - Header) % Record == 0)
                Assert.False(reader.TryRead(out _));
            else
                Assert.Contains(
                    $"the {whole} messages before",
                    Assert.Throws<InvalidDataException>(() => reader.TryRead(out _)).Message);
        }
    }

    /// <summary>Whatever length a crash leaves: the log goes on after its last whole message.</summary>
    [Fact]
    public void ALogThatWasCutGoesOn()
    {
        byte[] log = Log(5);
        for (int length = Header; length <= log.Length; length++)
        {
            using var stream = new MemoryStream();
            stream.Write(log.AsSpan(0, length));
            stream.Position = 0;
            MessageLogWriter writer = MessageLogWriter.Resume(stream, out MatchingEngine engine);
            Assert.Equal((length - Header) / Record, writer.Count);
            Assert.Equal(writer.Count, engine.OrderCount);
            while (writer.Count < 5)
                writer.Append(Message((int)writer.Count));
            Assert.Equal(log, stream.ToArray());
        }

        log[Header + 1] ^= 1;
        Assert.Throws<InvalidDataException>(() => MessageLogWriter.Resume(new MemoryStream(log), out _));
    }

    [Fact]
    public void SwappedMessagesAreFound()
    {
        byte[] log = Log(3);
        byte[] swapped = [.. log[..Header], .. log[(Header + Record)..(Header + 2 * Record)],
            .. log[Header..(Header + Record)], .. log[(Header + 2 * Record)..]];
        Assert.Contains("Message 1", Assert.Throws<InvalidDataException>(
            () => new MessageLogReader(new MemoryStream(swapped)).Replay()).Message);
    }

    private static byte[] Log(int messages)
    {
        using var stream = new MemoryStream();
        var writer = new MessageLogWriter(
            stream, new MatchingOptions { MaximumPrice = 200, OrderCapacity = 16 });
        for (int i = 0; i < messages; i++)
            writer.Append(Message(i));
        Assert.Equal(messages, writer.Count);
        return stream.ToArray();
    }

    private static BookMessage Message(int i) => BookMessage.Limit(i, i, i, Side.Buy, 100 + i, 10 * i + 1);
}
