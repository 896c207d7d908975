using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>Student's t scaled to variance 1, as a volatility model needs it.</summary>
internal static class StandardisedT
{
    /// <summary>ln of the density's constant, Gamma((nu + 1) / 2) / (Gamma(nu / 2) sqrt(pi (nu - 2))), and its
    /// derivative by nu.</summary>
    internal static (double Value, double ByNu) LogConstant(double nu) => (
        SpecialFunctions.GammaLn((nu + 1) / 2) - SpecialFunctions.GammaLn(nu / 2) - 0.5 * Math.Log(Math.PI * (nu - 2)),
        0.5 * (SpecialFunctions.DiGamma((nu + 1) / 2) - SpecialFunctions.DiGamma(nu / 2) - 1 / (nu - 2)));

    /// <summary>E|z| and its derivative by nu.</summary>
    internal static (double Value, double ByNu) MeanAbsolute(double nu)
    {
        double value = Math.Sqrt((nu - 2) / Math.PI)
            * Math.Exp(SpecialFunctions.GammaLn((nu - 1) / 2) - SpecialFunctions.GammaLn(nu / 2));
        double logSlope = 0.5
            * (1 / (nu - 2) + SpecialFunctions.DiGamma((nu - 1) / 2) - SpecialFunctions.DiGamma(nu / 2));
        return (value, value * logSlope);
    }
}
