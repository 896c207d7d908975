using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// Whether the running variable's density jumps at the cutoff, which it does where people can choose their side:
/// J. McCrary, "Manipulation of the running variable in the regression discontinuity design", Journal of Econometrics
/// 142 (2008). Local linear fits to a fine histogram from both sides; theta = log f+ - log f-.
/// </summary>
public sealed record DensityDiscontinuity
{
    /// <summary>theta, the log difference of the density: above 0 where there are more just above the cutoff.</summary>
    public required double LogDifference { get; init; }

    /// <summary>Its standard error, sqrt(24 / 5 (1 / f+ + 1 / f-) / (n h)).</summary>
    public required double StandardError { get; init; }

    /// <summary>Two-sided p-value of no jump, normal.</summary>
    public required double PValue { get; init; }

    /// <summary>Density just below and just above the cutoff.</summary>
    public required (double Below, double Above) Density { get; init; }

    /// <summary>Width of the histogram's bins.</summary>
    public required double BinWidth { get; init; }

    /// <summary>Bandwidth of the fits.</summary>
    public required double Bandwidth { get; init; }

    /// <summary>Tests.</summary>
    /// <param name="running">50 or more finite values, on both sides of the cutoff.</param>
    /// <param name="cutoff">The cutoff.</param>
    /// <param name="bandwidth">0 for McCrary's rule of thumb from a fourth-order fit on each side.</param>
    public static DensityDiscontinuity Test(ReadOnlySpan<double> running, double cutoff = 0, double bandwidth = 0)
    {
        Guard.Series(running, 50, nameof(running));
        Guard.Finite(cutoff, nameof(cutoff));
        Guard.NotNegative(bandwidth, nameof(bandwidth));
        Guard.NotConstant(running, nameof(running));
        double[] x = running.ToArray();
        int n = x.Length, above = x.Count(v => v >= cutoff);
        if (above < 10 || n - above < 10)
            throw new ArgumentException(
                $"{n - above} values lie below the cutoff {Guard.Text(cutoff)} and {above} at it or above; 10 are "
                + "needed on each side.", nameof(running));
        double width = 2 * Moments.Of(x).StandardDeviation(1) / Math.Sqrt(n);
        (double[] middles, double[] heights) = Histogram(x, cutoff, width);
        int first = Array.FindIndex(middles, m => m > cutoff);
        if (bandwidth == 0)
            bandwidth = (RuleOfThumb(middles[..first], heights[..first], cutoff)
                + RuleOfThumb(middles[first..], heights[first..], cutoff)) / 2;
        double below = Level(middles[..first], heights[..first], cutoff, bandwidth);
        double aboveLevel = Level(middles[first..], heights[first..], cutoff, bandwidth);
        if (!(below > 0 && aboveLevel > 0))
            throw new ArgumentException(
                $"The density at the cutoff comes out as {Guard.Text(below)} below and {Guard.Text(aboveLevel)} above "
                + $"with bandwidth {Guard.Text(bandwidth)}; both must be above 0: too few values lie near it.",
                nameof(running));
        double theta = Math.Log(aboveLevel) - Math.Log(below);
        double error = Math.Sqrt(24 / 5.0 * (1 / aboveLevel + 1 / below) / (n * bandwidth));
        return new DensityDiscontinuity
        {
            LogDifference = theta,
            StandardError = error,
            PValue = Tails.NormalTwoSided(theta / error),
            Density = (below, aboveLevel),
            BinWidth = width,
            Bandwidth = bandwidth,
        };
    }

    /// <summary>Bins that do not straddle the cutoff, empty ones included, from the first to the last value.</summary>
    private static (double[] Middles, double[] Heights) Histogram(double[] x, double cutoff, double width)
    {
        int lowest = (int)Math.Floor((x.Min() - cutoff) / width), highest = (int)Math.Floor((x.Max() - cutoff) / width);
        var heights = new double[highest - lowest + 1];
        foreach (double v in x)
            heights[(int)Math.Floor((v - cutoff) / width) - lowest] += 1 / (x.Length * width);
        return ([.. heights.Select((_, j) => cutoff + (lowest + j + 0.5) * width)], heights);
    }

    /// <summary>3.348 (s^2 (b - a) / sum f''(X)^2)^(1/5), f a fourth-order polynomial over the whole side.</summary>
    private static double RuleOfThumb(double[] middles, double[] heights, double cutoff)
    {
        const int Order = 4;
        if (middles.Length < Order + 3)
            throw new ArgumentException(
                $"One side of the cutoff spans {middles.Length} bins of the histogram; {Order + 3} are needed to "
                + "choose a bandwidth. Give one.");
        double scale = middles.Max(m => Math.Abs(m - cutoff)); // powers of numbers up to 1 only
        double[] u = Array.ConvertAll(middles, m => (m - cutoff) / scale);
        Matrix<double> powers = Matrix<double>.Build.Dense(u.Length, Order + 1, (i, j) => Math.Pow(u[i], j));
        Vector<double> y = Vector<double>.Build.Dense(heights), b = powers.QR().Solve(y);
        double variance = (y - powers * b).DotProduct(y - powers * b) / (u.Length - Order - 1);
        double curvature = u.Sum(v => Math.Pow((2 * b[2] + 6 * b[3] * v + 12 * b[4] * v * v) / (scale * scale), 2));
        double bandwidth = 3.348 * Math.Pow(variance * (middles[^1] - middles[0]) / curvature, 0.2);
        return Math.Min(bandwidth, scale);
    }

    /// <summary>The local linear fit at the cutoff, triangular kernel.</summary>
    private static double Level(double[] middles, double[] heights, double cutoff, double bandwidth)
    {
        double s0 = 0, s1 = 0, s2 = 0, t0 = 0, t1 = 0;
        for (int j = 0; j < middles.Length; j++)
        {
            double d = middles[j] - cutoff, w = LocalSide.Weight(LocalKernel.Triangular, d / bandwidth);
            s0 += w;
            s1 += w * d;
            s2 += w * d * d;
            t0 += w * heights[j];
            t1 += w * d * heights[j];
        }

        return (s2 * t0 - s1 * t1) / (s0 * s2 - s1 * s1);
    }
}
