using System.Text;
using FinML.Tests;

namespace FinML.Data.Tests.Corporate;

public sealed class CorporateActionsTests
{
    // Close 100, then a split of 2 for 1 and a dividend of 1 on the days after.
    private static readonly Panel s_raw = Panel.Create(
        [Day(1), Day(2), Day(3), Day(4)], ["X"], ["close", "volume"],
        [[100, 51, 50, 55], [10, 20, 20, 20]], [Day(2), Day(3), Day(4), Day(5)]);

    private static readonly CorporateAction[] s_actions =
    [
        new CashDividend { Symbol = "X", ExDate = new(2020, 1, 3), AvailableAt = Day(3), Amount = 1, CloseBefore = 51 },
        new StockSplit { Symbol = "X", ExDate = new(2020, 1, 2), AvailableAt = Day(2), NewForOld = 2 },
    ];

    private static DateTime Day(int day) => new(2020, 1, day, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_history_is_adjusted_with_what_was_known()
    {
        Panel before = CorporateActions.Adjust(s_raw, s_actions, Day(2).AddHours(-1));
        Assert.Equal(0, before.Length); // the first close is known at the end of its day
        Assert.Equal([50.0], CorporateActions.Adjust(s_raw, s_actions, Day(2)).Column("X", "close").ToArray());
        Panel after = CorporateActions.Adjust(s_raw, s_actions, Day(5));
        double dividend = 1 - 1.0 / 51;
        Assert.Equal([50 * dividend, 51 * dividend, 50, 55], after.Column("X", "close").ToArray());
        Assert.Equal([20.0, 20, 20, 20], after.Column("X", "volume").ToArray());
        Assert.Equal(0.5 * dividend, CorporateActions.PriceFactor(s_actions, new(2020, 1, 1), Day(5)));
        Assert.Equal(2, CorporateActions.VolumeFactor(s_actions, new(2020, 1, 1), Day(5)));
        Assert.Equal(1, CorporateActions.PriceFactor(s_actions, new(2020, 1, 1), Day(1)));
    }

    [Fact]
    public void Returns_count_splits_and_dividends() =>
        Assert.Equal([double.NaN, 2 * 51 / 100.0 - 1, (50 + 1) / 51.0 - 1, 55 / 50.0 - 1],
            CorporateActions.TotalReturns(s_raw, s_actions));

    [Fact]
    public void No_later_action_changes_an_earlier_view()
    {
        RandomStream random = new(3);
        double[] close = [.. Enumerable.Range(0, 200).Select(_ => 20 + 80 * random.NextDouble())];
        DateTime[] times = [.. Enumerable.Range(0, 200).Select(i => Day(1).AddDays(i))];
        Panel raw = Panel.Create(times, ["X"], ["close"], [close], [.. times.Select(t => t.AddDays(1))]);
        CorporateAction[] all = [.. Enumerable.Range(0, 30).Select(CorporateAction (i) =>
        {
            int day = 1 + random.NextInt(199);
            DateOnly ex = DateOnly.FromDateTime(times[day]);
            return i % 2 == 0
                ? new StockSplit
                {
                    Symbol = "X", ExDate = ex, AvailableAt = times[day], NewForOld = 0.5 + random.NextInt(4),
                }
                : new CashDividend
                {
                    Symbol = "X", ExDate = ex, AvailableAt = times[day], Amount = 1, CloseBefore = close[day - 1],
                };
        })];
        for (int t = 1; t < 200; t += 7)
        {
            DateTime now = times[t].AddHours(12);
            CorporateAction[] past = [.. all.Where(a => a.AvailableAt <= now)];
            Panel seen = CorporateActions.Adjust(raw, all, now), had = CorporateActions.Adjust(raw, past, now);
            Assert.Equal(had.Column("X", "close").ToArray(), seen.Column("X", "close").ToArray());
            for (int s = 0; s < seen.Length; s++)
            {
                double factor = CorporateActions.PriceFactor(all, DateOnly.FromDateTime(times[s]), now);
                Assert.Equal(close[s] * factor, seen[s, 0, 0], 1e-9 * close[s]);
            }
        }
    }

    [Fact]
    public void Actions_outside_their_range_are_refused()
    {
        StockSplit none = new() { Symbol = "X", ExDate = new(2020, 1, 2), AvailableAt = Day(2), NewForOld = 0 };
        CashDividend all = new()
        {
            Symbol = "X",
            ExDate = new(2020, 1, 2),
            AvailableAt = Day(2),
            Amount = 100,
            CloseBefore = 100,
        };
        Assert.Throws<ArgumentException>(() => CorporateActions.Adjust(s_raw, [none], Day(9)));
        Assert.Throws<ArgumentException>(() => CorporateActions.TotalReturns(s_raw, [all]));
        Assert.Contains("look ahead", Assert.Throws<ArgumentException>(() =>
            CorporateActions.TotalReturns(s_raw, [s_actions[1] with { AvailableAt = Day(9) }])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20200101,1,1\n", "line 1: the line ends before the close")]
    [InlineData("20200101,0,1,5\n", "price factor is 0; it must be in")]
    [InlineData("20200102,1,1,5\n20200101,1,1,5\n", "line 2: the date 2020-01-01 does not follow")]
    [InlineData("20200102,1,1,5,6\n", "more than 4")]
    [InlineData("18000102,1,1,5\n20200103,.5,1,5\n", "does not know the day after 1800-01-02")]
    [InlineData("", "has no line")]
    public void A_bad_factor_file_is_refused_by_line(string text, string say) => Assert.Contains(say,
        Assert.Throws<DataException>(() => LeanFactorFile.Read(TextSource.OfBytes(Encoding.UTF8.GetBytes(text)), "X"))
            .Message, StringComparison.Ordinal);

    [SkippableFact]
    public void Apples_actions_are_those_that_Apple_announced()
    {
        // investor.apple.com/dividend-history; the factor file has seven digits, so that a cent is .2 % of them.
        IReadOnlyList<CorporateAction> actions = LeanFactorFile.Read(
            TextSource.OfFile(PublicData.Require("lean_aapl_factors.csv")), "AAPL");
        Assert.Equal([(new DateOnly(2000, 6, 21), 2.0), (new(2005, 2, 28), 2), (new(2014, 6, 9), 7),
            (new(2020, 8, 31), 4)], actions.OfType<StockSplit>().Select(s => (s.ExDate, s.NewForOld)));
        Dictionary<DateOnly, double> dividends = actions.OfType<CashDividend>()
            .ToDictionary(d => d.ExDate, d => d.Amount);
        Assert.Equal(35, dividends.Count);
        foreach ((DateOnly ex, double amount) in new (DateOnly, double)[] { (new(2012, 8, 9), 2.65),
            (new(2014, 5, 8), 3.29), (new(2014, 8, 7), 0.47), (new(2020, 8, 7), 0.82), (new(2021, 2, 5), 0.205) })
        {
            Assert.Equal(amount, dividends[ex], 0.0005);
        }
    }

    [SkippableFact]
    public void Apples_split_of_2020_leaves_no_jump()
    {
        IReadOnlyList<CorporateAction> actions = LeanFactorFile.Read(
            TextSource.OfFile(PublicData.Require("lean_aapl_factors.csv")), "AAPL");
        Bar[] bars = [.. LeanBars.Read(TextSource.OfFile(PublicData.Require("lean_aapl_hour_1998_2021.zip")),
            LeanOptions.Equity("AAPL")).Where(b => b.Time.Year == 2020 && b.Time.Month is 8 or 9)];
        Panel raw = Panel.Create([.. bars.Select(b => b.Time)], ["AAPL"], ["close"],
            [[.. bars.Select(b => b.Close)]], [.. bars.Select(b => b.AvailableAt)]);
        double[] returns = CorporateActions.TotalReturns(raw, actions);
        Assert.All(returns.Skip(1), r => Assert.InRange(r, -0.1, 0.1));
        Panel eve = CorporateActions.Adjust(raw, actions, new DateTime(2020, 8, 30, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(499.23, eve[eve.Length - 1, 0, 0]); // nobody knew of quarters on the eve
        Panel later = CorporateActions.Adjust(raw, actions, new DateTime(2020, 9, 30, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(499.23 / 4, later[eve.Length - 1, 0, 0], 1e-9);
    }
}
