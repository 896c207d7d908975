namespace FinML.Torch;

/// <summary>erf to full double precision: its Taylor series near zero, a continued fraction of erfc in the
/// tails.</summary>
internal static class ErrorFunction
{
    /// <summary>2 / sqrt(pi) * integral of exp(-t^2) from 0 to x.</summary>
    internal static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (double.IsNaN(x))
        {
            return x;
        }

        if (a >= 6)
        {
            return Math.Sign(x);
        }

        return a < 2.5 ? Series(x) : Math.CopySign(1 - Tail(a), x);
    }

    /// <summary>erf x = 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!! (all terms of one sign: no
    /// cancellation).</summary>
    private static double Series(double x)
    {
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>erfc x = exp(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from the inside out.</summary>
    private static double Tail(double x)
    {
        double fraction = x;
        for (int k = 60; k >= 1; k--)
        {
            fraction = x + (k / 2.0 / fraction);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
