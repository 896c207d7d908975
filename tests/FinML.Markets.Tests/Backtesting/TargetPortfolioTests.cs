using FinML.Data;

namespace FinML.Markets.Tests.Backtesting;

public sealed class TargetPortfolioTests
{
    private const int Assets = 4;

    /// <summary>
    /// Random targets on random markets with gaps, splits, dividends, funding, thin volumes, leverage, margin calls,
    /// limits and latency: after every event the books agree, after every open the leverage limit holds and each target
    /// is reached or a line of the log says why not. 200 x 40 bars.
    /// </summary>
    [Fact]
    public void TheBooksAgreeAndNothingIsSilentlyDropped() => FsCheck.Fluent.Prop.ForAll(
        FsCheck.Fluent.ArbMap.Default.ArbFor<int>(), seed => DriveAtRandom((ulong)seed)).QuickCheckThrowOnFailureWith();

    [Fact]
    public void SaveAndLoadGoOnToTheSameBits()
    {
        ExecutionOptions options = Options(new RandomStream(3)) with { LatencyBars = 2 };
        TargetPortfolio one = new(options, Assets), other = new(options, Assets);
        var random = new RandomStream(9);
        double[] prices = [10, 20, 30, 40];
        for (int bar = 0; bar < 30; bar++)
        {
            if (bar == 15)
            {
                StateBytes.Read(StateBytes.Write(one.Save), other.Load);
                Assert.Equal(StateBytes.Write(one.Save), StateBytes.Write(other.Save));
            }

            double[] wanted = [.. prices.Select(_ => 0.3 * random.NextNormal())];
            prices = [.. prices.Select(price => price * Math.Exp(0.02 * random.NextNormal()))];
            foreach (TargetPortfolio account in bar < 15 ? [one] : new[] { one, other })
            {
                account.Open(prices, wanted);
                account.Close(prices);
            }
        }

        Assert.Equal(StateBytes.Write(one.Save), StateBytes.Write(other.Save));
    }

    private static bool DriveAtRandom(ulong seed)
    {
        var random = new RandomStream(seed);
        ExecutionOptions options = Options(random);
        List<OrderEvent> log = [];
        var limits = new PortfolioLimits
        {
            MaximumTurnover = random.NextInt(3) == 0 ? 0.5 : null,
            LotSize = random.NextInt(3) == 0 ? 0.001 : 0,
            MinimumTrade = random.NextInt(3) == 0 ? 0.01 : 0,
        };
        var account = new TargetPortfolio(options, Assets, limits, log);
        double[] prices = [.. Enumerable.Range(0, Assets).Select(_ => 5 + 50 * random.NextDouble())];
        var delayed = new Queue<double[]>(Enumerable.Range(0, options.LatencyBars).Select(_ => new double[Assets]));
        for (int bar = 0; bar < 40; bar++)
        {
            DateTime time = Market.Times(40)[bar];
            var market = new BarPrices[Assets];
            double[] wanted = new double[Assets], closes = new double[Assets];
            for (int asset = 0; asset < Assets; asset++)
            {
                if (random.NextInt(10) == 0)
                {
                    double ratio = (1 + random.NextInt(4)) / 2.0;
                    account.Portfolio.Split(asset, ratio);
                    prices[asset] /= ratio;
                }

                if (random.NextInt(10) == 0)
                    account.Portfolio.PayDividend(asset, 0.01 * prices[asset]);
                prices[asset] *= Math.Exp(0.05 * random.NextNormal());
                double volume = random.NextInt(6) == 0 ? 0.1 * random.NextDouble() : 100;
                market[asset] = new BarPrices(
                    random.NextInt(8) == 0 ? double.NaN : prices[asset], double.NaN, double.NaN, new(volume, 0.02));
                prices[asset] *= Math.Exp(0.05 * random.NextNormal());
                closes[asset] = random.NextInt(8) == 0 ? double.NaN : prices[asset];
                wanted[asset] = random.NextInt(8) == 0 ? double.NaN : 0.5 * random.NextNormal();
            }

            int lines = log.Count;
            delayed.Enqueue(wanted);
            account.Open(time, market, wanted, []);
            if (!Agrees(account) || !Explained(account, market, delayed.Dequeue(), [.. log.Skip(lines)]))
                return false;
            account.Close(time, closes);
            if (!Agrees(account))
                return false;
            if (!account.Ruined && random.NextInt(4) == 0)
                account.Portfolio.SettleFunding(random.NextInt(Assets), 0.001 * random.NextNormal());
            if (!Agrees(account))
                return false;
        }

        return true;
    }

    private static ExecutionOptions Options(RandomStream random) => new()
    {
        Costs = new CostModel
        {
            CommissionBasisPoints = 5,
            CommissionPerFill = random.NextInt(2) == 0 ? 1e-5 : 0,
            SquareRootImpact = random.NextInt(2) == 0 ? 0.1 : 0,
            BorrowBasisPointsPerYear = 300,
            CashBasisPointsPerYear = 100,
        },
        RebalanceBand = random.NextInt(2) == 0 ? 0 : 0.2,
        MaximumLeverage = 1 + random.NextInt(2),
        MaintenanceMargin = random.NextInt(2) == 0 ? 0 : 0.4,
        MaximumParticipation = random.NextInt(2) == 0 ? 1 : 0.2,
        LatencyBars = random.NextInt(3),
    };

    private static bool Agrees(TargetPortfolio account)
    {
        Portfolio books = account.Portfolio;
        double positions = Enumerable.Range(0, Assets).Sum(asset =>
            books.Quantity(asset) == 0 ? 0 : books.Quantity(asset) * books.Mark(asset));
        double costs = books.CommissionPaid + books.SlippagePaid + books.BorrowPaid + books.FinancingPaid
            + books.FundingPaid;
        return Math.Abs(books.Cash + positions - books.Equity) < 1e-9
            && Math.Abs(1 + books.PriceGains + books.Dividends - costs - books.Equity) < 1e-9
            && books.SlippagePaid >= 0 && books.CommissionPaid >= 0;
    }

    /// <summary>Each asset whose target was traded is there, within the band or by a line of the log.</summary>
    private static bool Explained(
        TargetPortfolio account, BarPrices[] market, double[] wanted, List<OrderEvent> lines)
    {
        if (account.Ruined)
            return true;
        double drift = 0;
        for (int asset = 0; asset < Assets; asset++)
        {
            bool free = double.IsNaN(wanted[asset]) || lines.Any(line => line.Asset == asset)
                || lines.Any(line => line.Kind == OrderEventKind.MarginCall);
            drift += free ? 0 : Math.Abs(account.Weight(asset) - wanted[asset]);
        }

        // Unless something was clipped, sizes are exact; a clipped order leaves the others sized for its costs.
        bool clipped = lines.Count > 0;
        bool canTrade = market.Any(bar => bar.HasPrice);
        return lines.All(line => line.Reason.Length > 0) && (!canTrade || drift <= (clipped ? 0.22 : 0.2 + 1e-9));
    }
}
