namespace FinML.Markets;

/// <summary>A <see cref="TargetPortfolio"/> of one asset.</summary>
internal sealed class TargetAccount(ExecutionOptions options)
{
    private readonly TargetPortfolio account = new(options.WithoutVolumes(), 1);
    private readonly List<Fill> fills = [];

    internal Portfolio Portfolio => account.Portfolio;

    /// <summary>The weight last traded to.</summary>
    internal double Target => account.Targets[0];

    /// <summary>Whether the equity fell to the ruin level; the account then stays closed.</summary>
    internal bool Ruined => account.Ruined;

    internal double Equity => account.Equity;

    /// <summary>The weight at the last mark; 0 when ruined.</summary>
    internal double Weight => account.Weight(0);

    /// <summary>Whether an equity is at or below the ruin level.</summary>
    internal bool IsRuin(double equity) => account.IsRuin(equity);

    internal void Reset() => account.Reset();

    /// <summary>
    /// Marks at the open, on which the old position earns the night, and trades to the target. Returns the equity
    /// between the two; <paramref name="fill"/> has quantity 0 where nothing was traded.
    /// </summary>
    internal double Open(double open, double target, out Fill fill)
    {
        fills.Clear();
        double before = account.Open(
            new ReadOnlySpan<double>(in open), new ReadOnlySpan<double>(in target), fills);
        fill = fills.Count > 0 ? fills[0] : default;
        return before;
    }

    /// <summary>Marks at the close and charges the borrow of the coming night.</summary>
    internal void Close(double close) => account.Close(new ReadOnlySpan<double>(in close));

    internal void Save(BinaryWriter writer) => account.Save(writer);

    internal void Load(BinaryReader reader) => account.Load(reader);
}
