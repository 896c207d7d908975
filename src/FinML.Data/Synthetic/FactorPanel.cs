namespace FinML.Data;

/// <summary>
/// Simple returns r(i, t) = sum_k b(i, k) f(k, t) + c s(i, t - 1 - delay) + sigma e(i, t) of N assets, with a signal s
/// that predicts them. In every row the signal has mean 0, is orthogonal to the loadings and has sum of squares N, so
/// that the portfolio s / N earns c plus noise of deviation sigma / sqrt(N) and no factor: its Sharpe ratio is
/// c sqrt(N) / sigma by construction, and c is chosen for the one that is asked for. 0 is the null.
/// </summary>
public sealed record FactorPanel
{
    /// <summary>Rows a year, by which the Sharpe ratio is annual.</summary>
    public const double RowsPerYear = 252;

    /// <summary>N. At least Factors + 3.</summary>
    public int Assets { get; init; } = 50;

    /// <summary>The factors, 0 or more.</summary>
    public int Factors { get; init; } = 3;

    /// <summary>The annual Sharpe ratio of the planted portfolio before costs; in [-20, 20].</summary>
    public double Sharpe { get; init; } = 1;

    /// <summary>The autocorrelation of the signal before it is made orthogonal, in [0, 1): turnover falls with
    /// it.</summary>
    public double Persistence { get; init; } = 0.9;

    /// <summary>Rows between the decision and the price it trades at: with 1, the signal of the close of t is entered
    /// at the close of t+1 and earns the return of t+2. 0 or more.</summary>
    public int Delay { get; init; } = 1;

    /// <summary>The deviation of each factor, a row; in [0, .05].</summary>
    public double FactorDeviation { get; init; } = 0.006;

    /// <summary>sigma, the deviation of what is each asset's own, a row; above 0, at most .08.</summary>
    public double OwnDeviation { get; init; } = 0.015;

    /// <summary>c, what a unit of the signal earns a row.</summary>
    public double Alpha => Sharpe * OwnDeviation / Math.Sqrt(RowsPerYear * Assets);

    /// <summary>The panel of that many rows, at least 1, on consecutive weekdays from 2000-01-03.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option or the rows are outside their range.</exception>
    public FactorSample Create(int rows, RandomStream random)
    {
        Validate();
        ArgumentNullException.ThrowIfNull(random);
        Guard.AtLeast(rows, 1, nameof(rows));
        double[][] loadings = [.. Enumerable.Range(0, Assets).Select(_ =>
            Enumerable.Range(0, Factors).Select(k => (k == 0 ? 1 : 0) + 0.5 * random.NextNormal()).ToArray())];
        double[][] basis = Basis(loadings);
        double[][] close = Columns(Assets, rows), signal = Columns(Assets, rows), factors = Columns(Factors, rows);
        double[] latent = [.. Enumerable.Range(0, Assets).Select(_ => random.NextNormal())];
        double[] planted = new double[rows];
        for (int t = 0; t < rows; t++)
        {
            Row(t, loadings, close, signal, factors, planted, random);
            Signal(latent, basis, signal, t);
            for (int i = 0; i < Assets; i++)
            {
                latent[i] = Persistence * latent[i]
                    + Math.Sqrt(1 - Persistence * Persistence) * random.NextNormal();
            }
        }

        double[][] columns = [.. Enumerable.Range(0, Assets).SelectMany(i => new[] { close[i], signal[i] })];
        Panel panel = Panel.Create(SyntheticPanel.Weekdays(rows, null), SyntheticPanel.Names(Assets),
            ["close", "signal"], columns);
        return new FactorSample(panel, loadings, factors, planted);
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Guard.AtLeast(Factors, 0, nameof(Factors));
        Guard.AtLeast(Assets, Factors + 3, nameof(Assets));
        Guard.AtLeast(Delay, 0, nameof(Delay));
        Guard.InRange(Sharpe, -20, 20, nameof(Sharpe));
        Guard.InRange(Persistence, 0, 0.9999, nameof(Persistence));
        Guard.InRange(FactorDeviation, 0, 0.05, nameof(FactorDeviation));
        Guard.Positive(OwnDeviation, nameof(OwnDeviation));
        Guard.InRange(OwnDeviation, 0, 0.08, nameof(OwnDeviation));
    }

    private void Row(int t, double[][] loadings, double[][] close, double[][] signal, double[][] factors,
        double[] planted, RandomStream random)
    {
        for (int k = 0; k < Factors && t > 0; k++)
        {
            factors[k][t] = FactorDeviation * random.NextNormal();
        }

        int decided = t - 1 - Delay;
        planted[t] = decided < 0 ? double.NaN : 0;
        for (int i = 0; i < Assets; i++)
        {
            if (t == 0)
            {
                close[i][0] = 100;
                continue;
            }

            double r = OwnDeviation * random.NextNormal() + (decided < 0 ? 0 : Alpha * signal[i][decided]);
            for (int k = 0; k < Factors; k++)
            {
                r += loadings[i][k] * factors[k][t];
            }

            // A price stays above 0; within the ranges of the options this is more than 7 deviations away.
            r = Math.Max(r, -0.95);
            close[i][t] = close[i][t - 1] * (1 + r);
            planted[t] += decided < 0 ? 0 : signal[i][decided] * r / Assets;
        }
    }

    /// <summary>The signal of row t: the latent scores less their part in the basis, with sum of squares N.</summary>
    private void Signal(double[] latent, double[][] basis, double[][] signal, int t)
    {
        double[] s = (double[])latent.Clone();
        Orthogonalise(s, basis);
        Orthogonalise(s, basis); // once more: what rounding left of the first time
        double scale = Math.Sqrt(Assets / s.Sum(x => x * x));
        for (int i = 0; i < Assets; i++)
        {
            signal[i][t] = s[i] * scale;
        }
    }

    /// <summary>Orthonormal vectors that span the ones and the loadings (Gram and Schmidt).</summary>
    private double[][] Basis(double[][] loadings)
    {
        List<double[]> basis = [];
        for (int k = -1; k < Factors; k++)
        {
            double[] vector = [.. loadings.Select(row => k < 0 ? 1 : row[k])];
            Orthogonalise(vector, basis);
            Orthogonalise(vector, basis);
            double norm = Math.Sqrt(vector.Sum(x => x * x));
            basis.Add([.. vector.Select(x => x / norm)]);
        }

        return [.. basis];
    }

    private static void Orthogonalise(double[] vector, IReadOnlyList<double[]> basis)
    {
        foreach (double[] axis in basis)
        {
            double part = 0;
            for (int i = 0; i < vector.Length; i++)
            {
                part += vector[i] * axis[i];
            }

            for (int i = 0; i < vector.Length; i++)
            {
                vector[i] -= part * axis[i];
            }
        }
    }

    private static double[][] Columns(int count, int rows) =>
        [.. Enumerable.Range(0, count).Select(_ => new double[rows])];
}
