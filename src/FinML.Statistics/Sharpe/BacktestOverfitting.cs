namespace FinML.Statistics;

/// <summary>
/// Probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, Lopez de Prado
/// and Zhu 2017): time is cut into S segments; for each way to choose half of them, the strategy with the best Sharpe
/// ratio in the chosen half is ranked by its Sharpe ratio in the other half. The probability of overfitting is the
/// share of splits in which it comes out below the median there.
/// </summary>
public sealed record BacktestOverfitting
{
    /// <summary>From 0 to 1; about 1/2 where the choice among the strategies says nothing.</summary>
    public required double Probability { get; init; }

    /// <summary>ln(w / (1 - w)) by split, w the relative rank rank / (N + 1) out of sample of the best in sample.
    /// </summary>
    public required IReadOnlyList<double> Logits { get; init; }

    /// <summary>The slope of the best's Sharpe ratio out of sample on that in sample, over the splits.</summary>
    public required double DegradationSlope { get; init; }

    /// <summary>The intercept of that line, per period.</summary>
    public required double DegradationIntercept { get; init; }

    /// <summary>The share of splits in which the best in sample loses money out of sample.</summary>
    public required double ProbabilityOfLoss { get; init; }

    /// <summary>S.</summary>
    public required int Segments { get; init; }

    /// <summary>Splits, S over S / 2.</summary>
    public int Splits => Logits.Count;

    /// <summary>Computes it.</summary>
    /// <param name="strategies">Returns of all N strategies that were tried, 2 or more, not of the good ones only.
    /// </param>
    /// <param name="segments">S: even, from 2 to 20, with at least 2 periods each; periods that are over at the
    /// beginning are left out.</param>
    public static BacktestOverfitting Of(ModelPerformance strategies, int segments = 16)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        int n = strategies.Count, k = strategies.Models;
        if (k < 2)
            throw new ArgumentException($"There is {k} strategy; at least 2 are needed.", nameof(strategies));
        if (segments < 2 || segments > 20 || segments % 2 != 0)
            throw new ArgumentOutOfRangeException(
                nameof(segments), $"segments is {segments}; it must be even and from 2 to 20.");
        if (n / segments < 2)
            throw new ArgumentException(
                $"{n} periods in {segments} segments leave {n / segments} each; at least 2 are needed.",
                nameof(strategies));
        int length = n / segments;
        double[][] sums = new double[segments][], squares = new double[segments][];
        Sums(strategies, length, sums, squares);

        int[] halves = [.. Enumerable.Range(0, 1 << segments)
            .Where(mask => System.Numerics.BitOperations.PopCount((uint)mask) == segments / 2)];
        double[] logits = new double[halves.Length], inside = new double[halves.Length];
        double[] outside = new double[halves.Length];
        Parallel.For(0, halves.Length, () => new Half(k), (split, _, half) =>
        {
            half.Split(halves[split], sums, squares, length * segments / 2);
            int best = MaximumTest.Largest(half.Inside);
            double rank = Rank(half.Outside, best) / (k + 1);
            (logits[split], inside[split], outside[split]) =
                (Math.Log(rank / (1 - rank)), half.Inside[best], half.Outside[best]);
            return half;
        }, _ => { });

        (double slope, double intercept) = Line(inside, outside);
        return new BacktestOverfitting
        {
            Probability = logits.Count(l => l <= 0) / (double)logits.Length,
            Logits = logits,
            DegradationSlope = slope,
            DegradationIntercept = intercept,
            ProbabilityOfLoss = outside.Count(s => s < 0) / (double)outside.Length,
            Segments = segments,
        };
    }

    /// <summary>By segment, by strategy: sums of the returns and of their squares. (A mean return is small beside its
    /// standard deviation: the variance loses no digits to it.)</summary>
    private static void Sums(ModelPerformance strategies, int length, double[][] sums, double[][] squares)
    {
        int k = strategies.Models, first = strategies.Count - length * sums.Length;
        var gains = new double[k];
        for (int segment = 0; segment < sums.Length; segment++)
        {
            double[] sum = sums[segment] = new double[k], square = squares[segment] = new double[k];
            for (int t = first + segment * length; t < first + (segment + 1) * length; t++)
            {
                strategies.Gains.Row(t, gains);
                for (int model = 0; model < k; model++)
                {
                    sum[model] += gains[model];
                    square[model] += gains[model] * gains[model];
                }
            }
        }
    }

    /// <summary>1 for the worst; the mean of the ranks of equals.</summary>
    private static double Rank(double[] values, int index)
    {
        int below = 0, equal = 0;
        foreach (double value in values)
        {
            below += value < values[index] ? 1 : 0;
            equal += value == values[index] ? 1 : 0;
        }

        return below + (equal + 1) / 2.0;
    }

    private static (double Slope, double Intercept) Line(double[] x, double[] y)
    {
        double meanX = x.Average(), meanY = y.Average(), xx = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }

        double slope = xx > 0 ? xy / xx : 0;
        return (slope, meanY - slope * meanX);
    }

    /// <summary>The Sharpe ratios of all strategies in the two halves of a split.</summary>
    private sealed class Half(int models)
    {
        private readonly double[] _sum = new double[models], _square = new double[models];

        internal double[] Inside { get; } = new double[models];

        internal double[] Outside { get; } = new double[models];

        internal void Split(int mask, double[][] sums, double[][] squares, int count)
        {
            Fill(Inside, mask, sums, squares, count);
            Fill(Outside, ~mask, sums, squares, count);
        }

        private void Fill(double[] sharpe, int mask, double[][] sums, double[][] squares, int count)
        {
            Array.Clear(_sum);
            Array.Clear(_square);
            for (int segment = 0; segment < sums.Length; segment++)
            {
                if ((mask >> segment & 1) == 0)
                    continue;
                double[] sum = sums[segment], square = squares[segment];
                for (int model = 0; model < _sum.Length; model++)
                {
                    _sum[model] += sum[model];
                    _square[model] += square[model];
                }
            }

            for (int model = 0; model < _sum.Length; model++)
            {
                double mean = _sum[model] / count, variance = (_square[model] - mean * _sum[model]) / (count - 1);
                sharpe[model] = variance > 1e-14 * _square[model] / count ? mean / Math.Sqrt(variance) : 0;
            }
        }
    }
}
