using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Benchmarks.Markets;

/// <summary>Messages a second of processor time that one matching engine takes.</summary>
internal static class MatchingRows
{
    private const int Messages = 1 << 20, Live = 4_096, Samples = 11;

    internal static void AddTo(List<Row> rows) =>
        rows.Add(new QuantityRow("matching engine", "M messages/s", Engine));

    private static double[] Engine()
    {
        BookMessage[] messages = Flow(new RandomStream(1));
        double[] rates = new double[Samples];
        long traded = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            var engine = new MatchingEngine();
            double start = Clock.Processor.Seconds();
            foreach (ref readonly BookMessage message in messages.AsSpan())
            {
                foreach (ref readonly BookEvent happened in engine.Process(message))
                {
                    if (happened.Kind == BookEventKind.Traded)
                        traded += happened.Quantity;
                }
            }

            rates[sample] = Messages / 1e6 / (Clock.Processor.Seconds() - start);
        }

        return traded > 0 ? rates : throw new InvalidOperationException("Nothing was traded.");
    }

    /// <summary>What an exchange sees: half new orders near a price that wanders, the most of the rest cancels, some
    /// replacements, and one market order in twenty.</summary>
    private static BookMessage[] Flow(RandomStream random)
    {
        var messages = new BookMessage[Messages];
        long[] live = new long[Live];
        long next = 1;
        int centre = 50_000;
        for (int i = 0; i < Messages; i++)
        {
            int kind = random.NextInt(100), place = random.NextInt(Live);
            Side side = random.NextInt(2) == 0 ? Side.Buy : Side.Sell;
            int away = 1 + (int)(-20 * Math.Log(1 - random.NextDouble()));
            int price = side == Side.Buy ? centre - away : centre + away;
            long quantity = 1 + random.NextInt(100);
            if (i % 64 == 0)
                centre += random.NextInt(3) - 1;
            long id = live[place];
            if (kind < 5)
            {
                messages[i] = BookMessage.Market(i, (int)(next % 16), next, side, 2 * quantity);
                next++;
            }
            else if (kind < 50 || id == 0)
            {
                messages[i] = BookMessage.Limit(i, (int)(next % 16), next, side, price, quantity);
                live[place] = next++;
            }
            else if (kind < 90)
            {
                messages[i] = BookMessage.Cancel(i, (int)(id % 16), id);
                live[place] = 0;
            }
            else
            {
                messages[i] = BookMessage.Replace(i, (int)(id % 16), id, price, quantity);
            }
        }

        return messages;
    }
}
