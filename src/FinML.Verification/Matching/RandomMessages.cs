using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Verification;

/// <summary>Messages of every kind, some of them wrong in every way, around a price that wanders.</summary>
internal sealed class RandomMessages(ulong seed, MatchingOptions options)
{
    private readonly RandomStream random = new(seed);
    private readonly long[] recent = new long[256];
    private long time = 630_000_000_000_000_000;
    private long nextId = 1;
    private int centre = (options.MinimumPrice + options.MaximumPrice) / 2;

    internal BookMessage Next()
    {
        time += random.NextInt(3);
        if (random.NextInt(50) == 0)
            centre = Math.Clamp(
                centre + random.NextInt(7) - 3, options.MinimumPrice + 8, options.MaximumPrice - 8);
        int kind = random.NextInt(100);
        long quantity = 1 + random.NextInt(random.NextInt(10) == 0 ? 200 : 20);
        Side side = random.NextInt(2) == 0 ? Side.Buy : Side.Sell;
        var policy = (SelfTradePolicy)random.NextInt(5);
        int participant = random.NextInt(5);
        OrderLifetime life = random.NextInt(10) switch
        {
            0 => OrderLifetime.ImmediateOrCancel,
            1 => OrderLifetime.FillOrKill,
            2 or 3 => OrderLifetime.PostOnly,
            _ => OrderLifetime.GoodTillCanceled,
        };
        int price = centre + (side == Side.Buy ? 2 : -2) + (side == Side.Buy ? -1 : 1) * random.NextInt(14);
        if (random.NextInt(100) == 0)
            return Wrong();
        if (kind == 0)
            return BookMessage.Limit(time, participant, recent[random.NextInt(recent.Length)], side, price, quantity);
        if (kind < 46)
            return Sent(BookMessage.Limit(time, participant, nextId, side, price, quantity, life, policy));
        if (kind < 54)
            return Sent(BookMessage.Market(time, participant, nextId, side, 3 * quantity, life, policy));
        long id = recent[random.NextInt(recent.Length)];
        int owner = random.NextInt(20) == 0 ? participant : (int)(id % 5); // mostly its own
        return kind < 84
            ? BookMessage.Cancel(time, owner, id)
            : BookMessage.Replace(time, owner, id, price, quantity, life, policy);
    }

    private BookMessage Sent(BookMessage message)
    {
        // The owner follows from the identifier, so that cancels find it.
        message = message with { Participant = (int)(nextId % 5) };
        recent[nextId % recent.Length] = nextId;
        nextId += 1 + random.NextInt(2);
        return message;
    }

    private BookMessage Wrong()
    {
        BookMessage good = BookMessage.Limit(time, 1, nextId, Side.Buy, centre, 5);
        return random.NextInt(9) switch
        {
            0 => good with { Quantity = 0 },
            1 => good with { Quantity = options.MaximumQuantity + 1 },
            2 => good with { Price = options.MinimumPrice - 1 },
            3 => good with { Price = options.MaximumPrice + 1 },
            4 => good with { Side = Side.Unknown },
            5 => good with { Kind = (OrderKind)7 },
            6 => good with { Lifetime = (OrderLifetime)9 },
            7 => good with { SelfTrade = (SelfTradePolicy)5 },
            _ => good with { Time = time - 1_000 },
        };
    }
}
