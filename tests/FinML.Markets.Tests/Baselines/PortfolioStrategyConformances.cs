namespace FinML.Markets.Tests.Baselines;

public sealed class EqualWeightConformance : PortfolioStrategyConformance
{
    protected override IPortfolioStrategy Create() => new EqualWeight();
}

public sealed class BuyAndHoldConformance : PortfolioStrategyConformance
{
    protected override bool Holds => true;

    protected override IPortfolioStrategy Create() => new BuyAndHoldPortfolio();
}

public sealed class SixtyFortyConformance : PortfolioStrategyConformance
{
    protected override IPortfolioStrategy Create() => FixedMix.SixtyForty("A0", "A1", 10);
}

public sealed class RiskParityConformance : PortfolioStrategyConformance
{
    protected override IPortfolioStrategy Create() => new RiskParity(20, 5);
}

public sealed class MinimumVarianceConformance : PortfolioStrategyConformance
{
    protected override IPortfolioStrategy Create() => new MinimumVariance(20, 5);
}

public sealed class EachMomentumConformance : PortfolioStrategyConformance
{
    protected override IPortfolioStrategy Create() => new EachAsset(new TimeSeriesMomentum(20, shorts: true));
}

public sealed class EachCrossoverConformance : PortfolioStrategyConformance
{
    protected override IPortfolioStrategy Create() => new EachAsset(new MovingAverageCrossover(5, 20, shorts: true));
}

public sealed class VolatilityScaledMomentumConformance : PortfolioStrategyConformance
{
    protected override double Largest => 2.5;

    protected override IPortfolioStrategy Create() =>
        new VolatilityScaledMomentum(new() { Lookback = 20, HalfLife = 5 });
}

public sealed class ShortTermReversalConformance : PortfolioStrategyConformance
{
    protected override IPortfolioStrategy Create() => new ShortTermReversal(2);
}

public sealed class PamrConformance : PortfolioStrategyConformance
{
    protected override IPortfolioStrategy Create() => new Pamr(variant: 2);
}

public sealed class OlmarConformance : PortfolioStrategyConformance
{
    protected override IPortfolioStrategy Create() => new Olmar();
}

public sealed class RandomPortfolioConformance : PortfolioStrategyConformance
{
    protected override IPortfolioStrategy Create() => new RandomPortfolio(7, 0.2);
}
