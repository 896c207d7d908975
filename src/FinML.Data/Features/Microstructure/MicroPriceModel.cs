namespace FinML.Data.Features;

/// <summary>
/// Where the middle is expected to settle, by imbalance and spread: the quotes are taken for a Markov chain of (bucket
/// of the imbalance, spread in ticks), and the adjustment of a state is the expected change of the middle in the limit
/// of many rows, G = sum over k of P^k g, with P the transition matrix and g the expected change of the middle in one
/// row. Each row is counted a second time with bid and ask exchanged, which makes the chain symmetric and the sum
/// finite. Source: S. Stoikov, "The micro-price: a high-frequency estimator of future prices", Quantitative Finance 18
/// (2018), whose sum over changes of the middle has the same limit.
/// </summary>
public sealed class MicroPriceModel
{
    private const int MostRounds = 10_000_000, FewestRows = 100;

    private readonly double[] _adjustments; // (spreads, buckets)

    private MicroPriceModel(MicroPriceOptions options, double[] adjustments, int rounds)
    {
        Options = options;
        _adjustments = adjustments;
        Rounds = rounds;
    }

    /// <summary>How the states are cut.</summary>
    public MicroPriceOptions Options { get; }

    /// <summary>How many rows ahead the expectation was followed until it stood still.</summary>
    public int Rounds { get; }

    /// <summary>The expected change of the middle, in units of the price; NaN where a price is missing, both sides are
    /// empty, or the quotes cross.</summary>
    public double Adjustment(double bid, double bidSize, double ask, double askSize)
    {
        int state = StateOf(Options, bid, bidSize, ask, askSize);
        return state < 0 ? double.NaN : _adjustments[state];
    }

    /// <summary>Learns the chain from the training rows of a panel with bid, bid_size, ask and ask_size.</summary>
    /// <exception cref="ArgumentException">The slice was split from a series of another length, or fewer than 100 pairs
    /// of whole quotes follow each other in it.</exception>
    public static MicroPriceModel Fit(TrainingSpan train, Panel quotes, string asset, MicroPriceOptions options)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(quotes);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (quotes.Length != train.SeriesLength)
        {
            throw new ArgumentException($"The training slice was split from a series of {train.SeriesLength} rows; "
                + $"there are {quotes.Length} quotes.", nameof(quotes));
        }

        ReadOnlySpan<double> bid = quotes.Column(asset, "bid")[..train.End];
        ReadOnlySpan<double> ask = quotes.Column(asset, "ask")[..train.End];
        ReadOnlySpan<double> bidSize = quotes.Column(asset, "bid_size"), askSize = quotes.Column(asset, "ask_size");
        int states = options.SpreadTicks * options.ImbalanceBuckets, pairs = 0;
        double[] visits = new double[states], change = new double[states], moves = new double[states * states];
        int last = -1;
        for (int t = train.Start; t < bid.Length; t++)
        {
            int state = StateOf(options, bid[t], bidSize[t], ask[t], askSize[t]);
            if (last >= 0 && state >= 0)
            {
                double step = (bid[t] + ask[t] - bid[t - 1] - ask[t - 1]) / 2;
                Count(last, state, step);
                Count(Mirrored(options, last), Mirrored(options, state), -step);
                pairs++;
            }

            last = state;
        }

        if (pairs < FewestRows)
        {
            throw new ArgumentException($"A micro-price needs {FewestRows} or more pairs of whole quotes that follow "
                + $"each other; there are {pairs}.", nameof(quotes));
        }

        for (int x = 0; x < states; x++)
        {
            double scale = visits[x] > 0 ? 1 / visits[x] : 0; // a state never seen expects nothing
            change[x] *= scale;
            for (int y = 0; y < states; y++)
            {
                moves[x * states + y] *= scale;
            }
        }

        (double[] adjustments, int rounds) = Limit(moves, change, 1e-12 * options.TickSize);
        return new MicroPriceModel(options, adjustments, rounds);

        void Count(int from, int to, double step)
        {
            visits[from]++;
            change[from] += step;
            moves[from * states + to]++;
        }
    }

    /// <summary>g + P g + P^2 g + ..., until a term is below the tolerance.</summary>
    private static (double[] Sum, int Rounds) Limit(double[] transitions, double[] first, double tolerance)
    {
        int n = first.Length;
        double[] sum = [.. first], term = [.. first], next = new double[n];
        for (int round = 1; round <= MostRounds; round++)
        {
            double largest = 0;
            for (int x = 0; x < n; x++)
            {
                double expected = 0;
                for (int y = 0; y < n; y++)
                {
                    expected += transitions[x * n + y] * term[y];
                }

                next[x] = expected;
                sum[x] += expected;
                largest = Math.Max(largest, Math.Abs(expected));
            }

            (term, next) = (next, term);
            if (largest < tolerance)
            {
                return (sum, round);
            }
        }

        throw new ArgumentException($"The expected middle still moved after {MostRounds} rows: the quotes hardly ever "
            + "change their state.", nameof(transitions));
    }

    /// <summary>The number of a state, spread by spread; -1 where there is none.</summary>
    private static int StateOf(MicroPriceOptions options, double bid, double bidSize, double ask, double askSize)
    {
        if (!(bid > 0 && ask > bid && bidSize >= 0 && askSize >= 0 && bidSize + askSize > 0
            && double.IsFinite(bidSize + askSize)))
        {
            return -1;
        }

        double ticks = Math.Clamp(Math.Round((ask - bid) / options.TickSize), 1, options.SpreadTicks);
        int buckets = options.ImbalanceBuckets;
        int bucket = Math.Min(buckets - 1, (int)(bidSize / (bidSize + askSize) * buckets));
        return ((int)ticks - 1) * buckets + bucket;
    }

    private static int Mirrored(MicroPriceOptions options, int state)
    {
        int buckets = options.ImbalanceBuckets, bucket = state % buckets;
        return state - bucket + (buckets - 1 - bucket);
    }
}
