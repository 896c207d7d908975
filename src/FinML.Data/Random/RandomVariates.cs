namespace FinML.Data;

/// <summary>Draws from the distributions that the generators need.</summary>
internal static class RandomVariates
{
    /// <summary>Exponential with mean 1.</summary>
    public static double NextExponential(this RandomStream random) => -Math.Log(1 - random.NextDouble());

    /// <summary>Poisson: products of uniforms (Knuth), the mean cut into parts of at most 16 whose counts
    /// add.</summary>
    public static int NextPoisson(this RandomStream random, double mean)
    {
        int count = 0;
        for (double left = mean; left > 0; left -= 16)
        {
            double limit = Math.Exp(-Math.Min(left, 16)), product = random.NextDouble();
            while (product > limit)
            {
                count++;
                product *= random.NextDouble();
            }
        }

        return count;
    }

    /// <summary>Gamma with scale 1: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM
    /// TOMS 26 (2000); below shape 1 by their factor U^(1/shape).</summary>
    public static double NextGamma(this RandomStream random, double shape)
    {
        double factor = shape < 1 ? Math.Pow(1 - random.NextDouble(), 1 / shape) : 1;
        double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.NextNormal(), v = 1 + c * x;
            if (v <= 0)
            {
                continue;
            }

            v = v * v * v;
            if (Math.Log(1 - random.NextDouble()) < x * x / 2 + d - d * v + d * Math.Log(v))
            {
                return factor * d * v;
            }
        }
    }
}
