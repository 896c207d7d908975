using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace FinML.Statistics;

/// <summary>
/// The importance V of predictors: that whose nearest mixture in the V-weighted predictors has the smallest squared gap
/// in the outcomes before the treatment. Predictors are divided by their standard deviation over all units. Nelder and
/// Mead from equal importance and from the importance of a regression of the outcomes on the predictors, each restarted
/// at its end; not convex, so the best of them is kept.
/// </summary>
internal sealed class PredictorImportance
{
    private readonly double[][] _donorPredictors, _donorOutcomes; // (donors, predictors), (donors, periods)
    private readonly double[] _predictors, _outcomes;
    private readonly SyntheticControlOptions _options;

    internal PredictorImportance(DonorPanel panel, int unit, int[] donors, SyntheticControlOptions options)
    {
        _options = options;
        int[] units = [unit, .. donors];
        double[] scales = Array.ConvertAll(
            panel.Predictors, p => Moments.Of(Array.ConvertAll(units, u => p[u])).StandardDeviation(1));
        _predictors = Scaled(unit);
        _donorPredictors = Array.ConvertAll(donors, Scaled);
        _outcomes = panel.Outcomes[unit][options.FitFrom..options.FitTo];
        _donorOutcomes = Array.ConvertAll(donors, d => panel.Outcomes[d][options.FitFrom..options.FitTo]);
        if (options.Importance.Count != 0 && options.Importance.Count != panel.Predictors.Length)
            throw new ArgumentException(
                $"Importance has {options.Importance.Count} values and there are {panel.Predictors.Length} predictors; "
                + "there must be one for each.", nameof(options));
        foreach (double importance in options.Importance)
            Guard.NotNegative(importance, nameof(options.Importance));

        double[] Scaled(int u) => [.. panel.Predictors.Select((p, k) => p[u] / scales[k])];
    }

    /// <summary>The importance, which sums to 1.</summary>
    internal double[] Find()
    {
        if (_options.Importance.Count > 0)
            return Normalise(Vector<double>.Build.DenseOfEnumerable(_options.Importance));
        int k = _predictors.Length;
        double[][] starts = [Enumerable.Repeat(1.0 / k, k).ToArray(), FromRegression()];
        double[] best = starts[0];
        double least = Loss(best);
        foreach (double[] start in starts)
        {
            double[] found = Search(Search(start));
            double loss = Loss(found);
            if (loss < least)
                (best, least) = (found, loss);
        }

        return best;
    }

    /// <summary>The donors' weights at an importance.</summary>
    internal double[] Weights(double[] importance)
    {
        double[] roots = Array.ConvertAll(importance, Math.Sqrt);
        return NearestMixture.Weights(Array.ConvertAll(_donorPredictors, Weighted), Weighted(_predictors));

        double[] Weighted(double[] x) => [.. x.Zip(roots, (a, b) => a * b)];
    }

    private double Loss(double[] importance)
    {
        double[] weights = Weights(importance);
        double loss = 0;
        for (int t = 0; t < _outcomes.Length; t++)
        {
            double gap = _outcomes[t];
            for (int d = 0; d < weights.Length; d++)
                gap -= weights[d] * _donorOutcomes[d][t];
            loss += gap * gap;
        }

        return loss / _outcomes.Length;
    }

    private double[] Search(double[] start)
    {
        var objective = ObjectiveFunction.Value(v => Loss(Normalise(v)));
        try
        {
            var minimum = new NelderMeadSimplex(1e-10 * Math.Max(Loss(start), double.Epsilon), _options.MaximumSteps)
                .FindMinimum(objective, Vector<double>.Build.Dense(start));
            return Normalise(minimum.MinimizingPoint);
        }
        catch (MaximumIterationsException)
        {
            return start; // no better than its start is known; the other start may be
        }
    }

    /// <summary>Mean squared coefficients of the outcomes of each period on the predictors over all units.</summary>
    private double[] FromRegression()
    {
        double[][] rows = [_predictors, .. _donorPredictors];
        Matrix<double> x = Matrix<double>.Build.Dense(
            rows.Length, _predictors.Length + 1, (i, j) => j == 0 ? 1 : rows[i][j - 1]);
        Matrix<double> y = Matrix<double>.Build.Dense(
            rows.Length, _outcomes.Length, (i, t) => i == 0 ? _outcomes[t] : _donorOutcomes[i - 1][t]);
        Matrix<double> b = x.Svd().Solve(y);
        return Normalise(Vector<double>.Build.Dense(_predictors.Length, k => b.Row(k + 1).DotProduct(b.Row(k + 1))));
    }

    private static double[] Normalise(Vector<double> v)
    {
        double[] positive = [.. v.Select(Math.Abs)];
        double sum = positive.Sum();
        return sum > 0
            ? Array.ConvertAll(positive, p => p / sum)
            : Enumerable.Repeat(1.0 / positive.Length, positive.Length).ToArray();
    }
}
