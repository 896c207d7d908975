using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

public sealed class LogReturnConformance : FeatureConformance
{ protected override IFeature Create() => new LogReturn(5); }

public sealed class ReversalConformance : FeatureConformance
{ protected override IFeature Create() => new Reversal(); }

public sealed class MomentumConformance : FeatureConformance
{ protected override IFeature Create() => new Momentum(63); }

public sealed class LaggedMomentumConformance : FeatureConformance
{ protected override IFeature Create() => new LaggedMomentum(); }

public sealed class DrawdownFromHighConformance : FeatureConformance
{ protected override IFeature Create() => new DrawdownFromHigh(); }

public sealed class MovingAverageRatioConformance : FeatureConformance
{ protected override IFeature Create() => new MovingAverageRatio(); }

public sealed class FractionalDifferenceConformance : FeatureConformance
{
    protected override double? PriceDegree => null; // a cut-off window keeps a little of the logarithm's level

    protected override IFeature Create() => new FractionalDifference();
}

public sealed class RollingVolatilityConformance : FeatureConformance
{ protected override IFeature Create() => new RollingVolatility(); }

public sealed class RealisedVolatilityConformance : FeatureConformance
{ protected override IFeature Create() => new RealisedVolatility(); }

public sealed class EwmaVolatilityConformance : FeatureConformance
{ protected override IFeature Create() => new EwmaVolatility(); }

public sealed class ParkinsonConformance : FeatureConformance
{ protected override IFeature Create() => new ParkinsonVolatility(); }

public sealed class GarmanKlassConformance : FeatureConformance
{ protected override IFeature Create() => new GarmanKlassVolatility(); }

public sealed class RogersSatchellConformance : FeatureConformance
{ protected override IFeature Create() => new RogersSatchellVolatility(); }

public sealed class YangZhangConformance : FeatureConformance
{ protected override IFeature Create() => new YangZhangVolatility(); }

public sealed class AverageTrueRangeConformance : FeatureConformance
{ protected override IFeature Create() => new AverageTrueRange(); }

public sealed class RsiConformance : FeatureConformance
{ protected override IFeature Create() => new Rsi(); }

public sealed class RsiOfShortHistoryConformance : FeatureConformance
{ protected override IFeature Create() => new Rsi(14, history: 14); }

public sealed class MacdConformance : FeatureConformance
{ protected override IFeature Create() => new Macd(); }

public sealed class ExponentialAverageRatioConformance : FeatureConformance
{ protected override IFeature Create() => new ExponentialAverageRatio(); }

public sealed class BollingerPositionConformance : FeatureConformance
{ protected override IFeature Create() => new BollingerPosition(); }

public sealed class BollingerWidthConformance : FeatureConformance
{ protected override IFeature Create() => new BollingerWidth(); }

public sealed class RelativeVolumeConformance : FeatureConformance
{ protected override IFeature Create() => new RelativeVolume(); }

public sealed class OnBalanceVolumeConformance : FeatureConformance
{ protected override IFeature Create() => new OnBalanceVolume(); }

public sealed class VwapRatioConformance : FeatureConformance
{ protected override IFeature Create() => new VwapRatio(); }

public sealed class AmihudConformance : FeatureConformance
{
    protected override double? PriceDegree => -1;

    protected override double? VolumeDegree => -1;

    protected override IFeature Create() => new AmihudIlliquidity();
}

public sealed class RollSpreadConformance : FeatureConformance
{ protected override IFeature Create() => new RollSpread(); }

public sealed class OrderFlowImbalanceConformance : FeatureConformance
{ protected override IFeature Create() => new OrderFlowImbalance(); }

public sealed class TradeImbalanceConformance : FeatureConformance
{ protected override IFeature Create() => new TradeImbalance(); }

public sealed class MicroPriceConformance : FeatureConformance
{ protected override IFeature Create() => new MicroPrice(); }

public sealed class QuotedSpreadConformance : FeatureConformance
{ protected override IFeature Create() => new QuotedSpread(); }

public sealed class BookImbalanceConformance : FeatureConformance
{ protected override IFeature Create() => new BookImbalance(5); }

public sealed class BookSlopeConformance : FeatureConformance
{
    protected override double? VolumeDegree => null; // logarithms of sizes

    protected override double Largest => 1e6; // a logarithm of shares by a hundredth of a per cent

    protected override IFeature Create() => new BookSlope();
}

public sealed class DayOfWeekConformance : FeatureConformance
{
    protected override bool ReadsValues => false;

    protected override IFeature Create() => new DayOfWeekFeature();
}

public sealed class TurnOfMonthConformance : FeatureConformance
{
    protected override bool ReadsValues => false;

    protected override IFeature Create() => new TurnOfMonth();
}

public sealed class CalendarCycleConformance : FeatureConformance
{
    protected override bool ReadsValues => false;

    protected override IFeature Create() => new CalendarCycle(CalendarPeriod.Year, CalendarWave.Cosine);
}

public sealed class CrossSectionalRankConformance : FeatureConformance
{ protected override IFeature Create() => new CrossSectionalRank(new LogReturn(5)); }

public sealed class CrossSectionalZScoreConformance : FeatureConformance
{ protected override IFeature Create() => new CrossSectionalZScore(new Momentum(63)); }

public sealed class GarchConformance : FeatureConformance
{
    protected override int Schedule => 50;

    protected override IFeature Create() => new GarchVolatility(new GarchOptions { Window = 200, RefitEvery = 50 });
}

public sealed class RegimeConformance : FeatureConformance
{
    protected override IFeature Create() => new RegimeProbability(new RegimeModel
    {
        CalmMean = 0.0005,
        CalmVolatility = 0.008,
        CalmStays = 0.98,
        TurbulentMean = -0.001,
        TurbulentVolatility = 0.015,
        TurbulentStays = 0.95,
    });
}

public sealed class FittedMicroPriceConformance : FeatureConformance
{
    private static readonly MicroPriceModel Model = MicroPriceModel.Fit(
        WalkForwardSplit.Create(700, new WalkForwardOptions { InitialTrain = 600, Test = 100 })[0].Train,
        FeaturePanels.OfThree(700), "A", new MicroPriceOptions { TickSize = 0.02, SpreadTicks = 3 });

    protected override double? PriceDegree => null; // the model knows the tick in units of the price

    protected override IFeature Create() => new FittedMicroPrice(Model);
}
