using FinML.Data;

namespace FinML.Markets.Participants;

/// <summary>Buys where a fast average of the mid is above a slow one, sells where it is below. The averages are
/// exponential over its own decisions.</summary>
public sealed class MomentumTrader : DirectionalTrader
{
    private readonly double fastWeight, slowWeight;
    private double fast = double.NaN, slow = double.NaN;

    /// <param name="options">How often and how much.</param>
    /// <param name="fastSpan">Decisions of the fast average, weight 2 / (span + 1); 1 to 1e6.</param>
    /// <param name="slowSpan">Of the slow one; above the fast one, to 1e6.</param>
    public MomentumTrader(DirectionalOptions? options = null, double fastSpan = 5, double slowSpan = 20)
        : base(options)
    {
        Require.InRange(fastSpan, 1, 1e6, nameof(fastSpan));
        Require.InRange(slowSpan, fastSpan, 1e6, nameof(slowSpan));
        fastWeight = 2 / (fastSpan + 1);
        slowWeight = 2 / (slowSpan + 1);
    }

    protected internal override void Start(Desk desk, RandomStream random)
    {
        fast = slow = double.NaN;
        base.Start(desk, random);
    }

    protected internal override void Save(BinaryWriter writer)
    {
        base.Save(writer);
        writer.Write(fast);
        writer.Write(slow);
    }

    protected internal override void Load(BinaryReader reader)
    {
        base.Load(reader);
        fast = reader.ReadDouble();
        slow = reader.ReadDouble();
    }

    private protected override (double Signal, double Lots) Decide(
        Desk desk, in MarketView view, RandomStream random)
    {
        double mid = view.Mid;
        fast = double.IsNaN(fast) ? mid : fast + fastWeight * (mid - fast);
        slow = double.IsNaN(slow) ? mid : slow + slowWeight * (mid - slow);
        return (fast - slow, double.PositiveInfinity);
    }
}
