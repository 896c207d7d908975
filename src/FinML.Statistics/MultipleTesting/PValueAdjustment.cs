using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>
/// Corrections that need the p-values alone. Each takes p-values of one declared family, in any order, and gives
/// adjusted ones in the same order (Wright 1992, "Adjusted p-values for simultaneous inference").
/// </summary>
public static class PValueAdjustment
{
    private const string Any = "any dependence";
    private const string Positive = "independence or positive dependence (PRDS)";

    /// <summary>m p. The simplest, and the most severe.</summary>
    public static AdjustedPValues Bonferroni(ReadOnlySpan<double> pValues) =>
        Make("Bonferroni", ErrorRate.FamilyWise, Any, pValues, (p, _, m) => m * p, Shape.Single);

    /// <summary>1 - (1 - p)^m.</summary>
    public static AdjustedPValues Sidak(ReadOnlySpan<double> pValues) =>
        Make("Sidak", ErrorRate.FamilyWise, "independence (or positive orthant dependence)", pValues,
            (p, _, m) => PowerComplement(p, m), Shape.Single);

    /// <summary>Holm (1979): Bonferroni step by step, from the smallest on. Never less powerful, never less
    /// general.</summary>
    public static AdjustedPValues Holm(ReadOnlySpan<double> pValues) =>
        Make("Holm", ErrorRate.FamilyWise, Any, pValues, (p, rank, m) => (m - rank + 1) * p, Shape.StepDown);

    /// <summary>Hochberg (1988): Holm's thresholds, from the largest down.</summary>
    public static AdjustedPValues Hochberg(ReadOnlySpan<double> pValues) =>
        Make("Hochberg", ErrorRate.FamilyWise, Positive, pValues, (p, rank, m) => (m - rank + 1) * p, Shape.StepUp);

    /// <summary>Hommel (1988): closed testing with Simes' test; at least as powerful as Hochberg.</summary>
    public static AdjustedPValues Hommel(ReadOnlySpan<double> pValues)
    {
        int[] order = Order(pValues);
        double[] sorted = [.. order.Select(ValueAt(pValues))];
        double[] adjusted = HommelOfSorted(sorted);
        return Result("Hommel", ErrorRate.FamilyWise, Positive, pValues, order, adjusted);
    }

    /// <summary>Benjamini and Hochberg (1995): p m / rank, from the largest down.</summary>
    public static AdjustedPValues BenjaminiHochberg(ReadOnlySpan<double> pValues) =>
        Make("Benjamini-Hochberg", ErrorRate.FalseDiscovery, Positive, pValues, (p, rank, m) => p * m / rank,
            Shape.StepUp);

    /// <summary>Benjamini and Yekutieli (2001): as Benjamini and Hochberg, times 1 + 1/2 + ... + 1/m.</summary>
    public static AdjustedPValues BenjaminiYekutieli(ReadOnlySpan<double> pValues)
    {
        double harmonic = 0;
        for (int i = 1; i <= pValues.Length; i++)
            harmonic += 1.0 / i;
        return Make("Benjamini-Yekutieli", ErrorRate.FalseDiscovery, Any, pValues,
            (p, rank, m) => p * harmonic * m / rank, Shape.StepUp);
    }

    private enum Shape
    {
        Single,
        StepDown,
        StepUp,
    }

    /// <summary>A formula in p, its rank from 1 and m, made monotone in the direction of the procedure.</summary>
    private static AdjustedPValues Make(
        string method, ErrorRate controls, string assumption, ReadOnlySpan<double> pValues,
        Func<double, int, int, double> formula, Shape shape)
    {
        int[] order = Order(pValues);
        int m = order.Length;
        var adjusted = new double[m]; // by rank
        for (int i = 0; i < m; i++)
            adjusted[i] = Math.Min(1, formula(pValues[order[i]], i + 1, m));
        if (shape == Shape.StepDown)
        {
            for (int i = 1; i < m; i++)
                adjusted[i] = Math.Max(adjusted[i], adjusted[i - 1]);
        }
        else if (shape == Shape.StepUp)
        {
            for (int i = m - 2; i >= 0; i--)
                adjusted[i] = Math.Min(adjusted[i], adjusted[i + 1]);
        }

        return Result(method, controls, assumption, pValues, order, adjusted);
    }

    /// <summary>The algorithm of Wright (1992), appendix: q holds the Simes bound of sets of size i.</summary>
    private static double[] HommelOfSorted(double[] p)
    {
        int m = p.Length;
        double least = double.PositiveInfinity;
        for (int i = 1; i <= m; i++)
            least = Math.Min(least, m * p[i - 1] / i);
        double[] adjusted = new double[m], q = new double[m];
        Array.Fill(adjusted, least);
        Array.Fill(q, least);
        for (int size = m - 1; size >= 2; size--)
        {
            int split = m - size + 1; // p[0 .. split) are small, p[split .. m) are the size - 1 largest
            double bound = double.PositiveInfinity;
            for (int j = 0; j < size - 1; j++)
                bound = Math.Min(bound, size * p[split + j] / (j + 2));
            for (int i = 0; i < split; i++)
                q[i] = Math.Min(size * p[i], bound);
            for (int i = split; i < m; i++)
                q[i] = q[split - 1];
            for (int i = 0; i < m; i++)
                adjusted[i] = Math.Max(adjusted[i], q[i]);
        }

        for (int i = 0; i < m; i++)
            adjusted[i] = Math.Min(1, Math.Max(adjusted[i], p[i]));
        return adjusted;
    }

    /// <summary>1 - (1 - p)^m without losing a small p.</summary>
    private static double PowerComplement(double p, int m) =>
        p >= 1 ? 1 : -SpecialFunctions.Expm1(m * SpecialFunctions.Log1p(-p));

    internal static int[] Order(ReadOnlySpan<double> pValues)
    {
        if (pValues.Length == 0)
            throw new ArgumentException("pValues has 0 values; at least 1 is needed.", nameof(pValues));
        for (int i = 0; i < pValues.Length; i++)
        {
            if (!(pValues[i] >= 0 && pValues[i] <= 1))
                throw new ArgumentException(
                    $"pValues is {Guard.Text(pValues[i])} at index {i}; every value must be from 0 to 1.",
                    nameof(pValues));
        }

        double[] keys = pValues.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        return [.. order.OrderBy(i => keys[i])]; // stable: ties stay in the order given
    }

    private static Func<int, double> ValueAt(ReadOnlySpan<double> values)
    {
        double[] copy = values.ToArray();
        return i => copy[i];
    }

    private static AdjustedPValues Result(
        string method, ErrorRate controls, string assumption, ReadOnlySpan<double> pValues, int[] order,
        double[] byRank)
    {
        var adjusted = new double[byRank.Length];
        for (int i = 0; i < adjusted.Length; i++)
            adjusted[order[i]] = byRank[i];
        return new AdjustedPValues
        {
            Method = method,
            Controls = controls,
            Assumption = assumption,
            PValues = pValues.ToArray(),
            Adjusted = adjusted,
        };
    }
}
