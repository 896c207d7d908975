namespace FinML.Statistics;

/// <summary>
/// Entropic optimal transport (Cuturi 2013): min over couplings P of a and b of sum P C + epsilon KL(P | a b'), by
/// Sinkhorn's iteration on the logarithms, which no small epsilon overflows, from a large epsilon down to the one asked
/// for (Kosowsky and Yuille 1994).
/// </summary>
public sealed record Sinkhorn
{
    private const int FewestForThreads = 20_000; // below this the work is less than that of sharing it

    /// <summary>The minimum, KL term included: sum a f + sum b g.</summary>
    public required double EntropicCost { get; init; }

    /// <summary>sum P C of the optimal coupling; it goes to the cost of optimal transport with epsilon to 0.</summary>
    public required double TransportCost { get; init; }

    /// <summary>f, one for each point of the first distribution.</summary>
    public required IReadOnlyList<double> FirstPotential { get; init; }

    /// <summary>g, one for each point of the second.</summary>
    public required IReadOnlyList<double> SecondPotential { get; init; }

    /// <summary>Iterations at the final epsilon.</summary>
    public required int Iterations { get; init; }

    /// <summary>sum |P 1 - a|; the other marginal is exact.</summary>
    public required double MarginalError { get; init; }

    /// <summary>True where the error came down to the tolerance; the costs of one that did not are rough.</summary>
    public required bool HasConverged { get; init; }

    /// <summary>epsilon.</summary>
    public required double Regularisation { get; init; }

    /// <summary>Transports one distribution to another.</summary>
    /// <param name="cost">(n, m), finite; n m at most 25,000,000.</param>
    /// <param name="first">n weights, 0 or more (they are divided by their sum).</param>
    /// <param name="second">m weights.</param>
    /// <param name="options">epsilon, iterations, tolerance.</param>
    public static Sinkhorn Transport(
        double[,] cost, ReadOnlySpan<double> first, ReadOnlySpan<double> second, SinkhornOptions options)
    {
        ArgumentNullException.ThrowIfNull(cost);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        int n = cost.GetLength(0), m = cost.GetLength(1);
        if (n != first.Length || m != second.Length || n == 0 || m == 0)
            throw new ArgumentException(
                $"cost is {n} x {m} for {first.Length} and {second.Length} weights; it needs a row for each of the " +
                "first and a column for each of the second, one at least.", nameof(cost));
        Guard.InRange((long)n * m, 1, 25_000_000, "n m");
        double[] a = Guard.Probabilities(first, nameof(first)), b = Guard.Probabilities(second, nameof(second));
        double[] rows = Flat(cost);
        Guard.Finite(rows, nameof(cost));
        return Solve(rows, a, b, options);
    }

    /// <summary>
    /// From a distribution to itself: f = g, and the mean of f and its update converges in a few steps (Feydy et al.
    /// 2019, section 3.1).
    /// </summary>
    internal static Sinkhorn Within(double[,] cost, ReadOnlySpan<double> weights, SinkhornOptions options)
    {
        options.Validate();
        double[] rows = Flat(cost), a = Guard.Probabilities(weights, nameof(weights));
        double[] logA = Array.ConvertAll(a, Math.Log), f = new double[a.Length], next = new double[a.Length];
        double target = options.Regularisation, error = double.PositiveInfinity;
        for (double epsilon = rows.Max() - rows.Min(); epsilon > target; epsilon /= 2)
            Halve(epsilon);
        int iterations = 0;
        for (; iterations < options.MaximumIterations && error > options.Tolerance; iterations++)
            error = Halve(target);
        return Result(rows, a, a, f, f, iterations, error, options);

        double Halve(double epsilon)
        {
            Update(rows, logA, f, next, epsilon);
            double off = MarginalErrorOf(a, f, next, epsilon);
            for (int i = 0; i < f.Length; i++)
                f[i] = (f[i] + next[i]) / 2;
            return off;
        }
    }

    private static double[] Flat(double[,] cost)
    {
        var rows = new double[cost.Length]; // (n, m)
        Buffer.BlockCopy(cost, 0, rows, 0, rows.Length * sizeof(double));
        return rows;
    }

    /// <summary>Row i of the coupling of f and g sums to a_i exp((f_i - next_i) / epsilon).</summary>
    private static double MarginalErrorOf(double[] a, double[] f, double[] next, double epsilon)
    {
        double error = 0;
        for (int i = 0; i < a.Length; i++)
            error += a[i] > 0 ? a[i] * Math.Abs(Math.Exp((f[i] - next[i]) / epsilon) - 1) : 0;
        return error;
    }

    private static Sinkhorn Solve(double[] cost, double[] a, double[] b, SinkhornOptions options)
    {
        int n = a.Length, m = b.Length;
        var columns = new double[m * n]; // (m, n): the cost turned, so that both updates read along
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < m; j++)
                columns[j * n + i] = cost[i * m + j];
        }

        double[] logA = Array.ConvertAll(a, Math.Log), logB = Array.ConvertAll(b, Math.Log);
        double[] f = new double[n], next = new double[n], g = new double[m];
        double spread = cost.Max() - cost.Min();
        for (double epsilon = spread; epsilon > options.Regularisation; epsilon /= 2)
        {
            Update(columns, logA, f, g, epsilon);
            Update(cost, logB, g, f, epsilon);
        }

        double target = options.Regularisation, error = double.PositiveInfinity;
        int iterations = 0;
        Update(columns, logA, f, g, target);
        for (; iterations < options.MaximumIterations && error > options.Tolerance; iterations++)
        {
            Update(cost, logB, g, next, target);
            error = MarginalErrorOf(a, f, next, target);
            if (error > options.Tolerance)
            {
                next.CopyTo(f, 0);
                Update(columns, logA, f, g, target);
            }
        }

        return Result(cost, a, b, f, g, iterations, error, options);
    }

    private static Sinkhorn Result(
        double[] cost,
        double[] a,
        double[] b,
        double[] f,
        double[] g,
        int iterations,
        double error,
        SinkhornOptions options)
    {
        int n = a.Length, m = b.Length;
        double transport = 0, value = 0, target = options.Regularisation;
        for (int i = 0; i < n; i++)
        {
            value += a[i] * (a[i] > 0 ? f[i] : 0);
            for (int j = 0; j < m; j++)
                transport += cost[i * m + j] * a[i] * b[j] * Math.Exp((f[i] + g[j] - cost[i * m + j]) / target);
        }

        for (int j = 0; j < m; j++)
            value += b[j] * (b[j] > 0 ? g[j] : 0);
        return new Sinkhorn
        {
            EntropicCost = value,
            TransportCost = transport,
            FirstPotential = f,
            SecondPotential = g,
            Iterations = iterations,
            MarginalError = error,
            HasConverged = error <= options.Tolerance,
            Regularisation = target,
        };
    }

    /// <summary>g_j = -epsilon log sum_i exp(log a_i + (f_i - C_ij) / epsilon), for all rows j of the cost.</summary>
    private static void Update(
        double[] cost, double[] logWeights, double[] potential, double[] result, double epsilon)
    {
        int n = potential.Length;
        if (cost.Length >= FewestForThreads)
        {
            Parallel.For(0, result.Length, Row);
            return;
        }

        for (int j = 0; j < result.Length; j++)
            Row(j);

        void Row(int j)
        {
            ReadOnlySpan<double> row = cost.AsSpan(j * n, n);
            double top = double.NegativeInfinity;
            for (int i = 0; i < n; i++)
                top = Math.Max(top, logWeights[i] + (potential[i] - row[i]) / epsilon);
            double sum = 0;
            for (int i = 0; i < n; i++)
                sum += Math.Exp(logWeights[i] + (potential[i] - row[i]) / epsilon - top);
            result[j] = -epsilon * (top + Math.Log(sum));
        }
    }
}
