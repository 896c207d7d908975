using FinML.Data;

namespace FinML.Markets.Participants;

/// <summary>Takes liquidity in the direction of a signal, within a position limit; a signal is all that a kind of
/// trader adds.</summary>
public abstract class DirectionalTrader : Participant
{
    private readonly DirectionalOptions options;
    private long sent; // lots on their way, signed; an immediate-or-cancel order ends with the news about it

    private protected DirectionalTrader(DirectionalOptions? options) =>
        this.options = (options ?? new DirectionalOptions()).Validate();

    protected internal override void Start(Desk desk, RandomStream random)
    {
        sent = 0;
        desk.WakeIn(Wait(options.DecisionRate, random));
    }

    protected internal override void Wake(Desk desk, RandomStream random)
    {
        MarketView view = desk.View;
        if (!double.IsNaN(view.Mid) && sent == 0)
        {
            (double signal, double lots) = Decide(desk, view, random);
            Side side = signal > 0 ? Side.Buy : Side.Sell;
            long position = side == Side.Buy ? desk.Account.Position : -desk.Account.Position;
            double wanted = Math.Min(Math.Min(lots, options.OrderSize), options.PositionLimit - position);
            if (Math.Abs(signal) > options.Threshold && wanted >= 1)
            {
                sent = (long)wanted;
                desk.Market(side, sent);
            }
        }

        desk.WakeIn(Wait(options.DecisionRate, random));
    }

    protected internal override void Hear(Desk desk, in OrderUpdate update)
    {
        if (update.Open == 0)
            sent = 0;
    }

    protected internal override void Save(BinaryWriter writer) => writer.Write(sent);

    protected internal override void Load(BinaryReader reader) => sent = reader.ReadInt64();

    /// <summary>A signal in ticks, positive to buy, and the lots that it asks for.</summary>
    private protected abstract (double Signal, double Lots) Decide(Desk desk, in MarketView view, RandomStream random);
}
