using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>
/// Prior over the subsets of p predictors. It decides how many predictors are expected: a uniform prior over models
/// expects p / 2 of them, however many there are, and so does not correct for their number; the beta-binomial does
/// (Scott and Berger 2010, "Bayes and empirical-Bayes multiplicity adjustment").
/// </summary>
public sealed class ModelPrior
{
    private readonly Func<int, int, double> _log;

    private ModelPrior(string name, Func<int, int, double> log) => (Name, _log) = (name, log);

    /// <summary>Every subset alike.</summary>
    public static ModelPrior Uniform { get; } = new("uniform", (_, all) => -all * Math.Log(2));

    /// <summary>Every number of predictors alike, beta-binomial(1, 1): corrects for multiplicity.</summary>
    public static ModelPrior UniformSize { get; } = BetaBinomial(1, 1);

    /// <summary>Name with the parameters.</summary>
    public string Name { get; }

    /// <summary>Each predictor is in with a probability that is itself beta(a, b).</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0; b = p favours small models.</param>
    public static ModelPrior BetaBinomial(double a, double b)
    {
        Guard.Positive(a, nameof(a));
        Guard.Positive(b, nameof(b));
        return new ModelPrior(
            $"beta-binomial({Guard.Text(a)}, {Guard.Text(b)})",
            (size, all) => SpecialFunctions.BetaLn(a + size, b + all - size) - SpecialFunctions.BetaLn(a, b));
    }

    /// <summary>Each predictor is in with the same probability.</summary>
    /// <param name="inclusion">Above 0 and below 1.</param>
    public static ModelPrior Bernoulli(double inclusion)
    {
        Guard.Between(inclusion, 0, 1, nameof(inclusion));
        return new ModelPrior(
            $"Bernoulli({Guard.Text(inclusion)})",
            (size, all) => size * Math.Log(inclusion) + (all - size) * Math.Log(1 - inclusion));
    }

    /// <summary>Log of the probability of one subset of the given size.</summary>
    internal double Log(int size, int candidates) => _log(size, candidates);
}
