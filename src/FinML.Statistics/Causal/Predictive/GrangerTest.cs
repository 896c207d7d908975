using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Test of Granger (1969) that the lags of some series do not help to predict others, given the lags of all series of a
/// vector autoregression. The Wald statistic is tr(S^-1 B' M^-1 B), B the tested coefficients, S the residual
/// covariance of the predicted equations and M their block of (X'X)^-1; divided by its number of restrictions it is
/// referred to F (Luetkepohl 2005, section 3.6). With one predicted series it is the textbook F test of nested
/// regressions. A rejection says that one series precedes another with information about it: prediction, never an
/// effect.
/// </summary>
public sealed record GrangerTest : ICausalResult
{
    /// <summary>The series whose lags are tested.</summary>
    public required IReadOnlyList<string> Predictors { get; init; }

    /// <summary>The series that they may help to predict.</summary>
    public required IReadOnlyList<string> Predicted { get; init; }

    /// <summary>The series that are conditioned on besides these.</summary>
    public required IReadOnlyList<string> Given { get; init; }

    /// <summary>Lags tested.</summary>
    public required int Lags { get; init; }

    /// <summary>Lags fitted but not tested (Toda and Yamamoto); 0 for the ordinary test.</summary>
    public required int SurplusLags { get; init; }

    /// <summary>Wald statistic over the number of restrictions.</summary>
    public required double F { get; init; }

    /// <summary>Number of restrictions.</summary>
    public required int Restrictions { get; init; }

    /// <summary>Denominator degrees of freedom: those of the equations predicted, together.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>From the F distribution.</summary>
    public required double PValue { get; init; }

    /// <summary>Wald statistic, asymptotically chi-squared.</summary>
    public double Wald => F * Restrictions;

    /// <summary>From the chi-squared distribution: the one that Toda and Yamamoto justify.</summary>
    public required double ChiSquaredPValue { get; init; }

    /// <summary>The model that the test was made in.</summary>
    public required VectorAutoregression Model { get; init; }

    /// <inheritdoc/>
    public CausalClaim Claim => CausalClaim.Prediction;

    /// <inheritdoc/>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>Tests whether one series helps to predict another, given nothing else.</summary>
    /// <param name="predictor">By name, aligned with <paramref name="predicted"/>, oldest value first.</param>
    /// <param name="predicted">By name.</param>
    /// <param name="lags">1 or more; <see cref="LagOrder"/> chooses.</param>
    public static GrangerTest Of((string Name, double[] Values) predictor, (string Name, double[] Values) predicted,
        int lags) =>
        Of(VectorAutoregression.Fit([predicted, predictor], lags), [predictor.Name], [predicted.Name]);

    /// <summary>
    /// Tests in levels, whatever the order of integration or cointegration up to
    /// <paramref name="largestIntegration"/>: fits lags + largestIntegration and tests the first lags (Toda and
    /// Yamamoto 1995). Read <see cref="ChiSquaredPValue"/>.
    /// </summary>
    /// <param name="series">All series, aligned, by name.</param>
    /// <param name="lags">The order of the process, 1 or more.</param>
    /// <param name="largestIntegration">1 where a series may have a unit root, 2 where two.</param>
    /// <param name="predictors">Names.</param>
    /// <param name="predicted">Names.</param>
    public static GrangerTest TodaYamamoto(
        IReadOnlyList<(string Name, double[] Values)> series,
        int lags,
        int largestIntegration,
        IReadOnlyList<string> predictors,
        IReadOnlyList<string> predicted)
    {
        Guard.AtLeast(lags, 1, nameof(lags));
        Guard.AtLeast(largestIntegration, 1, nameof(largestIntegration));
        return Of(VectorAutoregression.Fit(series, lags + largestIntegration), predictors, predicted,
            largestIntegration);
    }

    /// <summary>Tests in a fitted model.</summary>
    /// <param name="model">The model with all series of the information set.</param>
    /// <param name="predictors">Names of the series whose lags are tested.</param>
    /// <param name="predicted">Names of the others.</param>
    /// <param name="surplusLags">The last lags of the model, which are not tested.</param>
    /// <exception cref="ArgumentException">A name that the model does not have, or on both sides.</exception>
    public static GrangerTest Of(
        VectorAutoregression model,
        IReadOnlyList<string> predictors,
        IReadOnlyList<string> predicted,
        int surplusLags = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        Guard.InRange(surplusLags, 0, model.Lags - 1, nameof(surplusLags));
        int[] causes = Indices(model, predictors, nameof(predictors));
        int[] effects = Indices(model, predicted, nameof(predicted));
        if (causes.Intersect(effects).Any())
            throw new ArgumentException(
                $"{model.Names[causes.Intersect(effects).First()]} is among the predictors and the predicted; a " +
                $"series always helps to predict itself.", nameof(predicted));

        int lags = model.Lags - surplusLags, k = model.Names.Count;
        int[] tested = [.. Enumerable.Range(0, lags).SelectMany(
            lag => causes.Select(cause => (int)model.Terms + lag * k + cause))];
        Matrix<double> b = DenseMatrix.Create(
            tested.Length, effects.Length, (row, column) => model.Coefficients[effects[column]][tested[row]]);
        Matrix<double> m = Block(model.GramInverse, tested), s = Block(model.Covariance, effects);
        double wald = s.Solve(b.TransposeThisAndMultiply(m.Solve(b))).Trace();
        int restrictions = tested.Length * effects.Length;
        int freedom = effects.Length == 1
            ? model.Count - model.Parameters
            : k * (model.Count - model.Parameters);
        return new GrangerTest
        {
            Predictors = [.. predictors],
            Predicted = [.. predicted],
            Given = [.. model.Names.Except(predictors).Except(predicted)],
            Lags = lags,
            SurplusLags = surplusLags,
            F = wald / restrictions,
            Restrictions = restrictions,
            DegreesOfFreedom = freedom,
            PValue = Tails.FUpper(wald / restrictions, restrictions, freedom),
            ChiSquaredPValue = Tails.ChiSquaredUpper(wald, restrictions),
            Model = model,
            Assumptions = Assume(model, effects, surplusLags),
        };
    }

    private static int[] Indices(VectorAutoregression model, IReadOnlyList<string> names, string argument)
    {
        ArgumentNullException.ThrowIfNull(names, argument);
        Guard.AtLeast(names.Count, 1, $"The number of {argument}");
        return [.. names.Select(name => model.Names.ToList().IndexOf(name) is var i and >= 0
            ? i
            : throw new ArgumentException(
                $"The model has no series '{name}'; it has {string.Join(", ", model.Names)}.", argument))];
    }

    private static Matrix<double> Block(Matrix<double> matrix, int[] rows) =>
        DenseMatrix.Create(rows.Length, rows.Length, (i, j) => matrix[rows[i], rows[j]]);

    private static Assumption[] Assume(VectorAutoregression model, int[] effects, int surplus)
    {
        bool stable = model.LargestRoot < 1;
        int lags = Math.Min(model.Count / 5, Math.Max(10, 2 * model.Lags));
        string joined = string.Join(", ", model.Names);
        return
        [
            new("information set", $"Nothing outside {joined} drives two of them at different lags."),
            new("stationarity", surplus > 0
                    ? $"No series is integrated of an order above {surplus}."
                    : "The series are stationary: means, variances and dynamics do not change.",
                [new("largest companion root", model.LargestRoot,
                    surplus > 0 ? Bearing.Undecided : stable ? Bearing.Supports : Bearing.Contradicts,
                    surplus > 0
                        ? "A modulus near 1 is what the surplus lags are for."
                        : "The fitted process is stable where the modulus is below 1; near 1 F is off.")]),
            new("lag order", "The residuals are not autocorrelated: the model has enough lags.",
                [.. effects.Where(_ => lags > model.Lags).Select(effect =>
                {
                    LjungBox test = LjungBox.Test([.. model.Residuals[effect]], lags, model.Lags);
                    return Diagnostic.Test($"Ljung-Box of the residuals of {model.Names[effect]}, {lags} lags",
                        test.Statistic, test.PValue, "they are uncorrelated");
                })]),
            new("linearity", "What the past says about the next value is linear in it, with constant variance."),
        ];
    }
}
