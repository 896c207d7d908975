namespace FinML.Statistics;

/// <summary>
/// The prior of the Bayesian sign and signed-rank tests: one imagined data set with a weight, for which the result is
/// known (Benavoli et al. 2014).
/// </summary>
/// <param name="Outcome">The result on the imagined data set.</param>
/// <param name="Strength">Its weight, that of a real data set being 1; above 0.</param>
public sealed record PseudoObservation(PseudoOutcome Outcome, double Strength)
{
    /// <summary>A prior that the models are equal, of weight 1/2: the default of the signed-rank test.</summary>
    public static PseudoObservation Half { get; } = new(PseudoOutcome.Equivalent, 0.5);

    /// <summary>A prior that the models are equal, of weight 1: the default of the sign test.</summary>
    public static PseudoObservation One { get; } = new(PseudoOutcome.Equivalent, 1);
}
