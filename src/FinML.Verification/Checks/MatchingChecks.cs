using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Verification;

/// <summary>The matching engine against the same rules on a plain list.</summary>
internal static class MatchingChecks
{
    private const int Messages = 1_000_000, ComparedEvery = 1_000;

    private static readonly MatchingOptions Options = new()
    {
        MinimumPrice = -40,
        MaximumPrice = 160,
        OrderCapacity = 150,
        MaximumQuantity = 1_000,
    };

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("markets.matching.reference", "messages of a million random ones with other events or books than a list",
            "the rules of price and time on a list that is searched from end to end", 0, 0, Differences),
    ];

    private static double Differences(VerificationContext context)
    {
        var engine = new MatchingEngine(Options);
        var reference = new ListBook(Options);
        var messages = new RandomMessages(2026, Options);
        int differences = 0;
        for (int i = 1; i <= Messages; i++)
        {
            BookMessage message = messages.Next();
            bool same = engine.Process(message).SequenceEqual([.. reference.Process(message)]);
            if (i % ComparedEvery == 0)
            {
                same &= engine.Orders(Side.Buy).SequenceEqual(reference.Resting(Side.Buy))
                    && engine.Orders(Side.Sell).SequenceEqual(reference.Resting(Side.Sell));
                context.Progress?.Report((double)i / Messages);
            }

            differences += same ? 0 : 1;
        }

        return differences;
    }
}
