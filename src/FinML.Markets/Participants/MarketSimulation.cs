using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>
/// Participants on a matching engine, each with its own latency. What happens next is the item with the smallest
/// (time, number in which it was planned), so that the same seed gives the same market to the bit.
/// </summary>
/// <remarks>
/// A message that a participant sends at t reaches the book at t + its order latency; what it does there reaches the
/// participants concerned at their data latency later, and the tape as each of them sees it is as old. Trades are
/// booked in whole ticks and lots: over all participants cash and positions always sum to 0.
/// </remarks>
public sealed class MarketSimulation : IStateful
{
    private readonly SimulationOptions options;
    private readonly Participant[] participants;
    private readonly Desk[] desks;
    private readonly Account[] accounts;
    private readonly RandomStream[] random;
    private readonly long[] dataLatencies;
    private readonly PriorityQueue<SimulationItem, (long Time, long Number)> queue = new();
    private readonly MatchingEngine engine;
    private Fundamental fundamental;
    private ulong seed;
    private long planned;

    /// <exception cref="ArgumentException">No participants, one twice, or an option outside its range.</exception>
    public MarketSimulation(IReadOnlyList<Participant> participants, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(participants);
        this.options = (options ?? new SimulationOptions()).Validate();
        this.participants = [.. participants];
        if (this.participants.Length == 0 || this.participants.Distinct().Count() < this.participants.Length)
            throw new ArgumentException("A simulation needs at least one participant, and none twice.");
        desks = [.. this.participants.Select((p, i) => new Desk(this, i, p.Latency.Validate()))];
        dataLatencies = [.. this.participants.Select(p => p.Latency.Data.Ticks)];
        accounts = new Account[this.participants.Length];
        random = new RandomStream[this.participants.Length];
        engine = new MatchingEngine(this.options.Book);
        fundamental = null!;
        Reset(0);
    }

    /// <summary>Hears every event of the book, at once: a recorder, not a participant.</summary>
    public Action<BookEvent>? Recorder { get; set; }

    /// <summary>Gets every message to the book, in order.</summary>
    public MessageLogWriter? Log { get; set; }

    /// <summary>100 ns, as <see cref="DateTime.Ticks"/>.</summary>
    public long Now { get; private set; }

    /// <summary>The book.</summary>
    public MatchingEngine Engine => engine;

    /// <summary>The tape now, without any latency.</summary>
    public MarketView View => Views.Latest;

    /// <summary>Things that happened since the start.</summary>
    public long Happened { get; private set; }

    public int ParticipantCount => participants.Length;

    internal ViewHistory Views { get; } = new();

    internal double FundamentalNow => fundamental.At(Now);

    internal (int Lowest, int Highest) PriceRange => (options.Book.MinimumPrice, options.Book.MaximumPrice);

    /// <summary>Cash and position now, whether the participant has heard of it or not.</summary>
    public Account Account(int participant) => accounts[participant];

    /// <summary>Empties everything and begins anew; all that is random follows from the seed.</summary>
    public void Reset(ulong seed)
    {
        this.seed = seed;
        queue.Clear();
        planned = Happened = 0;
        Now = options.Start.Ticks;
        engine.Reset();
        MakeFundamental();
        Views.Reset(new MarketView { Time = Now });
        Array.Clear(accounts);
        var root = new RandomStream(seed);
        for (int i = 0; i < participants.Length; i++)
        {
            random[i] = root.Split((ulong)i);
            desks[i].Reset();
        }

        for (int i = 0; i < participants.Length; i++)
            participants[i].Start(desks[i], random[i]);
    }

    /// <summary>Lets everything happen up to a time, included; then it is that time.</summary>
    public void RunUntil(long time)
    {
        while (queue.TryPeek(out _, out (long Time, long Number) next) && next.Time <= time)
            Step();
        Now = Math.Max(Now, time);
    }

    /// <summary>Lets a span of time pass.</summary>
    public void RunFor(TimeSpan span) => RunUntil(checked(Now + span.Ticks));

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Write(Save);

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, Load);

    internal Desk DeskOf(int participant) => desks[participant];

    internal void Schedule(in SimulationItem item, long time) => queue.Enqueue(item, (time, planned++));

    internal void Save(BinaryWriter writer)
    {
        writer.Write(seed);
        writer.Write(Now);
        writer.Write(planned);
        writer.Write(Happened);
        engine.Save(writer);
        Views.Save(writer);
        StateBytes.WriteArray<Account>(writer, accounts);
        for (int i = 0; i < participants.Length; i++)
        {
            StateBytes.WriteRandom(writer, random[i]);
            desks[i].Save(writer);
            participants[i].Save(writer);
        }

        writer.Write(queue.Count);
        foreach ((SimulationItem item, (long time, long number)) in queue.UnorderedItems.OrderBy(i => i.Priority))
        {
            writer.Write(time);
            writer.Write(number);
            item.Save(writer);
        }
    }

    internal void Load(BinaryReader reader)
    {
        seed = reader.ReadUInt64();
        Now = reader.ReadInt64();
        planned = reader.ReadInt64();
        Happened = reader.ReadInt64();
        engine.Load(reader);
        Views.Load(reader);
        StateBytes.ReadArray<Account>(reader, accounts);
        for (int i = 0; i < participants.Length; i++)
        {
            StateBytes.ReadRandom(reader, random[i]);
            desks[i].Load(reader);
            participants[i].Load(reader);
        }

        MakeFundamental();
        queue.Clear();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            (long Time, long Number) place = (reader.ReadInt64(), reader.ReadInt64());
            queue.Enqueue(SimulationItem.Load(reader, participants.Length), place);
        }
    }

    private void MakeFundamental() => fundamental = new Fundamental(
        options.Fundamental, new RandomStream(seed).Split(ulong.MaxValue), options.Start.Ticks);

    private void Step()
    {
        queue.TryDequeue(out SimulationItem item, out (long Time, long Number) place);
        Now = place.Time;
        Happened++;
        int who = item.Participant;
        switch (item.Kind)
        {
            case SimulationItemKind.Wake:
                participants[who].Wake(desks[who], random[who]);
                break;
            case SimulationItemKind.Tell:
                desks[who].Hear(item.Update);
                participants[who].Hear(desks[who], item.Update);
                break;
            default:
                Process(item.Message);
                break;
        }
    }

    private void Process(in BookMessage message)
    {
        MarketView view = Views.Latest;
        int? last = view.LastPrice;
        long volume = view.Volume, signed = view.SignedVolume, open = 0;
        Log?.Append(message);
        foreach (ref readonly BookEvent happened in engine.Process(message))
        {
            Recorder?.Invoke(happened);
            bool isTrade = happened.Kind == BookEventKind.Traded;
            bool isIncoming = happened.OrderId == message.OrderId;
            if (happened.Kind == BookEventKind.Rejected)
                open = StillOpen(message); // a refused replacement leaves the order as it was
            else
                open = isTrade ? open - happened.Quantity : isIncoming ? happened.Remaining : open;
            Tell(happened.Participant, new OrderUpdate(
                happened.Kind, happened.OrderId, happened.Side, happened.Price, happened.Quantity,
                isIncoming ? open : happened.Remaining, false, happened.Reject));
            if (!isTrade)
                continue;
            Side makerSide = happened.Side == Side.Buy ? Side.Sell : Side.Buy;
            Tell(happened.MakerParticipant, new OrderUpdate(
                BookEventKind.Traded, happened.MakerOrderId, makerSide, happened.Price, happened.Quantity,
                happened.Remaining, true, RejectReason.None));
            Book(happened.Participant, happened.Side, happened);
            Book(happened.MakerParticipant, makerSide, happened);
            last = happened.Price;
            volume += happened.Quantity;
            signed += happened.Side == Side.Buy ? happened.Quantity : -happened.Quantity;
        }

        Span<PriceLevel> bid = [default], ask = [default];
        bool bids = engine.CopyLevels(Side.Buy, bid) > 0, asks = engine.CopyLevels(Side.Sell, ask) > 0;
        var now = new MarketView
        {
            Time = view.Time,
            Bid = bids ? bid[0].Price : null,
            Ask = asks ? ask[0].Price : null,
            BidSize = bid[0].Quantity,
            AskSize = ask[0].Quantity,
            LastPrice = last,
            Volume = volume,
            SignedVolume = signed,
        };
        if (now != view)
            Views.Add(now with { Time = Now }, Views.Full ? desks.Min(desk => desk.OldestView()) : 0);
    }

    private long StillOpen(in BookMessage message) =>
        engine.TryGetOrder(message.OrderId, out RestingOrder order) && order.Participant == message.Participant
            ? order.Quantity
            : 0;

    private void Tell(int participant, in OrderUpdate update) =>
        Schedule(SimulationItem.Tell(participant, update), Now + dataLatencies[participant]);

    private void Book(int participant, Side side, in BookEvent trade) =>
        accounts[participant] = accounts[participant].After(side, trade.Price, trade.Quantity);
}
