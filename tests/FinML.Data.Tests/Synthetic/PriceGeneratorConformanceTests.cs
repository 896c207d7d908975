namespace FinML.Data.Tests.Synthetic;

public sealed class GeometricBrownianMotionConformance : PriceGeneratorConformance
{
    protected override IPriceGenerator Create() => new GeometricBrownianMotion();
}

public sealed class MertonJumpsConformance : PriceGeneratorConformance
{
    protected override IPriceGenerator Create() => new MertonJumps();
}

public sealed class HestonModelConformance : PriceGeneratorConformance
{
    protected override IPriceGenerator Create() => new HestonModel();
}

public sealed class GarchProcessConformance : PriceGeneratorConformance
{
    protected override IPriceGenerator Create() => new GarchProcess { DegreesOfFreedom = 5 };
}

public sealed class RegimeSwitchingConformance : PriceGeneratorConformance
{
    protected override IPriceGenerator Create() => new RegimeSwitching();
}
