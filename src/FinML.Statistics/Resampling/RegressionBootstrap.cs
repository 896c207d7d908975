using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// A coefficient of a linear regression by resampling its residuals on fixed regressors, studentised. The wild
/// bootstrap (Wu 1986, Liu 1988) keeps each residual at its place and changes its sign or size at random: for errors
/// that are independent with variances that differ, where robust t-tests reject too often in small samples. The
/// residual bootstrap (Freedman 1981) draws residuals anew: for errors that are independent with the same distribution.
/// Neither is for errors that depend on each other: resample the rows in blocks for those. A mean is the regression on
/// <see cref="DesignMatrix.Intercept"/>.
/// </summary>
/// <remarks>
/// The test imposes the null on the residuals that it resamples (Davidson and Flachaire 2008); the interval resamples
/// those of the full fit. Residuals are divided by sqrt(1 - leverage) first. Test and interval need not agree to the
/// last digit where p is near the level.
/// </remarks>
public sealed record RegressionBootstrap
{
    /// <summary>Name of the coefficient.</summary>
    public required string Coefficient { get; init; }

    /// <summary>Least-squares estimate.</summary>
    public required double Estimate { get; init; }

    /// <summary>HC1 for the wild, the classical one for the residual bootstrap.</summary>
    public required double StandardError { get; init; }

    /// <summary>Lower end of the interval, estimate - se * (upper quantile of t*).</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end.</summary>
    public required double Upper { get; init; }

    /// <summary>Nominal coverage.</summary>
    public required double Level { get; init; }

    /// <summary>The coefficient under the null.</summary>
    public required double NullValue { get; init; }

    /// <summary>Two-sided, (b + 1) / (B + 1).</summary>
    public required double PValue { get; init; }

    /// <summary>Standard error of the p-value from the finite number of replicates.</summary>
    public required double MonteCarloError { get; init; }

    /// <summary>What was resampled, in words.</summary>
    public required string Scheme { get; init; }

    /// <summary>B.</summary>
    public required int Replicates { get; init; }

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Errors of unequal variance.</summary>
    /// <param name="y">Response.</param>
    /// <param name="x">Regressors.</param>
    /// <param name="coefficient">The name of a column of <paramref name="x"/>.</param>
    /// <param name="nullValue">The coefficient under the null.</param>
    /// <param name="weights">The random factors.</param>
    /// <param name="options">Replicates, level, seed, threads.</param>
    public static RegressionBootstrap Wild(
        ReadOnlySpan<double> y,
        DesignMatrix x,
        string coefficient,
        double nullValue = 0,
        WildWeights weights = WildWeights.Rademacher,
        BootstrapOptions? options = null)
    {
        if (!Enum.IsDefined(weights))
            throw new ArgumentOutOfRangeException(
                nameof(weights), $"weights is {(int)weights}; it must be a named one.");
        return Run(y, x, coefficient, nullValue, Draw, robust: true, $"wild bootstrap, {weights} weights", options);

        void Draw(double[] residuals, double[] errors, ulong seed, int replicate) =>
            Fill(errors, seed, replicate, (i, word) => residuals[i] * Factor(weights, word));
    }

    /// <summary>Errors of one distribution.</summary>
    /// <inheritdoc cref="Wild" path="/param"/>
    public static RegressionBootstrap Residual(
        ReadOnlySpan<double> y,
        DesignMatrix x,
        string coefficient,
        double nullValue = 0,
        BootstrapOptions? options = null) =>
        Run(y, x, coefficient, nullValue, DrawAnew, robust: false, "residual bootstrap", options);

    private static RegressionBootstrap Run(
        ReadOnlySpan<double> y,
        DesignMatrix x,
        string name,
        double nullValue,
        Action<double[], double[], ulong, int> draw,
        bool robust,
        string scheme,
        BootstrapOptions? options)
    {
        options ??= new BootstrapOptions();
        options.Validate();
        Guard.Finite(nullValue, nameof(nullValue));
        ArgumentNullException.ThrowIfNull(x);
        LinearRegression fit = LinearRegression.Fit(y, x); // checks y and x
        var slope = new LinearCoefficient(x, x.IndexOf(name), fit.InverseGram, robust);
        double estimate = fit.Coefficients[slope.Column];
        double error = slope.Error([.. fit.Residuals]);
        if (!(error > 0))
            throw new ArgumentException(
                $"The standard error of the coefficient of '{name}' is {Guard.Text(error)}; there must be residuals " +
                "to resample.", nameof(y));

        // Under the null: y less its part, on the other columns.
        double[] rest = y.ToArray();
        for (int i = 0; i < rest.Length; i++)
            rest[i] -= nullValue * x.Column(slope.Column)[i];
        double[] full = slope.Adjusted(fit.Residuals, x.Columns), restricted = slope.Restricted(rest, x);
        double[] ratios = Ratios(full, options, slope, draw), underNull = Ratios(restricted, options, slope, draw);
        double p = BootstrapTest.PValueOf((estimate - nullValue) / error, underNull, Alternative.TwoSided);
        Array.Sort(ratios);
        double tail = (1 - options.Level) / 2;
        return new RegressionBootstrap
        {
            Coefficient = name,
            Estimate = estimate,
            StandardError = error,
            Lower = estimate - error * Quantile.Type7Sorted(ratios, 1 - tail),
            Upper = estimate - error * Quantile.Type7Sorted(ratios, tail),
            Level = options.Level,
            NullValue = nullValue,
            PValue = p,
            MonteCarloError = BootstrapTest.MonteCarloErrorOf(p, options.Replicates),
            Scheme = scheme,
            Replicates = options.Replicates,
            Seed = options.Seed,
        };
    }

    /// <summary>t* = (coefficient* - its value in the resampled model) / error*.</summary>
    private static double[] Ratios(
        double[] residuals,
        BootstrapOptions options,
        LinearCoefficient slope,
        Action<double[], double[], ulong, int> draw)
    {
        var ratios = new double[options.Replicates];
        ReplicateLoop.Run(options, "regression", () => new double[residuals.Length], (errors, replicate) =>
        {
            draw(residuals, errors, options.Seed, replicate);
            (double change, double error) = slope.Of(errors);
            ratios[replicate] = change / error;
        });
        ReplicateLoop.RequireFinite(ratios, "t-statistic", residuals.Length);
        return ratios;
    }

    /// <summary>A random factor from one word of the generator.</summary>
    internal static double Factor(WildWeights weights, uint word)
    {
        if (weights == WildWeights.Rademacher)
            return (word & 1) == 0 ? 1 : -1;
        double root = Math.Sqrt(5), share = (root + 1) / (2 * root);
        return word < share * 4294967296.0 ? (1 - root) / 2 : (1 + root) / 2;
    }

    private static void DrawAnew(double[] residuals, double[] errors, ulong seed, int replicate)
    {
        double mean = residuals.Average();
        Fill(errors, seed, replicate, (_, word) => residuals[(int)((word * (ulong)residuals.Length) >> 32)] - mean);
    }

    /// <summary>One word of the generator for each observation.</summary>
    private static void Fill(double[] errors, ulong seed, int replicate, Func<int, uint, double> error)
    {
        for (int i = 0; i < errors.Length; i += 4)
        {
            (uint a, uint b, uint c, uint d) = Philox4x32.Block((ulong)(i / 4), (ulong)replicate, seed);
            ReadOnlySpan<uint> words = [a, b, c, d];
            for (int k = 0; k < 4 && i + k < errors.Length; k++)
                errors[i + k] = error(i + k, words[k]);
        }
    }
}
