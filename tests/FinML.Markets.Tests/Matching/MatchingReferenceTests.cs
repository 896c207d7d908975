using System.Security.Cryptography;
using FinML.Data;
using FinML.Markets.Matching;
using FinML.Verification;

namespace FinML.Markets.Tests.Matching;

/// <summary>The engine against the same rules on a plain list.</summary>
public sealed class MatchingReferenceTests
{
    private const int MessagesASeed = 250_000;

    private static readonly MatchingOptions Narrow = new()
    {
        MinimumPrice = -40,
        MaximumPrice = 160,
        OrderCapacity = 150,
        MaximumQuantity = 1_000,
    };

    /// <summary>Four seeds, a million messages in all.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AMillionRandomMessagesGiveTheSameEventsAndBooks(ulong seed)
    {
        var engine = new MatchingEngine(Narrow);
        var reference = new ListBook(Narrow);
        var messages = new RandomMessages(seed, Narrow);
        int[] kinds = new int[7], rejects = new int[13], cancels = new int[6];
        for (int i = 0; i < MessagesASeed; i++)
        {
            BookMessage message = messages.Next();
            ReadOnlySpan<BookEvent> got = engine.Process(message);
            List<BookEvent> expected = reference.Process(message);
            if (!got.SequenceEqual(expected.ToArray()))
                Assert.Equal(expected, got.ToArray());
            foreach (BookEvent happened in got)
            {
                kinds[(int)happened.Kind]++;
                rejects[(int)happened.Reject]++;
                cancels[(int)happened.Cancel]++;
            }

            Assert.False(engine.BestBid >= engine.BestAsk, $"the book is crossed after message {i}");
            if (i % 200 != 0)
                continue;
            foreach (Side side in new[] { Side.Buy, Side.Sell })
            {
                List<RestingOrder> orders = reference.Resting(side);
                Assert.Equal(orders, engine.Orders(side));
                var levels = new PriceLevel[engine.OrderCount + 1];
                int count = engine.CopyLevels(side, levels);
                Assert.Equal(
                    orders.GroupBy(o => o.Price)
                        .Select(g => new PriceLevel(g.Key, g.Sum(o => o.Quantity), g.Count())),
                    levels[..count]);
            }
        }

        // The messages reached every rule.
        Assert.All(kinds, count => Assert.True(count > 50, string.Join(", ", kinds)));
        Assert.All(rejects, count => Assert.True(count > 50, string.Join(", ", rejects)));
        Assert.All(cancels, count => Assert.True(count > 50, string.Join(", ", cancels)));
        Assert.Equal(kinds.Sum(), engine.EventCount);
    }

    [Fact]
    public void ALogReplaysToTheSameBits()
    {
        using var stream = new MemoryStream();
        var engine = new MatchingEngine(Narrow);
        var log = new MessageLogWriter(stream, Narrow);
        var messages = new RandomMessages(9, Narrow);
        List<BookEvent> events = [];
        for (int i = 0; i < 20_000; i++)
        {
            BookMessage message = messages.Next();
            log.Append(message);
            events.AddRange(engine.Process(message));
        }

        stream.Position = 0;
        var reader = new MessageLogReader(stream);
        var again = new MatchingEngine(reader.Options);
        List<BookEvent> replayed = [];
        while (reader.TryRead(out BookMessage message))
            replayed.AddRange(again.Process(message));
        Assert.Equal(20_000, reader.Count);
        Assert.Equal(events, replayed);
        Assert.Equal(engine.SaveState(), again.SaveState());
        stream.Position = 0;
        Assert.Equal(engine.SaveState(), new MessageLogReader(stream).Replay().SaveState());
    }

    /// <summary>Whole numbers only: the digest is that of every machine and process.</summary>
    [Fact]
    public void TheSameMessagesGiveTheSameBitsEverywhere()
    {
        using var stream = new MemoryStream();
        var engine = new MatchingEngine(Narrow);
        var log = new MessageLogWriter(stream, Narrow);
        var messages = new RandomMessages(12, Narrow);
        for (int i = 0; i < 10_000; i++)
        {
            BookMessage message = messages.Next();
            log.Append(message);
            engine.Process(message);
        }

        Assert.Equal("39D7CFDE97B467AF", Convert.ToHexString(SHA256.HashData(stream.ToArray()))[..16]);
        Assert.Equal("3082621DB45FB02E", Convert.ToHexString(SHA256.HashData(engine.SaveState()))[..16]);
    }

    [Fact]
    public void ASavedBookGoesOnToTheSameBits()
    {
        var messages = new RandomMessages(10, Narrow);
        var engine = new MatchingEngine(Narrow);
        for (int i = 0; i < 5_000; i++)
            engine.Process(messages.Next());
        byte[] state = engine.SaveState();
        var other = new MatchingEngine(Narrow);
        other.LoadState(state);
        Assert.Equal(state, other.SaveState());
        for (int i = 0; i < 20_000; i++)
        {
            BookMessage message = messages.Next();
            Assert.Equal(engine.Process(message).ToArray(), other.Process(message).ToArray());
        }

        Assert.Throws<ArgumentException>(() => other.LoadState(state.AsSpan(0, state.Length - 1)));
        Assert.Contains("do not fit", Assert.Throws<ArgumentException>(
            () => new MatchingEngine(Narrow with { OrderCapacity = 1 }).LoadState(state)).Message);
        Assert.Contains("does not fit", Assert.Throws<ArgumentException>(
            () => new MatchingEngine(Narrow with { MinimumPrice = 155 }).LoadState(state)).Message);
    }

    [Fact]
    public void ProcessingAllocatesNothing()
    {
        var source = new RandomMessages(11, Narrow);
        BookMessage[] messages = [.. Enumerable.Range(0, 20_000).Select(_ => source.Next())];
        var engine = new MatchingEngine(Narrow);
        engine.Process(messages[0]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long events = 0;
        foreach (BookMessage message in messages)
            events += engine.Process(message).Length;
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(events > messages.Length);
    }
}
