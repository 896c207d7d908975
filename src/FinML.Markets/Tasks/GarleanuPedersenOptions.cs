namespace FinML.Markets;

/// <summary>
/// The options of <see cref="GarleanuPedersen"/>, and its answer: Gârleanu and Pedersen, "Dynamic trading with
/// predictable returns and transaction costs" (Journal of Finance 68, 2013), one asset and one predictor.
/// </summary>
public sealed record GarleanuPedersenOptions
{
    /// <summary>γ, the price of risk; above 0.</summary>
    public double RiskAversion { get; init; } = 2;

    /// <summary>λ: trading Δ costs λ S Δ² / 2; above 0.</summary>
    public double TradingCost { get; init; } = 1.5;

    /// <summary>ρ, the discount rate a period; above 0 to below 1.</summary>
    public double DiscountRate { get; init; } = 0.1;

    /// <summary>φ, the predictor's decay a period: f' = (1 - φ) f + noise; 0 to 1.</summary>
    public double Decay { get; init; } = 0.2;

    /// <summary>B, the mean return that a unit of the predictor foretells.</summary>
    public double Loading { get; init; } = 1.3;

    /// <summary>S, the variance of the unforeseen return; above 0.</summary>
    public double Variance { get; init; } = 0.5;

    /// <summary>The standard deviation of the predictor's noise; 0 to 1,000.</summary>
    public double PredictorDeviation { get; init; } = 0.2;

    /// <summary>The largest |position|; above 0 to 1e6.</summary>
    public double MaximumPosition { get; init; } = 10;

    /// <summary>Steps after which an episode is truncated; at least 1.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>a, where a / λ is the part of the way to the aim that is traded in a period:
    /// (-(γ b + λ ρ) + √((γ b + λ ρ)² + 4 γ λ b²)) / (2 b) with b = 1 - ρ.</summary>
    public double TradingSpeed
    {
        get
        {
            double b = 1 - DiscountRate, g = RiskAversion, l = TradingCost;
            double sum = g * b + l * DiscountRate;
            return (-sum + Math.Sqrt(sum * sum + 4 * g * l * b * b)) / (2 * b);
        }
    }

    /// <summary>The part of the old position that the best next one keeps: 1 - a / λ.</summary>
    public double PositionWeight => 1 - TradingSpeed / TradingCost;

    /// <summary>What a unit of the predictor adds to the best next position: (a / λ) B / (γ S (1 + φ a / γ)).</summary>
    public double PredictorWeight => TradingSpeed / TradingCost * Loading
        / (RiskAversion * Variance * (1 + Decay * TradingSpeed / RiskAversion));

    /// <summary>The best next position, bounds aside.</summary>
    public double OptimalPosition(double position, double predictor) =>
        PositionWeight * position + PredictorWeight * predictor;

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public GarleanuPedersenOptions Validate()
    {
        Require.InRange(RiskAversion, 1e-9, 1e6, nameof(RiskAversion));
        Require.InRange(TradingCost, 1e-9, 1e6, nameof(TradingCost));
        Require.InRange(DiscountRate, 1e-6, 1 - 1e-6, nameof(DiscountRate));
        Require.InRange(Decay, 0, 1, nameof(Decay));
        Require.InRange(Loading, -1e6, 1e6, nameof(Loading));
        Require.InRange(Variance, 1e-12, 1e6, nameof(Variance));
        Require.InRange(PredictorDeviation, 0, 1_000, nameof(PredictorDeviation));
        Require.InRange(MaximumPosition, 1e-9, 1e6, nameof(MaximumPosition));
        Require.InRange(Steps, 1, int.MaxValue, nameof(Steps));
        return this;
    }
}
