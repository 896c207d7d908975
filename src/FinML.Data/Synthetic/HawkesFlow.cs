namespace FinML.Data;

/// <summary>
/// Order flow that excites itself: the intensity of type i is mu(i) + sum over earlier events of type j of
/// a(i, j) exp(-beta (t - t_event)). A. G. Hawkes, Biometrika 58 (1971); simulated exactly by the thinning of Y. Ogata,
/// IEEE Transactions on Information Theory 27 (1981): between events the intensity only falls, so that its present
/// value is a bound. The default is trades of buyers (0) and sellers (1).
/// </summary>
public sealed record HawkesFlow
{
    /// <summary>mu, events a second of each type, above 0.</summary>
    public IReadOnlyList<double> Baseline { get; init; } = [0.5, 0.5];

    /// <summary>a, [excited][exciting]: the jump of the intensity, a second; 0 or more.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Excitation { get; init; } = [[0.8, 0.2], [0.2, 0.8]];

    /// <summary>beta, a second; above 0. The flow is stable where the spectral radius of a / beta is below 1.</summary>
    public double Decay { get; init; } = 2;

    /// <summary>The largest expected number of events of one call.</summary>
    public const double MaximumEvents = 1e8;

    /// <summary>Events of each type a second in the long run: (I - a / beta)^-1 mu.</summary>
    /// <exception cref="ArgumentException">An option is outside its range, or the flow is not stable.</exception>
    public double[] Rates()
    {
        CheckShape();
        int n = Baseline.Count;
        // mu + B mu + B^2 mu + ..: the offspring of each generation, whose sum is finite where the flow is stable.
        double[] generation = [.. Baseline], rates = [.. Baseline];
        for (int depth = 0; depth < 1_000_000; depth++)
        {
            double[] parents = generation;
            generation = [.. Enumerable.Range(0, n).Select(
                i => Enumerable.Range(0, n).Sum(j => Excitation[i][j] / Decay * parents[j]))];
            for (int i = 0; i < n; i++)
            {
                rates[i] += generation[i];
            }

            if (generation.Sum() <= 1e-16 * rates.Sum())
            {
                return rates;
            }

            if (!(generation.Sum() < 1e12 * Baseline.Sum()))
            {
                break;
            }
        }

        throw new ArgumentException("The excitation divided by the decay has a spectral radius of 1 or more (or too "
            + $"near to it): the flow would explode. Decay is {Decay}, the largest excitation "
            + $"{Excitation.SelectMany(row => row).Max()}.", nameof(Excitation));
    }

    /// <summary>The events of some seconds, beginning without a past.</summary>
    /// <exception cref="ArgumentException">An option is outside its range, the flow is not stable, or more than
    /// <see cref="MaximumEvents"/> are to be expected.</exception>
    public HawkesEvents Simulate(double seconds, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Guard.Positive(seconds, nameof(seconds));
        Guard.InRange(Rates().Sum() * seconds, 0, MaximumEvents, nameof(seconds));
        int n = Baseline.Count;
        List<double> times = [];
        List<int> types = [];
        double[] excited = new double[n]; // what earlier events add to each intensity now
        double now = 0, baseline = Baseline.Sum();
        while (true)
        {
            double bound = baseline + excited.Sum(), wait = random.NextExponential() / bound;
            now += wait;
            if (now >= seconds)
            {
                return new HawkesEvents([.. times], [.. types]);
            }

            double decay = Math.Exp(-Decay * wait), u = random.NextDouble() * bound;
            int type = -1;
            for (int i = 0; i < n; i++)
            {
                excited[i] *= decay;
                u -= Baseline[i] + excited[i];
                type = type < 0 && u < 0 ? i : type; // no type: the point is thinned out
            }

            if (type >= 0)
            {
                times.Add(now);
                types.Add(type);
                for (int i = 0; i < n; i++)
                {
                    excited[i] += Excitation[i][type];
                }
            }
        }
    }

    /// <summary>The flow of buyers (type 0) and sellers (1) as trades of 1 unit, known at once; each moves the price by
    /// a tick to its side, but not below one tick.</summary>
    /// <param name="symbol">What is traded.</param>
    /// <param name="start">The time of second 0, UTC.</param>
    /// <param name="seconds">How long, above 0.</param>
    /// <param name="random">Draws.</param>
    /// <param name="price">The first price in ticks, at least 1.</param>
    /// <param name="tick">The tick, above 0.</param>
    /// <exception cref="ArgumentException">There are not two types, or a number is outside its range.</exception>
    public IEnumerable<Trade> Trades(string symbol, DateTime start, double seconds, RandomStream random,
        int price = 10_000, double tick = 0.01)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(symbol);
        Guard.AtLeast(price, 1, nameof(price));
        Guard.Positive(tick, nameof(tick));
        HawkesEvents events = Baseline.Count == 2
            ? Simulate(seconds, random)
            : throw new ArgumentException($"Trades have two types, buyers and sellers; the flow has {Baseline.Count}.");
        return Emit();

        IEnumerable<Trade> Emit()
        {
            int level = price;
            for (int i = 0; i < events.Count; i++)
            {
                bool buys = events.Types[i] == 0;
                level = Math.Max(1, level + (buys ? 1 : -1));
                DateTime time = start.AddTicks((long)(events.Times[i] * TimeSpan.TicksPerSecond));
                yield return new Trade
                {
                    Symbol = symbol,
                    Time = time,
                    AvailableAt = time,
                    Price = level * tick,
                    Size = 1,
                    Side = buys ? Side.Buy : Side.Sell,
                };
            }
        }
    }

    private void CheckShape()
    {
        int n = Baseline.Count;
        if (n == 0 || Excitation.Count != n || Excitation.Any(row => row.Count != n))
        {
            throw new ArgumentException($"{n} baselines need {n} x {n} excitations, at least one; there are "
                + $"{Excitation.Count} rows.", nameof(Excitation));
        }

        Guard.Positive(Decay, nameof(Decay));
        for (int i = 0; i < n; i++)
        {
            Guard.Positive(Baseline[i], nameof(Baseline));
            foreach (double jump in Excitation[i])
            {
                Guard.NotNegative(jump, nameof(Excitation));
            }
        }
    }
}
