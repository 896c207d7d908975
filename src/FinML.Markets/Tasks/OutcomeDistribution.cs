using FinML.Data;

namespace FinML.Markets;

/// <summary>A random number with finitely many values, and its exact risk figures.</summary>
public sealed class OutcomeDistribution
{
    private readonly (double Value, double Probability)[] outcomes; // values ascending and distinct

    /// <exception cref="ArgumentException">No outcome, a value that is not finite, a probability outside 0 to 1, or
    /// probabilities that do not sum to 1.</exception>
    public OutcomeDistribution(params ReadOnlySpan<(double Value, double Probability)> outcomes)
    {
        if (outcomes.Length == 0)
            throw new ArgumentException("A distribution needs at least one outcome.", nameof(outcomes));
        double total = 0;
        foreach ((double value, double probability) in outcomes)
        {
            Require.Finite(value, "An outcome");
            Require.InRange(probability, 0, 1, $"The probability of {value}");
            total += probability;
        }

        if (Math.Abs(total - 1) > 1e-12)
            throw new ArgumentException($"The probabilities sum to {total}, not to 1.", nameof(outcomes));
        this.outcomes = [.. outcomes.ToArray().GroupBy(outcome => outcome.Value)
            .Select(group => (group.Key, group.Sum(outcome => outcome.Probability))).OrderBy(o => o.Key)];
    }

    /// <summary>The values, ascending, with their probabilities.</summary>
    public IReadOnlyList<(double Value, double Probability)> Outcomes => outcomes;

    public double Mean => outcomes.Sum(outcome => outcome.Value * outcome.Probability);

    /// <summary>
    /// The conditional value at risk of a reward: the mean of its worst part of probability
    /// <paramref name="level"/>, an outcome on the border counted in part. Rockafellar and Uryasev (2000):
    /// max over b of b - E[(b - Z)⁺] / level.
    /// </summary>
    /// <param name="level">Above 0 to 1; 1 is the mean.</param>
    public double Cvar(double level)
    {
        Require.InRange(level, double.Epsilon, 1, nameof(level));
        double left = level, sum = 0;
        foreach ((double value, double probability) in outcomes)
        {
            double taken = Math.Min(left, probability);
            sum += taken * value;
            left -= taken;
        }

        return sum / (level - left); // left is 0 but for rounding
    }

    /// <summary>The distribution of this number plus an independent one.</summary>
    public OutcomeDistribution Plus(OutcomeDistribution other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new([.. outcomes.SelectMany(
            a => other.outcomes, (a, b) => (a.Value + b.Value, a.Probability * b.Probability))]);
    }

    /// <summary>This number with a probability, else the other one.</summary>
    public OutcomeDistribution Or(OutcomeDistribution other, double probability)
    {
        ArgumentNullException.ThrowIfNull(other);
        Require.InRange(probability, 0, 1, nameof(probability));
        return new([.. outcomes.Select(o => (o.Value, o.Probability * probability)),
            .. other.outcomes.Select(o => (o.Value, o.Probability * (1 - probability)))]);
    }

    /// <summary>Draws a value.</summary>
    public double Draw(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double left = random.NextDouble();
        foreach ((double value, double probability) in outcomes)
        {
            left -= probability;
            if (left < 0)
                return value;
        }

        return outcomes[^1].Value;
    }
}
