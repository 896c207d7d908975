namespace FinML.Statistics;

/// <summary>
/// Posterior probabilities that the first of two models is better, that the two are practically equivalent (their
/// difference lies in the region of practical equivalence, the ROPE), and that the second is better. They add up to 1.
/// </summary>
/// <param name="FirstBetter">P(first better by more than the ROPE).</param>
/// <param name="Equivalent">P(difference within the ROPE); 0 where the ROPE is 0.</param>
/// <param name="SecondBetter">P(second better by more than the ROPE).</param>
/// <param name="Rope">Half-width of the region, in the unit of the scores.</param>
public sealed record PracticalEquivalence(
    double FirstBetter, double Equivalent, double SecondBetter, double Rope)
{
    /// <summary>What the probabilities are enough to conclude.</summary>
    /// <param name="level">The posterior probability that is asked for, from 0.5 to below 1.</param>
    public EquivalenceDecision Decide(double level = 0.95)
    {
        if (!(level >= 0.5 && level < 1))
            throw new ArgumentOutOfRangeException(
                nameof(level), $"level is {Guard.Text(level)}; it must be from 0.5 to below 1.");
        return FirstBetter > level ? EquivalenceDecision.FirstBetter
            : SecondBetter > level ? EquivalenceDecision.SecondBetter
            : Equivalent > level ? EquivalenceDecision.Equivalent
            : EquivalenceDecision.Undecided;
    }
}
