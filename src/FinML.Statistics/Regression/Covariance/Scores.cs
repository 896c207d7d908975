namespace FinML.Statistics;

/// <summary>
/// The estimating functions of a fitted model, one row for each observation: x_t e_t for a regression, z_t e_t for
/// instruments, d_t - mean(d) for the mean of a series. They are used as they come: where their mean is not 0 by the
/// fit, take it off first. <see cref="CovarianceEstimator.Of(Scores)"/> turns them into their covariance.
/// </summary>
internal sealed class Scores
{
    private Func<double[]>? _leverages;

    private Scores(double[] values, int columns)
    {
        Values = values;
        Columns = columns;
        Rows = values.Length / columns;
        Parameters = columns;
    }

    /// <summary>Row-major.</summary>
    internal double[] Values { get; }

    internal int Rows { get; }

    internal int Columns { get; }

    /// <summary>Estimated parameters k of the factors n / (n - k).</summary>
    internal int Parameters { get; init; }

    /// <summary>The column of a regression's intercept, which the automatic bandwidths leave out; or -1.</summary>
    internal int InterceptColumn { get; init; } = -1;

    /// <summary>Row-major, (n, k); null where the scores are not regressors times residuals.</summary>
    internal double[]? Regressors { get; private init; }

    internal double[]? Residuals { get; private init; }

    /// <summary>Any scores; row-major, (n, columns).</summary>
    internal static Scores Of(double[] values, int columns) => new(values, columns);

    /// <summary>A single series, centred by the caller.</summary>
    internal static Scores Of(double[] values) => new(values, 1);

    /// <summary>Regressors times residuals. <paramref name="regressors"/> are column-major, as in a
    /// <see cref="DesignMatrix"/> (of a two-stage fit: the projected ones).</summary>
    internal static Scores OfRegression(
        double[] regressors,
        double[] residuals,
        Func<double[]>? leverages = null,
        int interceptColumn = -1,
        int? parameters = null)
    {
        int n = residuals.Length, k = regressors.Length / n;
        double[] rows = new double[n * k], scores = new double[n * k];
        for (int j = 0; j < k; j++)
        {
            for (int i = 0; i < n; i++)
            {
                rows[i * k + j] = regressors[j * n + i];
                scores[i * k + j] = rows[i * k + j] * residuals[i];
            }
        }

        return new Scores(scores, k)
        {
            Parameters = parameters ?? k,
            Regressors = rows,
            Residuals = residuals,
            InterceptColumn = interceptColumn,
            _leverages = leverages,
        };
    }

    /// <summary>The weight of each observation in its own fit.</summary>
    /// <exception cref="InvalidOperationException">These scores have none.</exception>
    internal double[] Leverages(string estimator) => _leverages?.Invoke()
        ?? throw new InvalidOperationException($"{estimator} needs the leverages of a least-squares fit.");

    internal ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * Columns, Columns);
}
