namespace FinML.Statistics;

/// <summary>One of two aligned series is put in another order, so that its pairs with the other are lost.</summary>
internal static class PairPermutation
{
    private const string CorrelationName = "correlation";

    internal static PermutationTest Correlation(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Alternative alternative, PermutationOptions options)
    {
        Check(x, y, 3);
        double[] a = Standardise(x, out double errorX), b = Standardise(y, out double errorY);
        double tolerance = errorX + errorY;
        if (options.BlockLength > 1)
            return Run(a, b, CorrelationName, InnerProduct.Of, alternative, tolerance, options);
        if (Combinations.Factorial(a.Length, options.ExactLimit) <= options.ExactLimit)
            return Run(a, b, CorrelationName, InnerProduct.Of, alternative, tolerance, options);
        var question = new PermutationQuestion(CorrelationName, "order of y", InnerProduct.Of(a, b), alternative, tolerance);
        return MonteCarloPermutation.Run(
            question, () => new CorrelationSampler(a, b, new IndexDraws(options.Seed)), options);
    }

    internal static PermutationTest Any(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        string name,
        TwoSeriesFunction statistic,
        Alternative alternative,
        PermutationOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(statistic);
        Check(x, y, 3);
        double estimate = statistic(x, y);
        Guard.Finite(estimate, $"The {name} of the data");
        return Run(x.ToArray(), y.ToArray(), name, statistic, alternative, PermutationQuestion.Relative(estimate),
            options);
    }

    internal static void Check(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int minimum)
    {
        Guard.Series(x, minimum, nameof(x));
        Guard.Series(y, minimum, nameof(y));
        Guard.SameLength(x, y, nameof(x), nameof(y));
        Guard.NotConstant(x, nameof(x));
        Guard.NotConstant(y, nameof(y));
    }

    /// <summary>
    /// Deviations from the mean over their norm, and what rounding of the values may make of a product with another
    /// such series.
    /// </summary>
    internal static double[] Standardise(ReadOnlySpan<double> values, out double error)
    {
        double mean = 0, largest = 0, squares = 0;
        foreach (double value in values)
        {
            mean += value / values.Length;
            largest = Math.Max(largest, Math.Abs(value));
        }

        double[] deviations = values.ToArray();
        for (int i = 0; i < deviations.Length; i++)
        {
            deviations[i] = (deviations[i] - mean) / largest; // so that no square overflows
            squares += deviations[i] * deviations[i];
        }

        double norm = Math.Sqrt(squares);
        for (int i = 0; i < deviations.Length; i++)
            deviations[i] /= norm;
        error = 1e-15 * (1 + Math.Sqrt(values.Length) / norm);
        return deviations;
    }

    private static PermutationTest Run(
        double[] x,
        double[] y,
        string name,
        TwoSeriesFunction statistic,
        Alternative alternative,
        double tolerance,
        PermutationOptions options)
    {
        var blocks = new Blocks(y.Length, options.BlockLength, 3, nameof(y));
        var question = new PermutationQuestion(
            name, options.BlockLength == 1 ? "order of y" : "order of the blocks of y", statistic(x, y), alternative,
            tolerance);
        if (Combinations.Factorial(blocks.Number, options.ExactLimit) > options.ExactLimit)
            return MonteCarloPermutation.Run(
                question,
                () => new OrderSampler(new Gatherer(x, y, blocks, name, statistic), new IndexDraws(options.Seed)),
                options);

        var gatherer = new Gatherer(x, y, blocks, name, statistic);
        int[] order = [.. Enumerable.Range(0, blocks.Number)];
        long extreme = 0, arrangements = 0;
        do
        {
            extreme += question.Counts(gatherer.Evaluate(order)) ? 1 : 0;
            arrangements++;
        }
        while (Combinations.NextOrder(order));
        return question.Exact(extreme, arrangements, options.BlockLength, options.Seed);
    }

    /// <summary>Fisher-Yates, and the product taken on the way.</summary>
    private sealed class CorrelationSampler(double[] x, double[] y, IndexDraws draws) : PermutationSampler
    {
        private readonly double[] _pool = new double[y.Length];

        internal override void Fill(ulong chunk, Span<double> statistics)
        {
            y.CopyTo(_pool, 0);
            draws.Start(chunk);
            Span<double> pool = _pool;
            for (int r = 0; r < statistics.Length; r++)
            {
                double sum = 0;
                for (int i = 0; i < pool.Length; i++)
                {
                    int j = i + draws.Below(pool.Length - i);
                    double value = pool[j];
                    pool[j] = pool[i];
                    pool[i] = value;
                    sum += x[i] * value;
                }

                statistics[r] = sum;
            }
        }
    }

    private sealed class OrderSampler(Gatherer gatherer, IndexDraws draws) : PermutationSampler
    {
        private readonly int[] _order = new int[gatherer.Units];

        internal override void Fill(ulong chunk, Span<double> statistics)
        {
            for (int i = 0; i < _order.Length; i++)
                _order[i] = i;
            draws.Start(chunk);
            for (int r = 0; r < statistics.Length; r++)
            {
                draws.Choose<int>(_order, _order.Length);
                statistics[r] = gatherer.Evaluate(_order);
            }
        }
    }

    private sealed class Gatherer(double[] x, double[] y, Blocks blocks, string name, TwoSeriesFunction statistic)
    {
        private readonly double[] _buffer = new double[y.Length];

        internal int Units => blocks.Number;

        internal double Evaluate(int[] order)
        {
            int at = 0;
            foreach (int unit in order)
            {
                ReadOnlySpan<double> block = blocks.Of(y, unit);
                block.CopyTo(_buffer.AsSpan(at));
                at += block.Length;
            }

            return PermutationQuestion.Finite(name, statistic(x, _buffer));
        }
    }
}
