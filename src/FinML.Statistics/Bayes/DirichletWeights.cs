using FinML.Shared;

namespace FinML.Statistics;

/// <summary>Dirichlet weights, keyed by (seed, draw): independent gamma variables, not divided by their sum.</summary>
internal static class DirichletWeights
{
    /// <summary>Writes the running sums of one draw.</summary>
    /// <param name="strengths">Of the Dirichlet distribution, above 0.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="draw">Number of the draw.</param>
    /// <param name="cumulative">One longer than the strengths, from 0 to the total.</param>
    internal static void Draw(double[] strengths, ulong seed, ulong draw, double[] cumulative)
    {
        (double First, double Second) pair = default; // for two weights, an even one and the next
        for (int i = 0; i < strengths.Length; i++)
        {
            if ((i & 1) == 0)
                pair = Uniform(i, 0, draw, seed);
            double weight = strengths[i] == 1
                ? -Math.Log((i & 1) == 0 ? pair.First : pair.Second)
                : Gamma(strengths[i], i, draw, seed);
            cumulative[i + 1] = cumulative[i] + weight;
        }
    }

    /// <summary>Marsaglia and Tsang (2000), "A simple method for generating gamma variables"; below 1 by the power of a
    /// uniform variable.</summary>
    private static double Gamma(double shape, int index, ulong draw, ulong seed)
    {
        double boosted = shape < 1 ? shape + 1 : shape, d = boosted - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        for (uint attempt = 1; ; attempt++)
        {
            (double radius, double angle) = Uniform(index, 2 * attempt, draw, seed);
            (double accept, double power) = Uniform(index, 2 * attempt + 1, draw, seed);
            double normal = Math.Sqrt(-2 * Math.Log(radius)) * Math.Cos(2 * Math.PI * angle);
            double v = Math.Pow(1 + c * normal, 3);
            if (v > 0 && Math.Log(accept) < 0.5 * normal * normal + d - d * v + d * Math.Log(v))
                return d * v * (shape < 1 ? Math.Pow(power, 1 / shape) : 1);
        }
    }

    /// <summary>Two uniform numbers above 0, at most 1.</summary>
    private static (double First, double Second) Uniform(int index, uint attempt, ulong draw, ulong seed)
    {
        (uint a, uint b, uint c, uint d) = Philox4x32.Block((uint)index | (ulong)attempt << 32, draw, seed);
        return (1 - Philox4x32.ToUnitDouble(a, b), 1 - Philox4x32.ToUnitDouble(c, d));
    }
}
