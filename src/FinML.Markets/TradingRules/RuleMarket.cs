using System.Collections.Concurrent;

namespace FinML.Markets;

/// <summary>
/// The series that technical rules read, with the means and extremes that many of them share, each computed once when
/// it is first asked for. Immutable; safe for use from several threads.
/// </summary>
public sealed class RuleMarket
{
    private readonly double[] closes;
    private readonly double[] volumes;
    private readonly Lazy<double[]> balance;
    private readonly ConcurrentDictionary<(Shared What, int Window), Lazy<Array>> shared = new();

    private RuleMarket(double[] closes, double[] volumes)
    {
        (this.closes, this.volumes) = (closes, volumes);
        balance = new Lazy<double[]>(OnBalance);
    }

    private enum Shared
    {
        Mean,
        VolumeMean,
        Highest,
        Lowest,
        HighTurns,
        LowTurns,
        HighBefore,
        LowBefore,
    }

    /// <summary>Bars.</summary>
    public int Length => closes.Length;

    /// <summary>Closes, (bars).</summary>
    public ReadOnlySpan<double> Closes => closes;

    /// <summary>Volumes, (bars); empty where there are none.</summary>
    public ReadOnlySpan<double> Volumes => volumes;

    /// <summary>A copy of the series.</summary>
    /// <param name="closes">2 or more positive, finite prices.</param>
    /// <param name="volumes">None, or one for each close: finite and not negative.</param>
    /// <exception cref="ArgumentException">Too few, or a value out of range.</exception>
    public static RuleMarket Of(ReadOnlySpan<double> closes, ReadOnlySpan<double> volumes = default)
    {
        Require.InRange(closes.Length, 2, int.MaxValue, "closes.Length");
        Require.Prices(closes, 0, closes.Length, nameof(closes));
        if (volumes.Length > 0)
            Require.SameLength(volumes.Length, closes.Length, nameof(volumes), nameof(closes));
        for (int t = 0; t < volumes.Length; t++)
            Require.InRange(volumes[t], 0, double.MaxValue, $"volumes[{t}]");
        return new RuleMarket(closes.ToArray(), volumes.ToArray());
    }

    /// <summary>A market whose closes have the given simple returns; the first close is 100.</summary>
    /// <param name="returns">One or more, each above -1.</param>
    public static RuleMarket OfReturns(ReadOnlySpan<double> returns)
    {
        var prices = new double[returns.Length + 1];
        prices[0] = 100;
        for (int t = 0; t < returns.Length; t++)
            prices[t + 1] = prices[t] * (1 + returns[t]);
        return Of(prices);
    }

    /// <summary>Simple returns, (bars): element t is from close t - 1 to close t, element 0 is 0.</summary>
    public double[] Returns()
    {
        var returns = new double[closes.Length];
        for (int t = 1; t < returns.Length; t++)
            returns[t] = closes[t] / closes[t - 1] - 1;
        return returns;
    }

    /// <summary>The mean of the last closes at each bar; 0 before the first whole window.</summary>
    internal double[] Mean(int window) =>
        Get(Shared.Mean, window, () => RunningMeans.Of(closes, [window])[window]);

    /// <summary>The same of on-balance volume.</summary>
    internal double[] VolumeMean(int window) =>
        Get(Shared.VolumeMean, window, () => RunningMeans.Of(balance.Value, [window])[window]);

    /// <summary>The highest of the closes before each bar; NaN where there are fewer than the window.</summary>
    internal double[] Highest(int window) => Get(Shared.Highest, window, () => Extremes(window, 1));

    /// <summary>The lowest of the closes before each bar; NaN where there are fewer than the window.</summary>
    internal double[] Lowest(int window) => Get(Shared.Lowest, window, () => Extremes(window, -1));

    /// <summary>The last bar, up to each bar and itself among them, whose close is above the closes of the window
    /// before it; -1 where there is none.</summary>
    internal int[] HighTurns(int window) => Get(Shared.HighTurns, window, () => Turns(Highest(window), 1));

    /// <summary>The last bar, up to each bar, whose close is below those before it; -1 where there is none.</summary>
    internal int[] LowTurns(int window) => Get(Shared.LowTurns, window, () => Turns(Lowest(window), -1));

    /// <summary>The close of the last high turn before each bar; NaN where there is none.</summary>
    internal double[] HighBefore(int window) => Get(Shared.HighBefore, window, () => Before(HighTurns(window)));

    /// <summary>The close of the last low turn before each bar; NaN where there is none.</summary>
    internal double[] LowBefore(int window) => Get(Shared.LowBefore, window, () => Before(LowTurns(window)));

    private T[] Get<T>(Shared what, int window, Func<T[]> make) =>
        (T[])shared.GetOrAdd((what, window), _ => new Lazy<Array>(make)).Value;

    private double[] OnBalance()
    {
        var sum = new double[volumes.Length];
        for (int t = 1; t < sum.Length; t++)
            sum[t] = sum[t - 1] + Math.Sign(closes[t] - closes[t - 1]) * volumes[t];
        return sum;
    }

    /// <summary>The extreme of a sliding window by a queue of candidates: each close goes in and out once.</summary>
    private double[] Extremes(int window, int sign)
    {
        var extremes = new double[closes.Length];
        var queue = new int[closes.Length];
        int head = 0, tail = 0;
        for (int t = 0; t < extremes.Length; t++)
        {
            while (head < tail && queue[head] < t - window)
                head++;
            extremes[t] = t >= window ? closes[queue[head]] : double.NaN;
            while (head < tail && sign * closes[queue[tail - 1]] <= sign * closes[t])
                tail--;
            queue[tail++] = t;
        }

        return extremes;
    }

    private int[] Turns(double[] before, int sign)
    {
        var turns = new int[closes.Length];
        int last = -1;
        for (int t = 0; t < turns.Length; t++)
            turns[t] = last = sign * closes[t] > sign * before[t] ? t : last;
        return turns;
    }

    private double[] Before(int[] turns)
    {
        var levels = new double[closes.Length];
        for (int t = 0; t < levels.Length; t++)
            levels[t] = t > 0 && turns[t - 1] >= 0 ? closes[turns[t - 1]] : double.NaN;
        return levels;
    }
}
