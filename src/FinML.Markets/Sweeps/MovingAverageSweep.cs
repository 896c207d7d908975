using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Markets;

/// <summary>
/// Backtests a <see cref="MovingAverageCrossover"/> for many pairs of windows at once, with the costs of each trade and
/// each night: what <see cref="Backtester"/> gives for each pair, without walking through every bar for each.
/// </summary>
/// <remarks>
/// The means of all windows come from one running sum over the lag. Where a pair's target changes is found by comparing
/// two rows of means a vector at a time. Between two changes a flat account stands still and a fully long one earns the
/// closes' returns, whose sums are differences of prefix sums; only the bars of a trade and of a short position are
/// walked through. Memory: 8 bytes × bars × distinct windows.
/// </remarks>
public static class MovingAverageSweep
{
    /// <summary>Runs all pairs; the result has their order and does not depend on the number of threads.</summary>
    /// <param name="opens">Opens, (bars).</param>
    /// <param name="closes">Closes, (bars).</param>
    /// <param name="pairs">The windows.</param>
    /// <param name="options">Costs (proportional ones), band, ruin.</param>
    /// <param name="shorts">Whether a fast mean below the slow one means -1 rather than 0.</param>
    /// <param name="threads">Threads at most; 1 to 1,024.</param>
    /// <exception cref="ArgumentException">Fewer than 2 bars, a price that is not positive, a pair whose windows are
    /// not 1 &lt;= fast &lt; slow, costs that are not proportional, or interest or margin calls, which a sweep does not
    /// have.</exception>
    public static SweepResult[] Run(
        ReadOnlySpan<double> opens,
        ReadOnlySpan<double> closes,
        IReadOnlyList<MovingAveragePair> pairs,
        ExecutionOptions? options = null,
        bool shorts = false,
        int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        options = (options ?? new ExecutionOptions()).Validate();
        Require.InRange(opens.Length, 2, int.MaxValue, "opens.Length");
        Require.SameLength(closes.Length, opens.Length, nameof(closes), nameof(opens));
        Require.Prices(opens, 0, opens.Length, nameof(opens));
        Require.Prices(closes, 0, closes.Length, nameof(closes));
        Require.InRange(threads, 1, 1_024, nameof(threads));
        if (!options.Costs.IsProportional || options.Costs.CashBasisPointsPerYear != 0
            || options.MaintenanceMargin != 0 || options.MaximumParticipation != 1 || options.MaximumLeverage < 1)
        {
            throw new ArgumentException(
                "A sweep takes proportional costs, a MaximumLeverage of 1 or more, and neither interest on cash nor a "
                + "MaintenanceMargin nor a MaximumParticipation; use Backtester for those.", nameof(options));
        }

        foreach (MovingAveragePair pair in pairs)
        {
            Require.InRange(pair.Slow, 2, 1_000_000, nameof(pair.Slow));
            Require.InRange(pair.Fast, 1, pair.Slow - 1, nameof(pair.Fast));
        }

        var prices = new SweepPrices(opens.ToArray(), closes.ToArray());
        Dictionary<int, double[]> means = RunningMeans.Of(
            prices.Closes, pairs.SelectMany(pair => new[] { pair.Fast, pair.Slow }));
        var results = new SweepResult[pairs.Count];
        ExecutionOptions free = options with { Costs = CostModel.Free };
        Parallel.For(
            0, pairs.Count, new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new List<(int Row, double Target)>(),
            (i, _, changes) =>
            {
                MovingAveragePair pair = pairs[i];
                changes.Clear();
                FindChanges(means[pair.Fast], means[pair.Slow], pair.Slow - 1, shorts, changes);
                results[i] = new SweepResult(
                    pair,
                    SweepWalk.Run(prices, options, changes),
                    SweepWalk.Run(prices, free, changes));
                return changes;
            },
            _ => { });
        return results;
    }

    /// <summary>The rows from <paramref name="first"/> on at which the target is another than one row
    /// before.</summary>
    private static void FindChanges(
        double[] fast, double[] slow, int first, bool shorts, List<(int Row, double Target)> changes)
    {
        ulong wasLong = 0, wasShort = 0; // the state of the row before, in bit 0
        int t = Math.Min(first, fast.Length);
        for (; t + 64 <= fast.Length; t += 64)
        {
            ulong longs = Above(fast, slow, t), shortRows = shorts ? Above(slow, fast, t) : 0;
            ulong changed = (longs ^ (longs << 1 | wasLong)) | (shortRows ^ (shortRows << 1 | wasShort));
            for (; changed != 0; changed &= changed - 1)
            {
                int bit = BitOperations.TrailingZeroCount(changed);
                double target = (longs >> bit & 1) != 0 ? 1 : (shortRows >> bit & 1) != 0 ? -1 : 0;
                changes.Add((t + bit, target));
            }

            (wasLong, wasShort) = (longs >> 63, shortRows >> 63);
        }

        double before = wasLong != 0 ? 1 : wasShort != 0 ? -1 : 0;
        for (; t < fast.Length; t++)
        {
            double target = MovingAverageCrossover.Target(fast[t], slow[t], shorts);
            if (target != before)
                changes.Add((t, before = target));
        }
    }

    /// <summary>Bit j is set where a[start + j] is above b[start + j], for 64 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Above(double[] a, double[] b, int start)
    {
        ReadOnlySpan<double> left = a.AsSpan(start, 64), right = b.AsSpan(start, 64);
        ulong bits = 0;
        for (int j = 0; j < 64; j += Vector512<double>.Count)
        {
            Vector512<double> above = Vector512.GreaterThan(
                Vector512.Create(left[j..]), Vector512.Create(right[j..]));
            bits |= above.ExtractMostSignificantBits() << j;
        }

        return bits;
    }
}
