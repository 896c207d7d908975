namespace FinML.Data;

/// <summary>The standard normal distribution: its probabilities and quantiles in double precision.</summary>
internal static class NormalDistribution
{
    /// <summary>P(Z &lt;= z) to 1e-15: J. F. Hart (1968) in the form of G. West, "Better approximations to cumulative
    /// normal functions", Wilmott (2005).</summary>
    public static double Cdf(double z)
    {
        double x = Math.Abs(z), tail = 0;
        if (x <= 37)
        {
            double density = Math.Exp(-x * x / 2);
            if (x < 7.07106781186547)
            {
                double top = ((((((3.52624965998911e-2 * x + 0.700383064443688) * x + 6.37396220353165) * x
                    + 33.912866078383) * x + 112.079291497871) * x + 221.213596169931) * x + 220.206867912376);
                double bottom = (((((((8.83883476483184e-2 * x + 1.75566716318264) * x + 16.064177579207) * x
                    + 86.7807322029461) * x + 296.564248779674) * x + 637.333633378831) * x + 793.826512519948) * x
                    + 440.413735824752);
                tail = density * top / bottom;
            }
            else
            {
                double fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
                tail = density / fraction / 2.506628274631;
            }
        }

        return double.IsNaN(z) ? double.NaN : z > 0 ? 1 - tail : tail;
    }

    /// <summary>The z with P(Z &lt;= z) = p, p in (0, 1): M. J. Wichura, algorithm AS 241 (PPND16), Applied Statistics
    /// 37 (1988).</summary>
    public static double Quantile(double p)
    {
        if (!(p > 0 && p < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability must be in (0, 1).");
        }

        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double s = 0.180625 - q * q;
            return q * Ratio(s, s_central, s_centralBelow);
        }

        double r = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        double z = r <= 5 ? Ratio(r - 1.6, s_middle, s_middleBelow) : Ratio(r - 5, s_far, s_farBelow);
        return q < 0 ? -z : z;
    }

    private static readonly double[] s_central = [3.3871328727963666080, 1.3314166789178437745e+2,
        1.9715909503065514427e+3, 1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
        3.3430575583588128105e+4, 2.5090809287301226727e+3];

    private static readonly double[] s_centralBelow = [1, 4.2313330701600911252e+1, 6.8718700749205790830e+2,
        5.3941960214247511077e+3, 2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
        5.2264952788528545610e+3];

    private static readonly double[] s_middle = [1.42343711074968357734, 4.63033784615654529590,
        5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
        2.27238449892691845833e-2, 7.74545014278341407640e-4];

    private static readonly double[] s_middleBelow = [1, 2.05319162663775882187, 1.67638483018380384940,
        6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
        1.05075007164441684324e-9];

    private static readonly double[] s_far = [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
        2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
        2.01033439929228813265e-7];

    private static readonly double[] s_farBelow = [1, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
        1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
        2.04426310338993978564e-15];

    private static double Ratio(double x, double[] top, double[] bottom) => Horner(x, top) / Horner(x, bottom);

    private static double Horner(double x, double[] coefficients)
    {
        double value = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            value = value * x + coefficients[i];
        }

        return value;
    }
}
