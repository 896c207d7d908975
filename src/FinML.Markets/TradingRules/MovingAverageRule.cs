namespace FinML.Markets;

/// <summary>
/// Long while the mean of the last <see cref="Fast"/> closes is above that of the last <see cref="Slow"/> ones by more
/// than the band, short while it is below by more, out inside the band. The variable-length rule of Brock, Lakonishok
/// and LeBaron (1992); with a holding period of ten days their fixed-length rule.
/// </summary>
/// <param name="Fast">Closes of the short mean; 1 is the close itself. 1 to Slow - 1.</param>
/// <param name="Slow">Closes of the long mean; 2 to 100,000.</param>
/// <param name="Band">Share of the long mean; 0 to 1.</param>
/// <param name="Timing">Delay and holding period.</param>
public sealed record MovingAverageRule(int Fast, int Slow, double Band = 0, RuleTiming Timing = default) : TradingRule
{
    /// <inheritdoc/>
    public override RuleFamily Family => RuleFamily.MovingAverage;

    /// <inheritdoc/>
    public override string Name =>
        $"moving average {Fast}/{Slow}{(Band > 0 ? $", band {Percent(Band)}" : "")}{Timing.Suffix}";

    internal override void Decide(RuleMarket market, Span<sbyte> positions)
    {
        Crossings(market.Mean(Fast), market.Mean(Slow), Band, Slow - 1, positions);
        Timing.ApplyToStates(positions, Slow - 1);
    }

    internal override void Validate() => Validate(Fast, Slow, Band, Timing);

    internal static void Validate(int fast, int slow, double band, RuleTiming timing)
    {
        Require.InRange(slow, 2, 100_000, nameof(Slow));
        Require.InRange(fast, 1, slow - 1, nameof(Fast));
        Require.InRange(band, 0, 1, nameof(Band));
        timing.Validate();
    }

    /// <summary>The sign of fast - slow where it is more than a share of |slow|, from a row on.</summary>
    internal static void Crossings(double[] fast, double[] slow, double band, int first, Span<sbyte> signs)
    {
        for (int t = first; t < signs.Length; t++)
        {
            double width = band * Math.Abs(slow[t]);
            signs[t] = (sbyte)((fast[t] > slow[t] + width ? 1 : 0) - (fast[t] < slow[t] - width ? 1 : 0));
        }
    }
}
