using FinML.Data;
using FinML.Markets.Execution;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>
/// Works a <see cref="ParentOrder"/> in the book: at each slice an immediate-or-cancel order at the limit price, or a
/// market order where there is none. What a slice does not get is missing from the next one's target. It knows what has
/// reached its desk and no more.
/// </summary>
public sealed class ExecutionTrader : Participant
{
    private readonly ParentOrder parent;
    private readonly IExecutionAlgorithm algorithm;
    private ParentExecution execution;
    private long volumeBefore; // of the market when it began

    /// <param name="parent">Prices in ticks.</param>
    /// <param name="algorithm">How it is cut.</param>
    /// <exception cref="ArgumentException">The parent's values lie outside their ranges.</exception>
    public ExecutionTrader(ParentOrder parent, IExecutionAlgorithm algorithm)
    {
        execution = new ParentExecution(parent, algorithm);
        this.parent = parent;
        this.algorithm = algorithm;
    }

    /// <summary>How the parent stands.</summary>
    public ExecutionReport Report(DateTime now) => execution.Report(now);

    protected internal override void Start(Desk desk, RandomStream random)
    {
        execution = new ParentExecution(parent, algorithm);
        volumeBefore = -1;
        WakeAt(desk, parent.Start);
    }

    protected internal override void Wake(Desk desk, RandomStream random)
    {
        var now = new DateTime(desk.Now, DateTimeKind.Utc);
        if (now >= parent.End || execution.NextDecision is not { } due)
            return;
        if (now >= due)
        {
            MarketView view = desk.View;
            if (volumeBefore < 0)
                volumeBefore = view.Volume;

            // Its own fills may be heard before the tape shows them.
            long others = Math.Max(0, view.Volume - volumeBefore - execution.Filled);
            Send(desk, execution.Decide(now, others, view.Mid));
        }

        if (execution.NextDecision is { } next)
            WakeAt(desk, next);
    }

    protected internal override void Hear(Desk desk, in OrderUpdate update)
    {
        if (update.Kind == BookEventKind.Traded)
            execution.Fill(update.Quantity, update.Price);
        else if (update.Kind is BookEventKind.Canceled or BookEventKind.Rejected)
            execution.Close(update.Quantity);
    }

    protected internal override void Save(BinaryWriter writer)
    {
        execution.Save(writer);
        writer.Write(volumeBefore);
    }

    protected internal override void Load(BinaryReader reader)
    {
        execution.Load(reader);
        volumeBefore = reader.ReadInt64();
    }

    private static void WakeAt(Desk desk, DateTime time) =>
        desk.WakeIn(TimeSpan.FromTicks(Math.Max(0, time.Ticks - desk.Now)));

    private void Send(Desk desk, long lots)
    {
        if (lots == 0)
            return;
        (int lowest, int highest) = desk.PriceRange;
        if (parent.LimitPrice is not { } limit)
            desk.Market(parent.Side, lots);
        else if (limit >= lowest && limit <= highest)
            desk.Limit(parent.Side, (int)Whole(limit), lots, OrderLifetime.ImmediateOrCancel);
        else if (parent.Side == Side.Buy ? limit > highest : limit < lowest)
            desk.Market(parent.Side, lots); // the limit allows every price that the book knows
        else
            execution.Close(lots); // and here none
    }

    /// <summary>The worst whole tick within the limit.</summary>
    private double Whole(double limit) => parent.Side == Side.Buy ? Math.Floor(limit) : Math.Ceiling(limit);
}
