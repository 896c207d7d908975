using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

/// <summary>The fitted micro-price on a chain whose expectations are known.</summary>
public sealed class MicroPriceModelTests
{
    private const double Tick = 0.01;
    private const int Buckets = 4, Rows = 200_000;

    private static readonly MicroPriceOptions Options =
        new() { TickSize = Tick, ImbalanceBuckets = Buckets, SpreadTicks = 1 };

    [Fact]
    public void It_finds_the_expected_middle_of_a_known_chain()
    {
        MicroPriceModel model = MicroPriceModel.Fit(Train(Rows + 1, Rows), Quotes(Rows + 1, seed: 3), "A", Options);
        double[] truth = Truth();
        Assert.True(truth[3] > truth[2] && truth[2] > 0.1 * Tick, "the chain says nothing");
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            (double bidSize, double askSize) = Sizes(bucket);
            double got = model.Adjustment(100, bidSize, 100 + Tick, askSize);
            Assert.Equal(truth[bucket], got, 0.02 * Tick); // 50,000 visits each: 1 / sqrt(50,000) is .005 a step
            Assert.Equal(-got, model.Adjustment(100, askSize, 100 + Tick, bidSize), 1e-12);
        }

        // A wider spread counts as the widest there is; half a quote is none.
        Assert.Equal(model.Adjustment(100, 900, 100 + Tick, 100), model.Adjustment(100, 900, 100 + 7 * Tick, 100));
        Assert.True(double.IsNaN(model.Adjustment(double.NaN, 900, 100, 100)));
        Assert.True(double.IsNaN(model.Adjustment(100, 0, 101, 0)));
    }

    [Fact]
    public void The_feature_is_the_adjustment_over_the_middle()
    {
        Panel quotes = Quotes(2000, seed: 4);
        MicroPriceModel model = MicroPriceModel.Fit(Train(2000, 1500), quotes, "A", Options);
        double[] column = new double[quotes.Length];
        new FittedMicroPrice(model).Compute(quotes, 0, column);
        double adjustment = model.Adjustment(
            quotes[1700, 0, 0], quotes[1700, 0, 1], quotes[1700, 0, 2], quotes[1700, 0, 3]);
        Assert.Equal(adjustment / ((quotes[1700, 0, 0] + quotes[1700, 0, 2]) / 2), column[1700]);
    }

    [Fact]
    public void It_sees_the_training_rows_only_and_refuses_too_few()
    {
        Panel quotes = Quotes(2000, seed: 5);
        Panel changed = quotes.Map((_, field, x) => [.. x.Select((v, t) => t < 1500 ? v : 2 * v)]);
        TrainingSpan train = Train(2000, 1500);
        (double bidSize, double askSize) = Sizes(3);
        Assert.Equal(
            MicroPriceModel.Fit(train, quotes, "A", Options).Adjustment(100, bidSize, 101, askSize),
            MicroPriceModel.Fit(train, changed, "A", Options).Adjustment(100, bidSize, 101, askSize));
        Assert.Contains("100 or more", Assert.Throws<ArgumentException>(
            () => MicroPriceModel.Fit(Train(2000, 50), quotes, "A", Options)).Message, StringComparison.Ordinal);
        Assert.Contains("2000 rows", Assert.Throws<ArgumentException>(
            () => MicroPriceModel.Fit(train, quotes.Slice(0, 99), "A", Options)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => MicroPriceModel.Fit(train, quotes, "A", Options with { TickSize = 0 }));
    }

    /// <summary>The middle rises or falls by a tick with these chances; else the bucket moves by one.</summary>
    private static (double Up, double Down) Chances(int bucket) => (0.02 + 0.06 * bucket, 0.02 + 0.06 * (3 - bucket));

    /// <summary>The sum of P^k g, by hand: a move draws the bucket anew, the rest steps to a neighbour.</summary>
    private static double[] Truth()
    {
        double[] sum = new double[Buckets], term = [.. Enumerable.Range(0, Buckets)
            .Select(b => Tick * (Chances(b).Up - Chances(b).Down))];
        for (int round = 0; round < 10_000; round++)
        {
            sum = [.. sum.Zip(term, (s, v) => s + v)];
            double mean = term.Average();
            term = [.. Enumerable.Range(0, Buckets).Select(b =>
            {
                double move = Chances(b).Up + Chances(b).Down;
                return move * mean + (1 - move) * (term[Math.Max(0, b - 1)] + term[Math.Min(3, b + 1)]) / 2;
            })];
        }

        return sum;
    }

    private static (double Bid, double Ask) Sizes(int bucket) => (50 + 100 * bucket, 350 - 100 * bucket);

    private static TrainingSpan Train(int length, int rows) => WalkForwardSplit.Create(
        length, new WalkForwardOptions { InitialTrain = rows, Test = length })[0].Train;

    private static Panel Quotes(int rows, ulong seed)
    {
        RandomStream random = new(seed);
        double[][] columns = [.. Enumerable.Range(0, 4).Select(_ => new double[rows])];
        int ticks = 100_000, bucket = 1;
        for (int t = 0; t < rows; t++)
        {
            (double bidSize, double askSize) = Sizes(bucket);
            columns[0][t] = Tick * ticks;
            columns[1][t] = bidSize;
            columns[2][t] = Tick * (ticks + 1);
            columns[3][t] = askSize;
            double u = random.NextDouble();
            (double up, double down) = Chances(bucket);
            ticks += u < up ? 1 : u < up + down ? -1 : 0;
            bucket = u < up + down ? random.NextInt(Buckets)
                : Math.Clamp(bucket + (random.NextInt(2) == 0 ? 1 : -1), 0, Buckets - 1);
        }

        DateTime start = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return Panel.OfAsset("A", [.. Enumerable.Range(0, rows).Select(t => start.AddSeconds(t))],
            ("bid", columns[0]), ("bid_size", columns[1]), ("ask", columns[2]), ("ask_size", columns[3]));
    }
}
