using System.Globalization;

namespace FinML.Statistics;

/// <summary>The checks at every public door: each says in one sentence what came and what is needed.</summary>
internal static class Guard
{
    /// <summary>
    /// Throws unless there are at least <paramref name="minimum"/> values and all of them are finite.
    /// </summary>
    internal static void Series(ReadOnlySpan<double> values, int minimum, string name)
    {
        if (values.Length < minimum)
            throw new ArgumentException(
                $"{name} has {values.Length} value{(values.Length == 1 ? "" : "s")}; at least {minimum} are " +
                $"needed.", name);
        Finite(values, name);
    }

    internal static void Finite(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new ArgumentException(
                    $"{name} is {Text(values[i])} at index {i}; every value must be finite.", name);
        }
    }

    internal static void SameLength(ReadOnlySpan<double> a, ReadOnlySpan<double> b, string nameA, string nameB)
    {
        if (a.Length != b.Length)
            throw new ArgumentException(
                $"{nameA} has {a.Length} values and {nameB} has {b.Length}; they must be aligned, one for one.", nameB);
    }

    /// <summary>
    /// Throws where the values differ by no more than rounding: a ratio to their spread has no meaning.
    /// </summary>
    internal static void NotConstant(ReadOnlySpan<double> values, string name)
    {
        if (IsConstant(values))
            throw new ArgumentException(
                $"{name} is constant at {Text(values[0])} over {values.Length} values; its standard deviation " +
                $"must be above 0.",
                name);
    }

    internal static bool IsConstant(ReadOnlySpan<double> values)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (double value in values)
        {
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }

        // A few units in the last place: what subtracting a constant rate leaves behind.
        return maximum - minimum <= 8 * 2.2e-16 * Math.Max(Math.Abs(minimum), Math.Abs(maximum));
    }

    /// <summary>Throws unless lower &lt; value &lt; upper.</summary>
    internal static void Between(double value, double lower, double upper, string name)
    {
        if (!(value > lower && value < upper))
            throw new ArgumentOutOfRangeException(
                name, $"{name} is {Text(value)}; it must lie between {Text(lower)} and {Text(upper)}, both excluded.");
    }

    /// <summary>Weights over their sum; throws unless they are 0 or more, finite, and one of them is above 0.
    /// </summary>
    internal static double[] Probabilities(ReadOnlySpan<double> weights, string name)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || double.IsInfinity(weights[i]))
                throw new ArgumentException(
                    $"{name} is {Text(weights[i])} at index {i}; every weight must be 0 or more and finite.", name);
            sum += weights[i];
        }

        if (!(sum > 0) || double.IsInfinity(sum))
            throw new ArgumentException(
                $"The {weights.Length} weights of {name} have the sum {Text(sum)}; it must be above 0 and finite.",
                name);
        double[] probabilities = weights.ToArray();
        for (int i = 0; i < probabilities.Length; i++)
            probabilities[i] /= sum;
        return probabilities;
    }

    internal static void Finite(double value, string name)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, $"{name} is {Text(value)}; it must be finite.");
    }

    internal static void Positive(double value, string name)
    {
        if (!(value > 0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, $"{name} is {Text(value)}; it must be above 0 and finite.");
    }

    internal static void NotNegative(double value, string name)
    {
        if (!(value >= 0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, $"{name} is {Text(value)}; it must be 0 or more and finite.");
    }

    internal static void AtLeast(long value, long minimum, string name)
    {
        if (value < minimum)
            throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must be {minimum} or more.");
    }

    internal static void InRange(long value, long minimum, long maximum, string name)
    {
        if (value < minimum || value > maximum)
            throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must be from {minimum} to {maximum}.");
    }

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
