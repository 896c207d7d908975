using FinML.Data;
using FinML.Markets;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>
/// Baselines on many assets, through the backtester, held to published or recomputed figures. All of them are in the
/// literature's convention, which no one can trade: what is decided at a close is bought at that very close. The
/// backtester is given that price as the next open.
/// </summary>
internal static class BaselineChecks
{
    private const string Ours = "recomputed from the data, in Python: ";
    private const string PamrSource = "Li, Hoi 2014 (survey, arXiv 1212.2129), table of final wealth; epsilon .5";

    // Given to two digits; prices are rounded, so that the sign of 252 days is a tie on some of them, which sums of log
    // returns break at random: .002 to .004.
    private const double MomentumTolerance = 0.01;

    private const string MomentumSource =
        Ours + "sign of 252 days x min(10% / volatility of half-life 30, 2.5) / N, decided at the close it trades at";
    private const string ReversalSource = Ours + "minus the rank of the last day's return, sum |w| = 1";

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("markets.equal-weight.dow30", "Sharpe ratio of 30 Dow stocks in equal parts, 1991-2000",
            Ours + "traded back daily, no costs; survivors", 1.45, 0.005,
            context => Sharpe(Account(Dow(context), new EqualWeight()).GrossReturns)),
        new("markets.reversal.dow30-gross", "Sharpe ratio of one-day reversal on 30 Dow stocks, before costs",
            ReversalSource, 0.69, 0.005, context => Sharpe(Reversal(context).GrossReturns)),
        new("markets.reversal.dow30-net", "Sharpe ratio of the same after 5 basis points of what is traded",
            ReversalSource, -1.56, 0.02, context => Sharpe(Reversal(context).NetReturns)),
        new("markets.tsmom.etf18-gross", "Sharpe ratio of time-series momentum on 18 ETFs 2006-2022, before costs",
            MomentumSource, 0.33, MomentumTolerance, context => Sharpe(Momentum(Etfs(context)).GrossReturns)),
        new("markets.tsmom.etf18-net", "Sharpe ratio of the same after 5 basis points of what is traded",
            MomentumSource, 0.24, MomentumTolerance, context => Sharpe(Momentum(Etfs(context)).NetReturns)),
        new("markets.tsmom.fx8-gross", "Sharpe ratio of time-series momentum on 8 currencies per dollar, before costs",
            MomentumSource, 0.45, MomentumTolerance, context => Sharpe(Momentum(Currencies(context)).GrossReturns)),
        new("markets.tsmom.stocks20-gross", "Sharpe ratio of time-series momentum on 20 US stocks 1990-2022",
            MomentumSource, 0.71, MomentumTolerance, context => Sharpe(Momentum(Stocks(context)).GrossReturns)),
        new("markets.tsmom.stocks20-net", "Sharpe ratio of the same after 5 basis points of what is traded",
            MomentumSource, 0.64, MomentumTolerance, context => Sharpe(Momentum(Stocks(context)).NetReturns)),
        new("markets.pamr.nyse-o", "PAMR's final wealth on NYSE(O), 36 stocks 1962-1984, no costs", PamrSource,
            5.14e15, 0.005e15, context => Account(Selection(context, "olps-nyse-o"), new Pamr()).FinalEquity),
        new("markets.pamr.nyse-n", "PAMR's final wealth on NYSE(N), 23 stocks 1985-2010, no costs", PamrSource,
            1.25e6, 0.005e6, context => Account(Selection(context, "olps-nyse-n"), new Pamr()).FinalEquity),
    ];

    private static Panel Dow(VerificationContext context) => context.Catalog.Load("dow30");

    private static Panel Etfs(VerificationContext context) =>
        FromOne(context.Catalog.Load("etf18"), (price, simpleReturn) => price * (1 + simpleReturn));

    private static Panel Stocks(VerificationContext context) => context.Catalog.Load("skfolio-20stocks");

    private static Panel Currencies(VerificationContext context) => context.Catalog.Load("exchange-rate")
        .Map((_, _, values) => [.. values.Select(dollars => 1 / dollars)]);

    private static Panel Selection(VerificationContext context, string name) =>
        FromOne(context.Catalog.Load(name), (_, price) => price);

    /// <summary>Closes that begin with a row of ones, each next one made of the last and the panel's value.</summary>
    private static Panel FromOne(Panel panel, Func<double, double, double> next)
    {
        double[][] closes = [.. Enumerable.Range(0, panel.Assets.Count).Select(asset =>
        {
            double[] column = new double[panel.Length + 1];
            column[0] = 1;
            for (int row = 0; row < panel.Length; row++)
                column[row + 1] = next(column[row], panel.Column(asset, 0)[row]);
            return column;
        })];
        return Panel.Create([panel.Times[0].AddDays(-1), .. panel.Times], panel.Assets, ["close"], closes);
    }

    private static BacktestResult Reversal(VerificationContext context) =>
        Account(Dow(context), new ShortTermReversal(), start: 1, commission: 5);

    private static BacktestResult Momentum(Panel prices) =>
        Account(prices, new VolatilityScaledMomentum(), start: 252, commission: 5);

    private static BacktestResult Account(
        Panel prices, IPortfolioStrategy strategy, int start = 0, double commission = 0) =>
        PortfolioBacktester.Run(AtThePriceSeen(prices), strategy, new PortfolioBacktestOptions
        {
            Execution = new ExecutionOptions
            {
                Costs = CostModel.Free with { CommissionBasisPoints = commission },
                RebalanceBand = 0,
                MaximumLeverage = 4,
            },
        }, start).Account;

    /// <summary>The panel with the close before as the open: what is decided at a close trades at it.</summary>
    private static Panel AtThePriceSeen(Panel prices) => Panel.Create(
        prices.Times,
        prices.Assets,
        ["open", "close"],
        [.. prices.Assets.SelectMany(asset =>
        {
            double[] closes = prices.Column(asset, "close").ToArray();
            return new[] { [closes[0], .. closes[..^1]], closes };
        })]);

    private static double Sharpe(IReadOnlyList<double> returns) =>
        SharpeRatio.Of(ReturnSeries.Simple([.. returns], periodsPerYear: 252)).Annualised;
}
