namespace FinML.Data;

/// <summary>
/// Normal logarithmic returns whose mean and deviation follow a hidden Markov chain, which starts from its stationary
/// distribution: J. D. Hamilton, Econometrica 57 (1989). The default is a calm and a turbulent regime of days.
/// </summary>
public sealed record RegimeSwitching : IPriceGenerator
{
    /// <summary>The mean of a step in each regime.</summary>
    public IReadOnlyList<double> Means { get; init; } = [0.0006, -0.001];

    /// <summary>The deviation of a step in each regime, 0 or more.</summary>
    public IReadOnlyList<double> Deviations { get; init; } = [0.007, 0.02];

    /// <summary>[from][to]: the probabilities of the next regime; each row sums to 1.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Transitions { get; init; } = [[0.99, 0.01], [0.03, 0.97]];

    /// <summary>The first price, above 0.</summary>
    public double Spot { get; init; } = 100;

    /// <inheritdoc/>
    public double[] Prices(int steps, RandomStream random) =>
        PricePath.Compound(Spot, Path(steps, random).Returns);

    /// <summary>Returns and regimes.</summary>
    /// <exception cref="ArgumentException">An option or the steps are outside their range.</exception>
    public RegimePath Path(int steps, RandomStream random)
    {
        Validate();
        PricePath.Check(steps, random);
        double[] returns = new double[steps];
        int[] regimes = new int[steps];
        int regime = Choose(Stationary(), random);
        for (int t = 0; t < steps; t++)
        {
            regimes[t] = regime;
            returns[t] = Means[regime] + Deviations[regime] * random.NextNormal();
            regime = Choose(Transitions[regime], random);
        }

        return new RegimePath(returns, regimes);
    }

    /// <summary>The share of time in each regime in the long run. Where the chain has several closed parts or cycles,
    /// the mean over time from equal weights.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public double[] Stationary()
    {
        Validate();
        int n = Means.Count;
        // Powers of (I + P) / 2, which has the same shares and no cycles, by squaring; 2^60 steps are the long run.
        double[,] power = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                power[i, j] = (Transitions[i][j] + (i == j ? 1 : 0)) / 2;
            }
        }

        double moved = 1;
        for (int squaring = 0; squaring < 60 && moved > 1e-15; squaring++)
        {
            (power, moved) = Square(power, n);
        }

        double[] shares = new double[n];
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < n; i++)
            {
                shares[j] += power[i, j] / n;
            }
        }

        return shares;
    }

    private static (double[,] Square, double Moved) Square(double[,] matrix, int n)
    {
        double[,] square = new double[n, n];
        double moved = 0;
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    square[i, j] += matrix[i, k] * matrix[k, j];
                }

                sum += square[i, j];
            }

            for (int j = 0; j < n; j++)
            {
                square[i, j] /= sum; // the rounding of the rows' sums would double with each squaring
                moved = Math.Max(moved, Math.Abs(square[i, j] - matrix[i, j]));
            }
        }

        return (square, moved);
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        int n = Means.Count;
        if (n == 0 || Deviations.Count != n || Transitions.Count != n || Transitions.Any(row => row.Count != n))
        {
            throw new ArgumentException($"{n} means need as many deviations and {n} x {n} transitions, at least one; "
                + $"there are {Deviations.Count} deviations and {Transitions.Count} rows.", nameof(Transitions));
        }

        for (int i = 0; i < n; i++)
        {
            Guard.Finite(Means[i], nameof(Means));
            Guard.NotNegative(Deviations[i], nameof(Deviations));
            if (Transitions[i].Any(p => !(p >= 0)) || !(Math.Abs(Transitions[i].Sum() - 1) <= 1e-9))
            {
                throw new ArgumentException($"Row {i} of the transitions is [{string.Join(", ", Transitions[i])}]: its "
                    + "probabilities must be 0 or more and sum to 1.", nameof(Transitions));
            }
        }

        Guard.Positive(Spot, nameof(Spot));
    }

    private static int Choose(IReadOnlyList<double> probabilities, RandomStream random)
    {
        double u = random.NextDouble();
        int choice = 0;
        for (int i = 0; i < probabilities.Count && u >= 0; i++)
        {
            choice = probabilities[i] > 0 ? i : choice;
            u -= probabilities[i];
        }

        return choice;
    }
}
