namespace FinML.Data.Features;

/// <summary>Ready-made lists of features, to begin with.</summary>
public static class StandardFeatures
{
    /// <summary>Everything that daily bars of open, high, low, close and volume say at the usual lengths and without a
    /// fitted model: returns, volatilities, indicators, liquidity and the calendar.</summary>
    public static IReadOnlyList<IFeature> OfBars { get; } =
    [
        new LogReturn(1), new LogReturn(5), new LogReturn(21), new Reversal(5), new Momentum(21), new Momentum(252),
        new LaggedMomentum(252, 21), new DrawdownFromHigh(252), new MovingAverageRatio(10, 50),
        new FractionalDifference(0.4, 1e-3),
        new RollingVolatility(21), new RealisedVolatility(5), new EwmaVolatility(0.94), new ParkinsonVolatility(21),
        new GarmanKlassVolatility(21), new RogersSatchellVolatility(21), new YangZhangVolatility(21),
        new AverageTrueRange(14),
        new Rsi(14), new Macd(12, 26, 9), new ExponentialAverageRatio(20), new BollingerPosition(20),
        new BollingerWidth(20),
        new RelativeVolume(21), new OnBalanceVolume(21), new VwapRatio(21), new AmihudIlliquidity(21),
        new RollSpread(21),
        new DayOfWeekFeature(), new TurnOfMonth(), new CalendarCycle(CalendarPeriod.Year, CalendarWave.Sine),
        new CalendarCycle(CalendarPeriod.Year, CalendarWave.Cosine),
    ];
}
