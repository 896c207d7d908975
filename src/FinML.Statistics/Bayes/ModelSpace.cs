using System.Numerics;

namespace FinML.Statistics;

/// <summary>The subsets of some predictors of y, a bit each, with their evidence.</summary>
internal sealed class ModelSpace(SubsetRegression regression, int count, int candidates, ModelAverageOptions options)
{
    internal int Candidates => candidates;

    internal int Count => count;

    internal SubsetRegression Regression => regression;

    /// <summary>Log of prior times evidence, relative to the evidence of the intercept alone; -infinity where the model
    /// has too many predictors, or dependent ones.</summary>
    internal double LogPosterior(ulong model)
    {
        int size = BitOperations.PopCount(model);
        return LogBayesFactor(model).Log + options.ModelPrior.Log(size, candidates);
    }

    /// <summary>Log BF against the intercept alone, and 1 - R^2.</summary>
    internal (double Log, double Unexplained) LogBayesFactor(ulong model)
    {
        int size = BitOperations.PopCount(model);
        if (size == 0)
            return (0, 1);
        if (size > count - 2)
            return (double.NegativeInfinity, double.NaN);
        double unexplained = regression.Unexplained(Members(model));
        return double.IsNaN(unexplained)
            ? (double.NegativeInfinity, unexplained)
            : (options.Prior.LogBayesFactor(count, size, unexplained).Log, unexplained);
    }

    /// <summary>Adds the posterior mean and mean square of the slopes of one model, times a weight.</summary>
    internal void AddSlopes(ulong model, double weight, double[] means, double[] squares)
    {
        int[] members = Members(model);
        if (members.Length == 0)
            return;
        (double[] slopes, double[] inverse, double unexplained) = regression.Fit(members);
        Shrinkage shrinkage = options.Prior.Shrink(count, members.Length, unexplained);
        double total = regression.LengthY * regression.LengthY;
        for (int i = 0; i < members.Length; i++)
        {
            double mean = shrinkage.Mean * slopes[i];
            double variance = shrinkage.Residual * total * inverse[i] + shrinkage.Variance * slopes[i] * slopes[i];
            means[members[i]] += weight * mean;
            squares[members[i]] += weight * (variance + mean * mean);
        }
    }

    internal static int[] Members(ulong model)
    {
        var members = new int[BitOperations.PopCount(model)];
        for (int k = 0; k < members.Length; k++, model &= model - 1)
            members[k] = BitOperations.TrailingZeroCount(model);
        return members;
    }
}
