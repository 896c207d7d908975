namespace FinML.Markets;

/// <summary>
/// A one-asset account that follows target weights: the one place where a decided position becomes a trade. A bar is
/// <see cref="Open"/> (the target decided at the close before is traded) and then <see cref="Close"/> (the mark).
/// </summary>
internal sealed class TargetAccount(ExecutionOptions options)
{
    private readonly Portfolio portfolio = new(1, 1, options.MaximumLeverage);

    internal Portfolio Portfolio => portfolio;

    /// <summary>The weight last traded to.</summary>
    internal double Target { get; private set; }

    /// <summary>Whether the equity fell to the ruin level; the account then stays closed.</summary>
    internal bool Ruined { get; private set; }

    internal double Equity => portfolio.Equity;

    /// <summary>The weight at the last mark; 0 when ruined.</summary>
    internal double Weight => Ruined ? 0 : portfolio.Weight(0);

    /// <summary>Whether an equity is at or below the ruin level.</summary>
    internal bool IsRuin(double equity) => !(equity > options.RuinFraction * portfolio.InitialCash);

    internal void Reset()
    {
        portfolio.Reset(1);
        Target = 0;
        Ruined = false;
    }

    /// <summary>
    /// Marks at the open, on which the old position earns the night, and trades to the target. Returns the equity
    /// between the two; <paramref name="fill"/> has quantity 0 where nothing was traded.
    /// </summary>
    internal double Open(double open, double target, out Fill fill)
    {
        fill = default;
        portfolio.MarkToMarket(0, open);
        double before = portfolio.Equity;
        if (CloseIfRuined(open))
            return before;
        bool drifted = Math.Abs(portfolio.Weight(0) - target) > options.RebalanceBand;
        if (target != Target || drifted)
        {
            fill = portfolio.TradeToWeight(0, target, open, options.Costs);
            Target = target;
        }

        return before;
    }

    /// <summary>Marks at the close and charges the borrow of the coming night.</summary>
    internal void Close(double close)
    {
        portfolio.MarkToMarket(0, close);
        portfolio.AccrueBorrow(options.Costs, 1 / options.PeriodsPerYear);
        CloseIfRuined(close);
    }

    internal void Save(BinaryWriter writer)
    {
        portfolio.Save(writer);
        writer.Write(Target);
        writer.Write(Ruined);
    }

    internal void Load(BinaryReader reader)
    {
        portfolio.Load(reader);
        Target = reader.ReadDouble();
        Ruined = reader.ReadBoolean();
    }

    private bool CloseIfRuined(double price)
    {
        if (!Ruined && IsRuin(portfolio.Equity))
        {
            portfolio.Trade(0, -portfolio.Quantity(0), price, options.Costs);
            Target = 0;
            Ruined = true;
        }

        return Ruined;
    }
}
