namespace FinML.Markets;

/// <summary>
/// A technical rule: long (1), out (0) or short (-1) at each close, decided from that close and those before it. Rules
/// are values: two with the same parameters are equal. <see cref="RulePositions"/> decides thousands at once;
/// <see cref="RuleStrategy"/> makes one a strategy of the backtester.
/// </summary>
public abstract record TradingRule
{
    /// <summary>The family.</summary>
    public abstract RuleFamily Family { get; }

    /// <summary>A name that tells the parameters too.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the rule reads volumes.</summary>
    public virtual bool NeedsVolume => false;

    /// <summary>The position decided at each close, (bars); 0 until the rule has the bars that it needs.</summary>
    /// <exception cref="ArgumentException">The rule needs volumes and the market has none.</exception>
    public sbyte[] Positions(RuleMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        if (NeedsVolume && market.Volumes.Length == 0)
            throw new ArgumentException($"The rule {Name} needs volumes; the market has closes only.", nameof(market));
        Validate();
        var positions = new sbyte[market.Length];
        Decide(market, positions);
        return positions;
    }

    /// <summary>Fills in the position of each close; the span is 0 at first.</summary>
    internal abstract void Decide(RuleMarket market, Span<sbyte> positions);

    /// <exception cref="ArgumentException">A parameter lies outside its range.</exception>
    internal abstract void Validate();

    /// <summary>The name is what a rule prints as.</summary>
    public sealed override string ToString() => Name;

    private protected static string Percent(double share) =>
        (100 * share).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture) + "%";
}
