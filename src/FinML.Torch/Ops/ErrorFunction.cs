namespace FinML.Torch;

/// <summary>erf, erfc and the inverse of erf to double precision: W. J. Cody's rational approximations (Mathematics of
/// Computation 23, 1969).</summary>
internal static class ErrorFunction
{
    private const double InverseSqrtPi = 0.56418958354775628695;

    private static readonly double[] NearTop =
    [
        1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2,
        3.20937758913846947e3,
    ];

    private static readonly double[] NearBottom =
        [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];

    private static readonly double[] MiddleTop =
    [
        2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1,
        2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
        1.23033935479799725e3,
    ];

    private static readonly double[] MiddleBottom =
    [
        1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
        3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
    ];

    private static readonly double[] FarTop =
    [
        1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
        1.60837851487422766e-2, 6.58749161529837803e-4,
    ];

    private static readonly double[] FarBottom =
    [
        1, 2.56852019228982242e0, 1.87295284992346725e0, 5.27905102951428412e-1, 6.05183413124413191e-2,
        2.33520497626869185e-3,
    ];

    /// <summary>2 / sqrt(pi) * integral of exp(-t^2) from 0 to x.</summary>
    internal static double Erf(double x)
    {
        double a = Math.Abs(x);
        return double.IsNaN(x) ? x
            : a <= 0.46875 ? x * Polynomial(NearTop, x * x) / Polynomial(NearBottom, x * x)
            : Math.CopySign(1 - Tail(a), x);
    }

    /// <summary>1 - erf(x), to relative precision in the upper tail.</summary>
    internal static double Erfc(double x) =>
        double.IsNaN(x) ? x : x < 0.46875 ? 1 - Erf(x) : Tail(x);

    /// <summary>The y with erf(y) = x: a start of seven digits (M. Giles, 2012), then two of Halley's steps.</summary>
    internal static double Inverse(double x)
    {
        double a = Math.Abs(x);
        if (!(a < 1))
            return a == 1 ? Math.CopySign(double.PositiveInfinity, x) : double.NaN;
        double y = Start(a);
        for (int step = 0; step < 2; step++)
        {
            // erf(y) - a; near 1 from the complements, which are exact there.
            double error = a < 0.5 ? Erf(y) - a : (1 - a) - Erfc(y);
            double newton = error * Math.Exp(y * y) / (2 * InverseSqrtPi);
            y -= newton / (1 + (y * newton));
        }

        return Math.CopySign(y, x);
    }

    private static double Start(double a)
    {
        double w = -Math.Log((1 - a) * (1 + a));
        double[] coefficients = w < 5
            ?
            [
                2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503,
                -0.00417768164, 0.246640727, 1.50140941,
            ]
            :
            [
                -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613,
                0.00943887047, 1.00167406, 2.83297682,
            ];
        return a * Polynomial(coefficients, w < 5 ? w - 2.5 : Math.Sqrt(w) - 3);
    }

    /// <summary>erfc of x above 0.46875.</summary>
    private static double Tail(double x)
    {
        double value;
        if (x <= 4)
        {
            value = Polynomial(MiddleTop, x) / Polynomial(MiddleBottom, x);
        }
        else
        {
            double inverse = 1 / (x * x);
            value = inverse * Polynomial(FarTop, inverse) / Polynomial(FarBottom, inverse);
            value = (InverseSqrtPi - value) / x;
        }

        // exp(-x^2) in two factors: x^2 rounded would cost digits where it is large.
        double rounded = Math.Truncate(x * 16) / 16, rest = (x - rounded) * (x + rounded);
        return x > 27 ? 0 : Math.Exp(-rounded * rounded) * Math.Exp(-rest) * value;
    }

    /// <summary>Horner's rule, the highest power first.</summary>
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        foreach (double coefficient in coefficients)
            sum = (sum * x) + coefficient;
        return sum;
    }
}
