using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// M-estimation of a linear model by iterated weighted least squares, the scale median|e| / .6745 estimated in each
/// round: Huber (1981), as MASS's rlm. It resists outliers in y, not leverage points in X. Standard errors by Huber's
/// (1981, section 7.6) formula with his correction, as summary.rlm.
/// </summary>
public sealed record RobustRegression : CoefficientTable
{
    private const double HuberTuning = 1.345, BisquareTuning = 4.685;
    private const int MostIterations = 1_000;
    private const double Tolerance = 1e-13;

    private RobustRegression(
        IReadOnlyList<string> names, double[] coefficients, Matrix<double> covariance, int degreesOfFreedom)
        : base(names, coefficients, covariance, degreesOfFreedom, "M-estimator, Huber (1981)")
    {
    }

    /// <summary>Influence function.</summary>
    public required RobustLoss Loss { get; init; }

    /// <summary>Median of |e| over .6745: the standard deviation of the errors where they are normal.</summary>
    public required double Scale { get; init; }

    /// <summary>psi(u) / u, from 0 (left out) to 1.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>y - X b.</summary>
    public required IReadOnlyList<double> Residuals { get; init; }

    /// <summary>Number of observations.</summary>
    public required int Count { get; init; }

    /// <summary>Rounds of reweighting.</summary>
    public required int Iterations { get; init; }

    /// <summary>Whether the residuals had settled to 1e-13 of their length.</summary>
    public required bool Converged { get; init; }

    /// <summary>Fits; arguments as in <see cref="LinearRegression.Fit"/>.</summary>
    /// <exception cref="ArgumentException">As there, or half of the residuals are 0, so that there is no
    /// scale.</exception>
    public static RobustRegression Fit(ReadOnlySpan<double> y, DesignMatrix x, RobustLoss loss = RobustLoss.Bisquare)
    {
        LinearRegression start = LinearRegression.Fit(y, x);
        double[] response = y.ToArray();
        State state = Iterate(response, x, RobustLoss.Huber, new State([.. start.Coefficients], [.. start.Residuals]));
        if (loss == RobustLoss.Bisquare)
            state = Iterate(response, x, RobustLoss.Bisquare, state);

        int n = x.Rows, k = x.Columns;
        double[] slopes = Array.ConvertAll(state.Residuals, e => Slope(loss, e / state.Scale));
        Moments moments = Moments.Of(slopes);
        double mean = moments.Mean, squares = 0;
        if (!(mean > 0))
            throw new ArgumentException(
                $"The mean derivative of the influence function is {Guard.Text(mean)}; most observations are " +
                $"outliers, and no standard error can be had. Take Huber's loss.", nameof(loss));
        double correction = 1 + k * moments.Variance() / (n * mean * mean);
        foreach (double e in state.Residuals)
        {
            double influence = e * Weight(loss, e / state.Scale);
            squares += influence * influence;
        }

        double deviation = Math.Sqrt(squares / (n - k)) * correction / mean;
        return new RobustRegression(x.Names, state.Coefficients, start.InverseGram * (deviation * deviation), n - k)
        {
            Loss = loss,
            Scale = state.Scale,
            Weights = Array.ConvertAll(state.Residuals, e => Weight(loss, e / state.Scale)),
            Residuals = state.Residuals,
            Count = n,
            Iterations = state.Iterations,
            Converged = state.Converged,
        };
    }

    private static State Iterate(double[] y, DesignMatrix x, RobustLoss loss, State state)
    {
        int n = x.Rows;
        bool converged = false;
        int iteration = 0;
        double scale = 0;
        while (iteration++ < MostIterations && !converged)
        {
            scale = Quantile.Type7(Array.ConvertAll(state.Residuals, Math.Abs), 0.5) / 0.6745;
            if (scale <= 1e-13 * y.Max(Math.Abs))
                throw new ArgumentException(
                    $"Half of the {n} residuals are 0: the points lie on a plane but for outliers, and there is no " +
                    $"scale to measure those by.", nameof(y));
            double[] roots = Array.ConvertAll(state.Residuals, e => Math.Sqrt(Weight(loss, e / scale)));
            double[] scaledY = [.. y.Select((value, i) => value * roots[i])];
            double[] scaledX = [.. x.Values.Select((value, i) => value * roots[i % n])];
            (double[] b, _) = HouseholderQr.Of(scaledX, n, x.Names).Solve(scaledY);
            double[] residuals = x.Residuals(y, b);
            converged = Distance(state.Residuals, residuals) <= Tolerance;
            state = new State(b, residuals);
        }

        return state with { Scale = scale, Iterations = iteration - 1, Converged = converged };
    }

    private static double Distance(double[] before, double[] after)
    {
        double difference = 0, length = 0;
        for (int i = 0; i < before.Length; i++)
        {
            difference += (after[i] - before[i]) * (after[i] - before[i]);
            length += before[i] * before[i];
        }

        return Math.Sqrt(difference / Math.Max(length, 1e-300));
    }

    private static double Weight(RobustLoss loss, double u)
    {
        if (loss == RobustLoss.Huber)
            return Math.Abs(u) <= HuberTuning ? 1 : HuberTuning / Math.Abs(u);
        double t = u / BisquareTuning * (u / BisquareTuning);
        return t < 1 ? (1 - t) * (1 - t) : 0;
    }

    private static double Slope(RobustLoss loss, double u)
    {
        if (loss == RobustLoss.Huber)
            return Math.Abs(u) <= HuberTuning ? 1 : 0;
        double t = u / BisquareTuning * (u / BisquareTuning);
        return t < 1 ? (1 - t) * (1 - 5 * t) : 0;
    }

    private sealed record State(double[] Coefficients, double[] Residuals)
    {
        internal double Scale { get; init; }

        internal int Iterations { get; init; }

        internal bool Converged { get; init; }
    }
}
