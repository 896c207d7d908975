namespace FinML.Markets;

/// <summary>Utility of constant relative risk aversion γ: U(W) = W^(1-γ) / (1-γ), and ln W at γ = 1.</summary>
public static class CrraUtility
{
    /// <summary>The largest risk aversion for which the formulas here are meant.</summary>
    public const double MaximumRiskAversion = 100;

    /// <summary>The utility of a wealth.</summary>
    /// <param name="wealth">Above 0.</param>
    /// <param name="riskAversion">γ, above 0.</param>
    public static double Of(double wealth, double riskAversion)
    {
        Require.InRange(wealth, double.Epsilon, double.MaxValue, nameof(wealth));
        return riskAversion == 1 ? Math.Log(wealth) : Math.Pow(wealth, 1 - riskAversion) / (1 - riskAversion);
    }

    /// <summary>The sure wealth of that utility: the inverse of <see cref="Of"/>.</summary>
    public static double CertaintyEquivalent(double utility, double riskAversion) => riskAversion == 1
        ? Math.Exp(utility)
        : Math.Pow((1 - riskAversion) * utility, 1 / (1 - riskAversion));
}
