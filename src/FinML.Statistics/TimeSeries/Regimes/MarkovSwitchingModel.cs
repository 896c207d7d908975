using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Hidden regimes s_t that follow each other as a Markov chain, each with its own mean, and standard deviation of
/// normal errors: y_t - mu(s_t) = sum_j phi_j (y_{t-j} - mu(s_{t-j})) + sigma(s_t) e_t. J. D. Hamilton, "A new approach
/// to the economic analysis of nonstationary time series and the business cycle", Econometrica 57 (1989).
/// </summary>
public sealed record MarkovSwitchingModel
{
    /// <summary>P(s_{t+1} = j | s_t = i) at [i][j]: rows sum to 1.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Transitions { get; init; }

    /// <summary>mu of each regime, in the unit of the values.</summary>
    public required IReadOnlyList<double> Means { get; init; }

    /// <summary>sigma of each regime, above 0.</summary>
    public required IReadOnlyList<double> Deviations { get; init; }

    /// <summary>phi_1 ... phi_p of each regime; empty lists where there is no autoregression.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Autoregression { get; init; }

    /// <summary>The distribution of the first regime; the long-run shares where null.</summary>
    public IReadOnlyList<double>? Initial { get; init; }

    /// <summary>Number of regimes K.</summary>
    public int Regimes => Means.Count;

    /// <summary>Order p of the autoregression.</summary>
    public int Lags => Autoregression[0].Count;

    /// <summary>The part of all values in each regime in the long run.</summary>
    public double[] LongRunShares => Stationary(Matrix());

    /// <summary>The mean number of values that each regime lasts, 1 / (1 - p(k to k)).</summary>
    public double[] MeanDurations => [.. Enumerable.Range(0, Regimes).Select(k => 1 / (1 - Transitions[k][k]))];

    /// <summary>Hamilton's filter and Kim's (1994) smoother.</summary>
    /// <param name="values">More than <see cref="Lags"/>, finite.</param>
    public RegimeProbabilities Probabilities(ReadOnlySpan<double> values)
    {
        Validate();
        Guard.Series(values, Lags + 1, nameof(values));
        var filter = new RegimeFilter(values, Regimes, Lags);
        double likelihood = filter.Run(Parameters());
        filter.Smooth(Parameters());
        return new RegimeProbabilities
        {
            LogLikelihood = likelihood,
            Filtered = filter.Marginal(filter.Filtered),
            Smoothed = filter.Marginal(filter.Smoothed),
        };
    }

    /// <summary>Fits by maximum likelihood; see <see cref="MarkovSwitchingFit"/>.</summary>
    /// <param name="values">50 or more beyond the lags (fewer say little about regimes), finite, not constant.</param>
    /// <param name="options">Two regimes with means and deviations of their own where left out.</param>
    public static MarkovSwitchingFit Fit(ReadOnlySpan<double> values, MarkovSwitchingOptions? options = null) =>
        MarkovSwitchingEstimation.Fit(values, options ?? new MarkovSwitchingOptions());

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A parameter is outside its range, or lists do not go together.</exception>
    public void Validate()
    {
        int k = Means.Count;
        if (k < 2 || Deviations.Count != k || Autoregression.Count != k || Transitions.Count != k
            || Transitions.Any(row => row.Count != k) || Autoregression.Any(row => row.Count != Autoregression[0].Count)
            || (Initial is not null && Initial.Count != k))
            throw new ArgumentException(
                $"There are {k} means, {Deviations.Count} deviations, {Transitions.Count} rows of transitions and "
                + $"{Autoregression.Count} autoregressions; each regime, two or more, needs one of each, the "
                + "autoregressions of equal length and the transitions square.");
        foreach (double deviation in Deviations)
            Guard.Positive(deviation, nameof(Deviations));
        foreach (double mean in Means)
            Guard.Finite(mean, nameof(Means));
        foreach (IReadOnlyList<double> row in Initial is null ? Transitions : [.. Transitions, Initial])
        {
            if (row.Any(p => !(p >= 0)) || Math.Abs(row.Sum() - 1) > 1e-9)
                throw new ArgumentException($"A row of probabilities is {string.Join(", ", row.Select(Guard.Text))}; "
                    + "they must be 0 or more and sum to 1.");
        }
    }

    internal RegimeParameters Parameters()
    {
        double[,] transitions = Matrix();
        return new RegimeParameters([.. Means], [.. Deviations], Rectangle(Autoregression), transitions,
            Initial is null ? Stationary(transitions) : [.. Initial]);
    }

    /// <summary>pi with pi P = pi: the left eigenvector by one solve.</summary>
    internal static double[] Stationary(double[,] transitions)
    {
        int k = transitions.GetLength(0);
        Matrix<double> a = DenseMatrix.CreateIdentity(k) - DenseMatrix.OfArray(transitions).Transpose();
        a.SetRow(k - 1, DenseVector.Create(k, 1));
        Vector<double> b = DenseVector.Create(k, 0);
        b[k - 1] = 1;
        return a.Solve(b).ToArray();
    }

    private double[,] Matrix() => Rectangle(Transitions);

    private static double[,] Rectangle(IReadOnlyList<IReadOnlyList<double>> rows)
    {
        var values = new double[rows.Count, rows[0].Count];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < rows[0].Count; j++)
                values[i, j] = rows[i][j];
        }

        return values;
    }
}
