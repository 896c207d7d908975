namespace FinML.Data;

/// <summary>Student's t distribution.</summary>
internal static class StudentDistribution
{
    /// <summary>P(T &gt; |x|) with that many degrees of freedom: I(n / (n + x^2); n/2, 1/2) / 2, I the regularised
    /// incomplete beta function.</summary>
    public static double UpperTail(double x, double degreesOfFreedom)
    {
        double square = x * x;
        if (double.IsInfinity(square))
        {
            return 0;
        }

        // Both arguments are formed without a difference: near x = 0 the complement carries the digits.
        double near = square / (degreesOfFreedom + square), far = degreesOfFreedom / (degreesOfFreedom + square);
        return IncompleteBeta(degreesOfFreedom / 2, 0.5, far, near) / 2;
    }

    /// <summary>P(T &lt;= x).</summary>
    public static double Cdf(double x, double degreesOfFreedom) =>
        x > 0 ? 1 - UpperTail(x, degreesOfFreedom) : UpperTail(x, degreesOfFreedom);

    /// <summary>I(x; a, b) with y = 1 - x, by its continued fraction in Lentz's form: W. H. Press et al., Numerical
    /// Recipes (2007), section 6.4.</summary>
    private static double IncompleteBeta(double a, double b, double x, double y)
    {
        if (x <= 0 || y <= 0)
        {
            return x <= 0 ? 0 : 1;
        }

        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(y));
        return x < (a + 1) / (a + b + 2)
            ? front * Fraction(a, b, x) / a
            : 1 - front * Fraction(b, a, y) / b;
    }

    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 / Guard(1 - (a + b) * x / (a + 1)), value = d;
        for (int m = 1; m < 10_000; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Guard(1 + even * d);
            c = Guard(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Guard(1 + odd * d);
            c = Guard(1 + odd / c);
            value *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16)
            {
                break;
            }
        }

        return value;

        static double Guard(double z) => Math.Abs(z) < Tiny ? Tiny : z;
    }

    /// <summary>ln Gamma(x), x above 0: C. Lanczos's series with g = 7 and 9 terms, to 1e-15.</summary>
    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> coefficients = [676.5203681218851, -1259.1392167224028, 771.32342877765313,
            -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
            1.5056327351493116e-7];
        double sum = 0.99999999999980993;
        for (int i = 0; i < coefficients.Length; i++)
        {
            sum += coefficients[i] / (x + i);
        }

        double t = x + 6.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
