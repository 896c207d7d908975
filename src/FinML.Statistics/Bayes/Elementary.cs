namespace FinML.Statistics;

/// <summary>Elementary functions where the plain formula loses digits; .NET's LogP1 and ExpM1 are the plain formulas.
/// </summary>
internal static class Elementary
{
    /// <summary>log(1 + x), x &gt; -1 (Goldberg 1991, "What every computer scientist should know", theorem
    /// 4).</summary>
    internal static double LogOnePlus(double x)
    {
        double y = 1 + x;
        return y == 1 ? x : Math.Log(y) * (x / (y - 1));
    }

    /// <summary>e^x - 1.</summary>
    internal static double ExpMinusOne(double x) =>
        Math.Abs(x) < 0.3 ? 2 * Math.Exp(0.5 * x) * Math.Sinh(0.5 * x) : Math.Exp(x) - 1;

    /// <summary>log(1 + e^x) without overflow.</summary>
    internal static double LogOnePlusExp(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    /// <summary>log cosh x without overflow.</summary>
    internal static double LogCosh(double x) =>
        Math.Abs(x) + LogOnePlus(Math.Exp(-2 * Math.Abs(x))) - Math.Log(2);
}
