using FinML.Data;

namespace FinML.Markets.Participants;

/// <summary>Estimates the fundamental value with an error, and trades towards it where the price is far enough
/// away.</summary>
public sealed class ValueTrader : DirectionalTrader
{
    private readonly double error;

    /// <param name="options">How often and how much.</param>
    /// <param name="estimationError">Standard deviation of each estimate, in ticks; 0 to 1e6.</param>
    public ValueTrader(DirectionalOptions? options = null, double estimationError = 3)
        : base(options)
    {
        Require.InRange(estimationError, 0, 1e6, nameof(estimationError));
        error = estimationError;
    }

    private protected override (double Signal, double Lots) Decide(
        Desk desk, in MarketView view, RandomStream random) =>
        (desk.Fundamental + error * random.NextNormal() - view.Mid, double.PositiveInfinity);
}
