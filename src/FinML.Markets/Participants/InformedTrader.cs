using FinML.Data;

namespace FinML.Markets.Participants;

/// <summary>
/// Knows the fundamental value and trades β (v - mid) lots each time: the linear strategy of Kyle's insider
/// (<see cref="KyleModel"/>) against a real book.
/// </summary>
public sealed class InformedTrader : DirectionalTrader
{
    private readonly double intensity;

    /// <param name="options">How often and how much at most.</param>
    /// <param name="intensity">β, lots per tick of mispricing; above 0 to 1e6.</param>
    public InformedTrader(DirectionalOptions? options = null, double intensity = 0.5)
        : base(options)
    {
        Require.InRange(intensity, 1e-9, 1e6, nameof(intensity));
        this.intensity = intensity;
    }

    private protected override (double Signal, double Lots) Decide(
        Desk desk, in MarketView view, RandomStream random)
    {
        double mispricing = desk.Fundamental - view.Mid;
        return (mispricing, Math.Round(intensity * Math.Abs(mispricing)));
    }
}
