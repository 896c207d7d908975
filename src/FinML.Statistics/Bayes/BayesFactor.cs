namespace FinML.Statistics;

/// <summary>
/// How much more probable the data are under an alternative than under a null: BF10 = p(data | H1) / p(data | H0). Kept
/// as its logarithm, so that overwhelming evidence is still a number. It says nothing about either hypothesis alone,
/// and depends on the prior under H1: see <see cref="PriorSensitivity"/>.
/// </summary>
public sealed record BayesFactor
{
    /// <summary>Natural logarithm of BF10: above 0 the data speak for the alternative.</summary>
    public required double Log { get; init; }

    /// <summary>The alternative, H1, with its prior.</summary>
    public required string Alternative { get; init; }

    /// <summary>The null, H0.</summary>
    public required string Null { get; init; }

    /// <summary>Who proposed it.</summary>
    public required string Method { get; init; }

    /// <summary>The quadrature's estimate of the relative error of BF10; 0 for a closed form.</summary>
    public double RelativeError { get; init; }

    /// <summary>BF10; infinite where it is above 1.8e308, 0 where it is below 5e-324 (then use <see cref="Log"/>).
    /// </summary>
    public double Value => Math.Exp(Log);

    /// <summary>BF01 = 1 / BF10.</summary>
    public double OfNull => Math.Exp(-Log);

    /// <summary>Decimal logarithm of BF10.</summary>
    public double Log10 => Log / Math.Log(10);

    /// <summary>P(H1 | data), where one of the two hypotheses is true.</summary>
    /// <param name="prior">P(H1) before the data; between 0 and 1.</param>
    public double PosteriorProbability(double prior = 0.5)
    {
        Guard.Between(prior, 0, 1, nameof(prior));
        return 1 / (1 + Math.Exp(-(Log + Math.Log(prior) - Math.Log(1 - prior))));
    }

    /// <summary>BF of this alternative against another that was held to the same null on the same data.</summary>
    /// <exception cref="ArgumentException">The nulls differ.</exception>
    public BayesFactor Against(BayesFactor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Null != Null)
            throw new ArgumentException(
                $"The nulls are '{Null}' and '{other.Null}'; the ratio of two Bayes factors needs the same null.",
                nameof(other));
        return this with
        {
            Log = Log - other.Log,
            Null = other.Alternative,
            RelativeError = RelativeError + other.RelativeError,
        };
    }

    /// <summary>The strength of the evidence in the words of a scale, and for which hypothesis it is.</summary>
    /// <param name="scale">Jeffreys' by default.</param>
    public string InWords(EvidenceScale? scale = null)
    {
        string words = (scale ?? EvidenceScale.Jeffreys).Grade(Log).Words;
        return $"{words} evidence for {(Log >= 0 ? Alternative : Null)}";
    }
}
