namespace FinML.Statistics;

/// <summary>
/// The lasso (Tibshirani 1996) on standardised features, intercept not penalised. The penalty is one of two: the
/// rigorous, data-driven one of Belloni, Chen, Chernozhukov and Hansen (2012), which holds under unequal variances and
/// needs no second sample, c = 1.1 and gamma = 0.1 / ln(n) as in R's hdm, followed by least squares on the features
/// that it kept; or the one of least cross-validated error on a path of 100 penalties, as in R's glmnet.
/// </summary>
public sealed class LassoLearner : ILearner
{
    private const int Updates = 15, PathLength = 100;
    private readonly int _folds;

    private LassoLearner(int folds) => _folds = folds;

    /// <summary>With the rigorous penalty, and least squares after.</summary>
    public static LassoLearner Rigorous { get; } = new(0);

    /// <inheritdoc/>
    public string Name => _folds == 0 ? "lasso, rigorous penalty, then least squares" : $"lasso, {_folds}-fold penalty";

    /// <summary>With the cross-validated penalty.</summary>
    /// <param name="folds">2 or more.</param>
    public static LassoLearner CrossValidated(int folds = 10)
    {
        Guard.AtLeast(folds, 2, nameof(folds));
        return new LassoLearner(folds);
    }

    /// <inheritdoc/>
    public IFittedLearner Fit(DesignMatrix features, ReadOnlySpan<double> target, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(features);
        LinearRegression.CheckResponse(target, DesignMatrix.Intercept(features.Rows));
        return _folds == 0
            ? FitRigorous(features, target.ToArray())
            : FitCrossValidated(features, target.ToArray(), seed);
    }

    /// <summary>The lasso at one penalty on standardised features.</summary>
    internal static LinearPrediction At(DesignMatrix features, double[] target, double penalty)
    {
        (StandardisedColumns x, double mean, double[] y) = Centre(features, target);
        double[] slopes = new double[features.Columns], penalties = new double[features.Columns];
        Array.Fill(penalties, penalty);
        new CoordinateDescent(x.Columns, y).Solve(slopes, penalties);
        return x.Prediction(mean, slopes);
    }

    /// <summary>l_j = c Phi^-1(1 - gamma / (2 p)) sqrt(mean(x_j^2 e^2) / n), the residuals e by iteration.</summary>
    private static LinearPrediction FitRigorous(DesignMatrix features, double[] target)
    {
        (StandardisedColumns x, double mean, double[] y) = Centre(features, target);
        int n = y.Length, p = features.Columns;
        double level = 1.1 * StandardNormal.Quantile(1 - 0.1 / Math.Log(Math.Max(n, 3)) / (2 * p)) / Math.Sqrt(n);
        var descent = new CoordinateDescent(x.Columns, y);
        double[] residuals = y, slopes = new double[p], penalties = new double[p];
        for (int update = 0; update < Updates; update++)
        {
            double[] before = (double[])penalties.Clone();
            for (int j = 0; j < p; j++)
                penalties[j] = level * Math.Sqrt(x.Columns[j].Zip(residuals, (a, e) => a * a * e * e).Average());
            Array.Clear(slopes);
            descent.Solve(slopes, penalties);
            slopes = AfterSelection(x, features.Names, y, slopes);
            residuals = Residuals(x, y, slopes);
            if (before.Zip(penalties, (a, b) => Math.Abs(a - b)).Max() <= 1e-6 * penalties.Max())
                break;
        }

        return x.Prediction(mean, slopes);
    }

    /// <summary>Least squares on the features that have a coefficient.</summary>
    private static double[] AfterSelection(
        StandardisedColumns x, IReadOnlyList<string> names, double[] y, double[] slopes)
    {
        int[] kept = [.. Enumerable.Range(0, slopes.Length).Where(j => slopes[j] != 0)];
        if (kept.Length == 0 || kept.Length >= y.Length)
            return slopes;
        HouseholderQr qr = HouseholderQr.Of(
            [.. kept.SelectMany(j => x.Columns[j])], y.Length, [.. kept.Select(j => names[j])]);
        double[] refitted = new double[slopes.Length], b = qr.Solve(y).Coefficients;
        for (int j = 0; j < kept.Length; j++)
            refitted[kept[j]] = b[j];
        return refitted;
    }

    private LinearPrediction FitCrossValidated(DesignMatrix features, double[] target, ulong seed)
    {
        (StandardisedColumns x, double mean, double[] y) = Centre(features, target);
        int p = features.Columns;
        var descent = new CoordinateDescent(x.Columns, y);
        double largest = descent.LargestPenalty, ratio = target.Length > p ? 1e-4 : 1e-2;
        double[] path = [.. Enumerable.Range(0, PathLength)
            .Select(k => largest * Math.Pow(ratio, k / (PathLength - 1.0)))];
        var errors = new double[PathLength];
        int[] fold = FoldAssignment.Random(target.Length, _folds, seed, 0);
        for (int f = 0; f < _folds; f++)
        {
            (int[] inside, int[] outside) = FoldAssignment.Split(fold, f);
            DesignMatrix train = features.SelectRows(inside), test = features.SelectRows(outside);
            (StandardisedColumns xf, double meanF, double[] yf) =
                Centre(train, Array.ConvertAll(inside, row => target[row]));
            var onFold = new CoordinateDescent(xf.Columns, yf);
            var slopesF = new double[p];
            for (int k = 0; k < PathLength; k++)
            {
                onFold.Solve(slopesF, Repeated(path[k], p), 1e-7);
                double[] predicted = xf.Prediction(meanF, slopesF).Predict(test);
                errors[k] += outside.Select((row, i) => Math.Pow(target[row] - predicted[i], 2)).Sum();
            }
        }

        int best = Array.IndexOf(errors, errors.Min());
        var slopes = new double[p];
        for (int k = 0; k <= best; k++)
            descent.Solve(slopes, Repeated(path[k], p), k == best ? 1e-10 : 1e-7);
        return x.Prediction(mean, slopes);
    }

    private static (StandardisedColumns X, double Mean, double[] Y) Centre(DesignMatrix features, double[] target)
    {
        double mean = Moments.Of(target).Mean;
        return (new StandardisedColumns(features), mean, Array.ConvertAll(target, value => value - mean));
    }

    private static double[] Residuals(StandardisedColumns x, double[] y, double[] slopes)
    {
        var residuals = (double[])y.Clone();
        for (int j = 0; j < slopes.Length; j++)
        {
            for (int i = 0; i < residuals.Length && slopes[j] != 0; i++)
                residuals[i] -= slopes[j] * x.Columns[j][i];
        }

        return residuals;
    }

    private static double[] Repeated(double value, int count)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
