namespace FinML.Statistics;

/// <summary>
/// How soon a level is reached: the share of days from which the sum of the returns that follow is at least the level
/// within h steps, and the share from which it is at most minus the level. The two are one for a symmetric process with
/// reversible paths; indices of stocks lose sooner than they gain. M. H. Jensen, A. Johansen and I. Simonsen (2003),
/// "inverse statistics".
/// </summary>
public sealed class FirstPassage
{
    private readonly WindowMeans _means;
    private readonly int[] _horizons;

    private FirstPassage(WindowMeans means, int[] horizons, double level) =>
        (_means, _horizons, Level) = (means, horizons, level);

    /// <summary>h.</summary>
    public IReadOnlyList<int> Horizons => _horizons;

    /// <summary>The sum to be reached, in the unit of the returns.</summary>
    public double Level { get; }

    /// <summary>Computes the shares.</summary>
    /// <param name="returns">Logarithmic, finite; with their mean taken off where a drift is not to count.</param>
    /// <param name="level">Above 0.</param>
    /// <param name="horizons">One or more, each from 1 to half of the number of returns.</param>
    /// <param name="scheme">Blocks, long beside the longest horizon.</param>
    /// <param name="options">Number of replicates, level and seed.</param>
    public static FirstPassage Of(ReadOnlySpan<double> returns, double level, IEnumerable<int> horizons,
        BlockBootstrap scheme, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(horizons);
        Guard.Series(returns, 4, nameof(returns));
        Guard.Positive(level, nameof(level));
        int[] spans = [.. horizons];
        if (spans.Length == 0)
            throw new ArgumentException("There are 0 horizons; at least 1 is needed.", nameof(horizons));
        foreach (int h in spans)
            Guard.InRange(h, 1, returns.Length / 2, nameof(horizons));
        int longest = spans.Max(), windows = returns.Length - longest + 1;
        int[] up = Times(returns, level, longest, windows, 1), down = Times(returns, level, longest, windows, -1);
        double[][] columns = [.. spans.Select(h => Reached(up, h)), .. spans.Select(h => Reached(down, h))];
        return new FirstPassage(WindowMeans.Of(columns, scheme, options), spans, level);
    }

    /// <summary>The share of starts from which the sum reaches the level within each horizon.</summary>
    public BootstrapInterval[] Gains() => [.. _horizons.Select((h, i) =>
        _means.Interval($"share that gains within {h}", means => means[i]))];

    /// <summary>The share of starts from which the sum falls to minus the level within each horizon.</summary>
    public BootstrapInterval[] Losses() => [.. _horizons.Select((h, i) =>
        _means.Interval($"share that loses within {h}", means => means[_horizons.Length + i]))];

    /// <summary>Losses less gains at each horizon.</summary>
    public BootstrapInterval[] Asymmetry() => [.. _horizons.Select((h, i) =>
        _means.Interval($"losses less gains within {h}", means => means[_horizons.Length + i] - means[i]))];

    /// <summary>Steps until sign * sum is at least the level; the maximum of an integer where it is not within the
    /// longest.</summary>
    private static int[] Times(ReadOnlySpan<double> returns, double level, int longest, int windows, int sign)
    {
        var times = new int[windows];
        for (int t = 0; t < windows; t++)
        {
            times[t] = int.MaxValue;
            double sum = 0;
            for (int h = 0; h < longest; h++)
            {
                sum += returns[t + h];
                if (sign * sum >= level)
                {
                    times[t] = h + 1;
                    break;
                }
            }
        }

        return times;
    }

    private static double[] Reached(int[] times, int horizon) =>
        Array.ConvertAll(times, time => time <= horizon ? 1.0 : 0);
}
