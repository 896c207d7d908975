namespace FinML.Torch;

/// <summary>log |Gamma|, its derivatives, and the Hurwitz zeta function, to double precision.</summary>
internal static class GammaFunctions
{
    private const double AsymptoticFrom = 12;

    // Bernoulli numbers B2, B4, ..., B24.
    private static readonly double[] Bernoulli =
    [
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510, 43867.0 / 798,
        -174611.0 / 330, 854513.0 / 138, -236364091.0 / 2730,
    ];

    /// <summary>log |Gamma(x)|: Stirling's series above 12, the recurrence and the reflection formula below.</summary>
    internal static double LogGamma(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (double.IsInfinity(x) || (x <= 0 && x == Math.Floor(x)))
            return double.PositiveInfinity;
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Abs(SinPi(x))) - LogGamma(1 - x);
        if (x is 1 or 2)
            return 0;
        double product = 1, y = x;
        for (; y < AsymptoticFrom; y++)
            product *= y;
        double inverse = 1 / y, square = inverse * inverse, series = 0;
        for (int k = Bernoulli.Length; k >= 1; k--)
            series = (series * square) + (Bernoulli[k - 1] / (2 * k * ((2 * k) - 1)));
        return ((y - 0.5) * Math.Log(y)) - y + (0.5 * Math.Log(2 * Math.PI)) + (series * inverse) - Math.Log(product);
    }

    /// <summary>The derivative of log Gamma; the sign of a zero chooses between its two infinities there.</summary>
    internal static double Digamma(double x)
    {
        if (x == 0)
            return Math.CopySign(double.PositiveInfinity, -x);
        if (double.IsNegativeInfinity(x) || (x < 0 && x == Math.Floor(x)))
            return double.NaN;
        if (x < 0)
            return Digamma(1 - x) - (Math.PI / Math.Tan(Math.PI * Math.IEEERemainder(x, 1)));
        double sum = 0;
        for (; x < AsymptoticFrom; x++)
            sum -= 1 / x;
        double square = 1 / (x * x), series = 0;
        for (int k = Bernoulli.Length; k >= 1; k--)
            series = (series + (Bernoulli[k - 1] / (2 * k))) * square;
        return sum + Math.Log(x) - (0.5 / x) - series;
    }

    /// <summary>The n-th derivative of digamma, n at least 1: (-1)^(n+1) n! zeta(n + 1, x).</summary>
    internal static double Polygamma(int n, double x)
    {
        if (n == 1 && x < 0.5)
        {
            double sine = SinPi(x);
            return (Math.PI * Math.PI / (sine * sine)) - Polygamma(1, 1 - x);
        }

        double factorial = 1;
        for (int k = 2; k <= n; k++)
            factorial *= k;
        return (n % 2 == 1 ? factorial : -factorial) * Zeta(n + 1, x);
    }

    /// <summary>sum over k of 1 / (x + k)^s: twelve terms or more, then Euler and Maclaurin's formula.</summary>
    private static double Zeta(int s, double x)
    {
        if (x <= 0 && x == Math.Floor(x))
            return double.PositiveInfinity;
        if (double.IsPositiveInfinity(x))
            return 0;
        double sum = 0;
        for (; x < AsymptoticFrom; x++)
            sum += Math.Pow(x, -s);
        double power = Math.Pow(x, -s);
        sum += (x * power / (s - 1)) + (0.5 * power);
        double factor = s * power / x; // s (s+1) ... (s+2k-2) / x^(s+2k-1), over (2k)!
        for (int k = 1; k <= Bernoulli.Length; k++)
        {
            factor /= (2 * k) * Math.Max(1, (2 * k) - 1);
            sum += Bernoulli[k - 1] * factor;
            factor *= (s + (2 * k) - 1) * (s + (2 * k)) / (x * x);
        }

        return sum;
    }

    /// <summary>sin(pi x), exact at integers and halves.</summary>
    private static double SinPi(double x)
    {
        double rest = Math.IEEERemainder(x, 2);
        return Math.Sin(Math.PI * (Math.Abs(rest) <= 0.5 ? rest : Math.CopySign(1, rest) - rest));
    }
}
