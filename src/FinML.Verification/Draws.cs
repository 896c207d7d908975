using FinML.Data;

namespace FinML.Verification;

/// <summary>Samples of a known truth for the simulations.</summary>
internal static class Draws
{
    /// <summary>Independent standard normals.</summary>
    internal static double[] Normals(RandomStream random, int count) => Autoregression(random, count, 0);

    /// <summary>x_t = rho x_{t-1} + e_t, e standard normal, from its stationary distribution.</summary>
    internal static double[] Autoregression(RandomStream random, int count, double rho)
    {
        var values = new double[count];
        double state = random.NextNormal() / Math.Sqrt(1 - rho * rho);
        for (int t = 0; t < count; t++)
        {
            values[t] = state;
            state = rho * state + random.NextNormal();
        }

        return values;
    }
}
