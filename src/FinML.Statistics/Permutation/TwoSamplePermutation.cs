namespace FinML.Statistics;

/// <summary>The labels of two samples are exchanged.</summary>
internal static class TwoSamplePermutation
{
    private const string MeanName = "difference of means";

    internal static PermutationTest MeanDifference(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Alternative alternative, PermutationOptions options)
    {
        if (options.BlockLength > 1)
            return Any(first, second, MeanName, (a, b) => Mean(a) - Mean(b), alternative, options);
        double[] pooled = Pool(first, second, out double largest);
        int n = pooled.Length, chosen = Math.Min(first.Length, second.Length);

        // The smaller sample is the one that is drawn, and stands in front.
        double[] values = first.Length <= second.Length
            ? pooled
            : [.. pooled.AsSpan(first.Length), .. pooled.AsSpan(0, first.Length)];
        double centre = Mean(pooled), total = 0;
        for (int i = 0; i < n; i++)
            total += values[i] -= centre;
        var linear = new MeanContrast(total, chosen, n, first.Length <= second.Length ? 1 : -1);

        double estimate = linear.Of(Sum(values.AsSpan(0, chosen)));
        Guard.Finite(estimate, "The difference of means");
        double tolerance = 1e-15 * n * largest * linear.Weight; // four units in the last place for each value
        var question = new PermutationQuestion(MeanName, "labels of two samples", estimate, alternative, tolerance);
        if (n <= 48 && 1L << (n - n / 2) <= options.ExactLimit)
            return question.Exact(Extreme(question, values, linear), Combinations.Choose(n, chosen, 1L << 47), 1,
                options.Seed);
        if (Combinations.Choose(n, chosen, options.ExactLimit) <= options.ExactLimit)
            return Enumerate(question, n, chosen, picked =>
            {
                double sum = 0;
                foreach (int i in picked)
                    sum += values[i];
                return linear.Of(sum);
            }, options);
        return MonteCarloPermutation.Run(
            question, () => new MeanSampler(values, linear, new IndexDraws(options.Seed)), options);
    }

    internal static PermutationTest Any(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        string name,
        TwoSeriesFunction statistic,
        Alternative alternative,
        PermutationOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(statistic);
        double[] pooled = Pool(first, second, out _);
        var firstBlocks = new Blocks(first.Length, options.BlockLength, 1, nameof(first));
        var secondBlocks = new Blocks(second.Length, options.BlockLength, 1, nameof(second));
        int chosen = firstBlocks.Number, units = chosen + secondBlocks.Number, n1 = first.Length;
        if (units < 3)
            throw new ArgumentException(
                $"BlockLength is {options.BlockLength}: the two samples are a block each; at least 3 are needed.");
        int[] starts = [.. Enumerable.Range(0, chosen).Select(firstBlocks.Start),
            .. Enumerable.Range(0, secondBlocks.Number + 1).Select(i => n1 + secondBlocks.Start(i))]; // (units + 1)

        double estimate = statistic(first, second);
        Guard.Finite(estimate, $"The {name} of the data");
        var question = new PermutationQuestion(
            name, options.BlockLength == 1 ? "labels of two samples" : "labels of the blocks of two samples",
            estimate, alternative, PermutationQuestion.Relative(estimate));
        if (Combinations.Choose(units, chosen, options.ExactLimit) > options.ExactLimit)
            return MonteCarloPermutation.Run(
                question,
                () => new LabelSampler(new Gatherer(pooled, starts, name, statistic), chosen,
                    new IndexDraws(options.Seed)),
                options);
        var gatherer = new Gatherer(pooled, starts, name, statistic);
        var inFirst = new bool[units];
        var order = new int[units];
        return Enumerate(question, units, chosen, picked =>
        {
            Array.Clear(inFirst);
            foreach (int i in picked)
                inFirst[i] = true;
            int front = 0, back = chosen;
            for (int i = 0; i < units; i++)
                order[inFirst[i] ? front++ : back++] = i;
            return gatherer.Evaluate(order, chosen);
        }, options);
    }

    private static double[] Pool(ReadOnlySpan<double> first, ReadOnlySpan<double> second, out double largest)
    {
        Guard.Series(first, 1, nameof(first));
        Guard.Series(second, 1, nameof(second));
        double[] pooled = [.. first, .. second];
        if (pooled.Length < 3)
            throw new ArgumentException("The two samples have 1 value each; together they need at least 3.");
        Guard.NotConstant(pooled, "first with second");
        largest = 0;
        foreach (double value in pooled)
            largest = Math.Max(largest, Math.Abs(value));
        return pooled;
    }

    /// <summary>Every choice of units for the first sample, one by one.</summary>
    internal static PermutationTest Enumerate(
        PermutationQuestion question,
        int units,
        int chosen,
        Func<int[], double> statistic,
        PermutationOptions options)
    {
        int[] picked = [.. Enumerable.Range(0, chosen)];
        long extreme = 0, arrangements = 0;
        do
        {
            extreme += question.Counts(statistic(picked)) ? 1 : 0;
            arrangements++;
        }
        while (Combinations.Next(picked, units));
        return question.Exact(extreme, arrangements, options.BlockLength, options.Seed);
    }

    /// <summary>
    /// Choices whose contrast is extreme. The contrast is linear in the sum, so that this is a count of sums.
    /// </summary>
    private static long Extreme(PermutationQuestion question, double[] values, MeanContrast linear)
    {
        double threshold = question.Extremeness(question.Estimate) - question.Tolerance;
        long all = Combinations.Choose(values.Length, linear.Chosen, 1L << 47);
        var sums = new SubsetSums(values, linear.Chosen);
        double side = question.Alternative == Alternative.Less ? -linear.Sign : linear.Sign;
        if (question.Alternative != Alternative.TwoSided)
            return side > 0 ? Above(threshold) : Below(threshold);
        return threshold <= 0 ? all : Above(threshold) + Below(threshold);

        long Above(double t) => sums.CountAtLeast((t + linear.Shift) / linear.Weight);

        long Below(double t) => all - sums.CountAtLeast(Math.BitIncrement((linear.Shift - t) / linear.Weight));
    }

    private static double Mean(ReadOnlySpan<double> values) => Sum(values) / values.Length;

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }

    /// <summary>
    /// Mean of the chosen less mean of the others, times a sign, from the sum S of the chosen: S weight - shift.
    /// </summary>
    private readonly struct MeanContrast(double total, int chosen, int count, double sign)
    {
        internal int Chosen { get; } = chosen;

        internal double Sign { get; } = sign;

        internal double Weight { get; } = 1.0 / chosen + 1.0 / (count - chosen);

        internal double Shift { get; } = total / (count - chosen);

        internal double Of(double sum) => Sign * (sum * Weight - Shift);
    }

    /// <summary>
    /// Partial Fisher-Yates: only the smaller sample is drawn, and its sum taken on the way. The pool is left in the
    /// order of the last arrangement, which is as good a beginning as any.
    /// </summary>
    private sealed class MeanSampler(double[] values, MeanContrast linear, IndexDraws draws) : PermutationSampler
    {
        private readonly double[] _pool = new double[values.Length];

        internal override void Fill(ulong chunk, Span<double> statistics)
        {
            values.CopyTo(_pool, 0);
            draws.Start(chunk);
            Span<double> pool = _pool;
            for (int r = 0; r < statistics.Length; r++)
            {
                double sum = 0;
                for (int i = 0; i < linear.Chosen; i++)
                {
                    int j = i + draws.Below(pool.Length - i);
                    double value = pool[j];
                    pool[j] = pool[i];
                    pool[i] = value;
                    sum += value;
                }

                statistics[r] = linear.Of(sum);
            }
        }
    }

    private sealed class LabelSampler(Gatherer gatherer, int chosen, IndexDraws draws) : PermutationSampler
    {
        private readonly int[] _order = new int[gatherer.Units];

        internal override void Fill(ulong chunk, Span<double> statistics)
        {
            for (int i = 0; i < _order.Length; i++)
                _order[i] = i;
            draws.Start(chunk);
            for (int r = 0; r < statistics.Length; r++)
            {
                draws.Choose<int>(_order, chosen);
                statistics[r] = gatherer.Evaluate(_order, chosen);
            }
        }
    }

    /// <summary>Two samples from an order of the blocks: those in front are the first.</summary>
    private sealed class Gatherer(double[] pooled, int[] starts, string name, TwoSeriesFunction statistic)
    {
        private readonly double[] _buffer = new double[pooled.Length];

        internal int Units => starts.Length - 1;

        internal double Evaluate(int[] order, int chosen)
        {
            int at = 0, end = 0;
            for (int k = 0; k < order.Length; k++)
            {
                int start = starts[order[k]], length = starts[order[k] + 1] - start;
                pooled.AsSpan(start, length).CopyTo(_buffer.AsSpan(at));
                at += length;
                end = k < chosen ? at : end;
            }

            return PermutationQuestion.Finite(name, statistic(_buffer.AsSpan(0, end), _buffer.AsSpan(end)));
        }
    }
}
