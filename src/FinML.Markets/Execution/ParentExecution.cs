using FinML.Data;

namespace FinML.Markets.Execution;

/// <summary>
/// The state of a parent order: asks the algorithm at each slice, sends what is missing within the limits, and accounts
/// for every lot. Whoever owns it tells it the time, the volume, the fills and the ends of what it sent.
/// </summary>
public sealed class ParentExecution
{
    private readonly List<ExecutionSlice> slices = [];
    private double spent, arrival = double.NaN;

    /// <exception cref="ArgumentException">The parent's values lie outside their ranges.</exception>
    public ParentExecution(ParentOrder parent, IExecutionAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(algorithm);
        Parent = parent.Validate();
        Algorithm = algorithm;
    }

    public ParentOrder Parent { get; }

    public IExecutionAlgorithm Algorithm { get; }

    /// <summary>Lots heard to be filled.</summary>
    public long Filled { get; private set; }

    /// <summary>Lots sent, and neither heard to be filled nor to be gone.</summary>
    public long Working { get; private set; }

    /// <summary>When the next slice is due; null when all were decided or everything is filled.</summary>
    public DateTime? NextDecision => slices.Count < Parent.Slices && Filled < Parent.Quantity
        ? Parent.Start + slices.Count * Parent.SliceInterval
        : null;

    /// <summary>Decides a slice: the lots to send now, 0 or more.</summary>
    /// <param name="now">Not before <see cref="NextDecision"/>.</param>
    /// <param name="marketVolume">Lots that the others are known to have traded since the start.</param>
    /// <param name="mid">The mid that is known; NaN where there is none.</param>
    /// <exception cref="InvalidOperationException">No slice is due.</exception>
    public long Decide(DateTime now, double marketVolume, double mid)
    {
        if (NextDecision is not { } due || now < due)
            throw new InvalidOperationException($"No slice is due at {now:o}; the next is at {NextDecision:o}.");
        Require.InRange(marketVolume, 0, double.MaxValue, nameof(marketVolume));
        if (slices.Count == 0)
            arrival = mid;
        TimeSpan whole = Parent.End - Parent.Start;
        double end = Math.Min(1, (slices.Count + 1) * Parent.SliceInterval / whole);
        var progress = new ExecutionProgress((now - Parent.Start) / whole, end, Filled, Working, marketVolume);
        double target = Algorithm.Target(Parent, progress);
        Require.InRange(target, 0, Parent.Quantity * (1 + 1e-12), $"The target of {Algorithm.Name}");

        // Room for the rounding of a target that is meant to be whole.
        long wholeTarget = Math.Min(Parent.Quantity, (long)Math.Floor(target + 1e-9 * Math.Max(1, target)));
        long wanted = Math.Max(0, wholeTarget - Filled - Working), sent = wanted;
        if (Parent.MaximumParticipation is { } most)
            sent = Math.Min(sent, Math.Max(0, (long)Math.Floor(most * marketVolume) - Filled - Working));
        slices.Add(new ExecutionSlice(now, wholeTarget, wanted, sent));
        Working += sent;
        return sent;
    }

    /// <summary>Lots that were sent are filled.</summary>
    public void Fill(long lots, double price)
    {
        Require.InRange(lots, 1, Working, nameof(lots));
        Require.Finite(price, nameof(price));
        Working -= lots;
        Filled += lots;
        spent += lots * price;
    }

    /// <summary>Lots that were sent will not be filled any more.</summary>
    public void Close(long lots)
    {
        Require.InRange(lots, 0, Working, nameof(lots));
        Working -= lots;
    }

    /// <summary>How it stands.</summary>
    /// <param name="now">The reason for what is unfilled is given from the parent's end on.</param>
    public ExecutionReport Report(DateTime now)
    {
        double average = Filled > 0 ? spent / Filled : double.NaN;
        return new ExecutionReport
        {
            Algorithm = Algorithm.Name,
            Filled = Filled,
            Unfilled = Parent.Quantity - Filled,
            Reason = Filled == Parent.Quantity || now < Parent.End ? UnfilledReason.None : Why(),
            AveragePrice = average,
            ArrivalPrice = arrival,
            ShortfallPerLot = Parent.Side == Side.Buy ? average - arrival : arrival - average,
            Slices = [.. slices],
        };
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Filled);
        writer.Write(Working);
        writer.Write(spent);
        writer.Write(arrival);
        writer.Write(slices.Count);
        foreach (ExecutionSlice slice in slices)
        {
            writer.Write(slice.Time.Ticks);
            writer.Write(slice.Target);
            writer.Write(slice.Wanted);
            writer.Write(slice.Sent);
        }
    }

    internal void Load(BinaryReader reader)
    {
        Filled = reader.ReadInt64();
        Working = reader.ReadInt64();
        spent = reader.ReadDouble();
        arrival = reader.ReadDouble();
        slices.Clear();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            slices.Add(new ExecutionSlice(
                new DateTime(reader.ReadInt64(), DateTimeKind.Utc), reader.ReadInt64(), reader.ReadInt64(),
                reader.ReadInt64()));
        }
    }

    private UnfilledReason Why()
    {
        if (slices.Count == 0 || slices[^1].Target < Parent.Quantity)
            return UnfilledReason.Algorithm;
        return slices[^1].Clipped > 0 ? UnfilledReason.Participation : UnfilledReason.Market;
    }
}
