using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>What the tests on a maximum over models share.</summary>
internal static class MaximumTest
{
    /// <summary>The index of the largest; the first of equals.</summary>
    internal static int Largest(IReadOnlyList<double> values)
    {
        int best = 0;
        for (int i = 1; i < values.Count; i++)
        {
            if (values[i] > values[best])
                best = i;
        }

        return best;
    }

    /// <summary>What each mean is multiplied with: sqrt(n) / omega where studentised, else sqrt(n). It is 0, which
    /// leaves a model out of every maximum, for one that is the benchmark itself.</summary>
    internal static double[] Scales(BootstrapMeans relative, double[] variances, bool studentised)
    {
        double root = Math.Sqrt(relative.Performance.Count);
        return [.. variances.Select(v => v == 0 ? 0 : studentised ? root / Math.Sqrt(v) : root)];
    }

    /// <summary>The statistics of the data: mean x scale; minus infinity where the scale is 0.</summary>
    internal static double[] Observed(BootstrapMeans relative, double[] scale) =>
        [.. scale.Select((s, model) => s == 0 ? double.NegativeInfinity : relative.Means[model] * s)];

    /// <summary>By replicate: max over models of (centred mean + shift) x scale. A scale of 0 leaves a model
    /// out.</summary>
    internal static double[] Maxima(BootstrapMeans means, double[] shift, double[] scale)
    {
        var maxima = new double[means.Replicates];
        Array.Fill(maxima, double.NegativeInfinity);
        for (int model = 0; model < shift.Length; model++)
        {
            if (scale[model] != 0)
                RaiseTo(maxima, means.Centred[model], shift[model], scale[model]);
        }

        return maxima;
    }

    /// <summary>maxima[b] = max(maxima[b], (centred[b] + shift) x scale).</summary>
    internal static void RaiseTo(Span<double> maxima, ReadOnlySpan<double> centred, double shift, double scale)
    {
        int width = Vector512<double>.Count, b = 0;
        Vector512<double> shifts = Vector512.Create(shift), scales = Vector512.Create(scale);
        for (; b + width <= maxima.Length; b += width)
        {
            Vector512<double> values = (Vector512.Create(centred[b..]) + shifts) * scales;
            Vector512.Max(Vector512.Create<double>(maxima[b..]), values).CopyTo(maxima[b..]);
        }

        for (; b < maxima.Length; b++)
            maxima[b] = Math.Max(maxima[b], (centred[b] + shift) * scale);
    }

    /// <summary>(1 + #{null &gt;= observed}) / (B + 1) and its standard error.</summary>
    internal static (double P, double Error) PValue(double observed, ReadOnlySpan<double> underNull)
    {
        int extreme = 0;
        foreach (double value in underNull)
            extreme += value >= observed ? 1 : 0;
        double p = (extreme + 1.0) / (underNull.Length + 1.0);
        return (p, Math.Sqrt(p * (1 - p) / (underNull.Length + 1.0)));
    }
}
