using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

public sealed class LogReturnConformance
    : FeatureConformance
{ protected override IFeature Create() => new LogReturn(5); }

public sealed class RollingVolatilityConformance
    : FeatureConformance
{ protected override IFeature Create() => new RollingVolatility(21); }

public sealed class ParkinsonConformance
    : FeatureConformance
{ protected override IFeature Create() => new ParkinsonVolatility(21); }

public sealed class MomentumConformance
    : FeatureConformance
{ protected override IFeature Create() => new Momentum(63); }

public sealed class RsiConformance : FeatureConformance { protected override IFeature Create() => new Rsi(); }

public sealed class MovingAverageRatioConformance
    : FeatureConformance
{ protected override IFeature Create() => new MovingAverageRatio(); }

public sealed class MacdConformance : FeatureConformance { protected override IFeature Create() => new Macd(); }

public sealed class DrawdownFromHighConformance
    : FeatureConformance
{ protected override IFeature Create() => new DrawdownFromHigh(252); }

public sealed class RelativeVolumeConformance
    : FeatureConformance
{ protected override IFeature Create() => new RelativeVolume(); }

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
