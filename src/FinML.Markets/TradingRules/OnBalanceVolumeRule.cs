namespace FinML.Markets;

/// <summary>
/// A <see cref="MovingAverageRule"/> on on-balance volume, the running sum of the volumes of days that close higher
/// less those of days that close lower (Granville 1963), instead of the price.
/// </summary>
/// <param name="Fast">Days of the short mean; 1 is the indicator itself. 1 to Slow - 1.</param>
/// <param name="Slow">Days of the long mean; 2 to 100,000.</param>
/// <param name="Band">Share of the long mean's size; 0 to 1.</param>
/// <param name="Timing">Delay and holding period.</param>
public sealed record OnBalanceVolumeRule(
    int Fast, int Slow, double Band = 0, RuleTiming Timing = default) : TradingRule
{
    /// <inheritdoc/>
    public override RuleFamily Family => RuleFamily.OnBalanceVolume;

    /// <inheritdoc/>
    public override string Name =>
        $"on-balance volume {Fast}/{Slow}{(Band > 0 ? $", band {Percent(Band)}" : "")}{Timing.Suffix}";

    /// <inheritdoc/>
    public override bool NeedsVolume => true;

    internal override void Decide(RuleMarket market, Span<sbyte> positions)
    {
        MovingAverageRule.Crossings(
            market.VolumeMean(Fast), market.VolumeMean(Slow), Band, Slow - 1, positions);
        Timing.ApplyToStates(positions, Slow - 1);
    }

    internal override void Validate() => MovingAverageRule.Validate(Fast, Slow, Band, Timing);
}
