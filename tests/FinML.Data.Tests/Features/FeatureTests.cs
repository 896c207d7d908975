using System.Globalization;
using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

/// <summary>Closed forms and published numbers of the features.</summary>
public sealed class FeatureTests
{
    private static double At(IFeature feature, Panel panel, int t) => feature.Compute(new PointInTimeView(panel, t), 0);

    private static double Last(IFeature feature, params double[] close) =>
        At(feature, TestPanels.Closes(close), close.Length - 1);

    private static double[] Geometric(int count, double factor) =>
        [.. Enumerable.Range(0, count).Select(t => 100 * Math.Pow(factor, t))];

    [Fact]
    public void Log_return_of_a_doubling_is_ln_2() =>
        Assert.Equal(Math.Log(2), Last(new LogReturn(2), 50, 70, 100), 1e-15);

    /// <summary>
    /// The worked example of the 14-day index in StockCharts' ChartSchool, "Relative Strength Index (RSI)": 33 closes
    /// and the index from the 15th on, printed with two digits (of closes with more digits than those printed here).
    /// </summary>
    [Fact]
    public void Rsi_gives_the_published_example()
    {
        double[] close =
        [
            44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931,
            46.0328, 45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521,
            45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314,
        ];
        double[] published =
        [
            70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87,
            45.46, 37.30, 33.08, 37.77,
        ];
        for (int i = 0; i < published.Length; i++)
        {
            // The whole history so far, as in the example: the averages begin at the first close.
            Rsi rsi = new(14, history: 14 + i);
            Assert.Equal(published[i], At(rsi, TestPanels.Closes(close), 14 + i), 0.02);
        }
    }

    [Theory]
    [InlineData(1.01, 100)]
    [InlineData(0.99, 0)]
    [InlineData(1.0, 50)]
    public void Rsi_of_a_steady_series(double factor, double expected) =>
        Assert.Equal(expected, Last(new Rsi(14), Geometric(141, factor)), 1e-12);

    [Fact]
    public void Volatility_of_alternating_returns()
    {
        // Returns +a, -a, +a, -a: mean 0, squares 4 a^2, divisor 3.
        double a = 0.02;
        double[] close = [100, 100 * Math.Exp(a), 100, 100 * Math.Exp(a), 100];
        Assert.Equal(a * Math.Sqrt(4.0 / 3), Last(new RollingVolatility(4), close), 1e-14);
        Assert.Equal(a * Math.Sqrt(4.0 / 3 * 252), Last(new RollingVolatility(4, rowsPerYear: 252), close), 1e-13);
        Assert.Equal(0, Last(new RollingVolatility(4), Geometric(5, 1.01)), 1e-15);
    }

    [Fact]
    public void Parkinson_of_a_constant_range()
    {
        double[] high = [110, 110, 110], low = [100, 100, 100];
        Panel panel = Panel.OfAsset("A", TestPanels.Days(3), ("high", high), ("low", low));
        Assert.Equal(Math.Log(1.1) / Math.Sqrt(4 * Math.Log(2)), At(new ParkinsonVolatility(3), panel, 2), 1e-15);
        Panel broken = Panel.OfAsset("A", TestPanels.Days(3), ("high", low), ("low", high));
        Assert.True(double.IsNaN(At(new ParkinsonVolatility(3), broken, 2)));
    }

    [Fact]
    public void Momentum_of_a_steady_trend_is_the_root_of_n()
    {
        Assert.Equal(Math.Sqrt(10), Last(new Momentum(10), Geometric(11, 1.02)), 1e-12);
        Assert.Equal(-Math.Sqrt(10), Last(new Momentum(10), Geometric(11, 0.98)), 1e-12);
        Assert.Equal(0, Last(new Momentum(10), Geometric(11, 1)));
    }

    [Fact]
    public void Moving_averages_of_a_line()
    {
        // Prices 1..8: the last 2 average 7.5, all 8 average 4.5.
        Assert.Equal(Math.Log(7.5 / 4.5), Last(new MovingAverageRatio(2, 8), 1, 2, 3, 4, 5, 6, 7, 8), 1e-15);
        Assert.Equal(0, Last(new MovingAverageRatio(2, 8), Geometric(8, 1)), 1e-15);
    }

    [Fact]
    public void Macd_of_a_constant_is_nothing_and_of_a_line_dies_out()
    {
        Assert.Equal(0, Last(new Macd(), Geometric(131, 1)), 1e-15);
        // On a line of slope 1 an average over n lags by (n-1)/2: M settles at (26-12)/2 = 7, S reaches it, M - S -> 0.
        double[] line = [.. Enumerable.Range(0, 1001).Select(t => 100.0 + t)];
        Assert.Equal(0, Last(new Macd(history: 1000), line), 1e-12);
        double[] step = [.. Enumerable.Repeat(100.0, 130), 110];
        double fast = 10 * 2.0 / 13, slow = 10 * 2.0 / 27, signal = (fast - slow) * 0.2;
        Assert.Equal((fast - slow - signal) / 110, Last(new Macd(), step), 1e-15);
    }

    [Fact]
    public void Drawdown_forgets_a_high_that_is_older_than_its_window()
    {
        Assert.Equal(-0.25, Last(new DrawdownFromHigh(2), 200, 80, 100, 75), 1e-15);
        Assert.Equal(0, Last(new DrawdownFromHigh(2), 200, 80, 90, 100));
    }

    [Fact]
    public void Relative_volume_compares_with_the_rows_before()
    {
        Panel panel = Panel.OfAsset("A", TestPanels.Days(4), ("volume", [1, 2, 3, 4]));
        Assert.Equal(Math.Log(2), At(new RelativeVolume(3), panel, 3), 1e-15);
    }

    [Fact]
    public void The_calendar_knows_its_days()
    {
        // Monday 2001-01-01 to Friday 2001-02-02.
        Panel panel = Panel.OfAsset("A", TestPanels.Days(25), ("close", new double[25]));
        Assert.Equal([-1, -0.5, 0, 0.5, 1], Enumerable.Range(0, 5).Select(t => At(new DayOfWeekFeature(), panel, t)));
        double[] turn = [.. Enumerable.Range(0, 25).Select(t => At(new TurnOfMonth(), panel, t))];
        // 1-3 January; 31 January; 1 and 2 February.
        Assert.Equal([0, 1, 2, 22, 23, 24], Enumerable.Range(0, 25).Where(t => turn[t] == 1));
    }

    [Fact]
    public void The_turn_of_the_month_is_that_of_a_count_of_weekdays()
    {
        DateTime[] days = [.. Enumerable.Range(0, 12 * 365 + 3)
            .Select(d => new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(d))];
        double[] turn = new double[days.Length];
        new TurnOfMonth().Compute(Panel.OfAsset("A", days, ("close", turn)), 0, turn);
        foreach (var month in Enumerable.Range(0, days.Length).GroupBy(d => (days[d].Year, days[d].Month)))
        {
            int[] weekdays = [.. month.Where(d => days[d].DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))];
            Assert.All(month, d =>
                Assert.Equal(weekdays[..3].Contains(d) || d == weekdays[^1] ? 1 : 0, turn[d]));
        }
    }

    [Fact]
    public void Reversal_is_the_return_turned_round_and_lagged_momentum_forgets_the_last_rows()
    {
        Assert.Equal(Math.Log(0.5), Last(new Reversal(2), 50, 70, 100), 1e-15);
        Assert.Equal(Math.Log(2), Last(new LaggedMomentum(3, 1), 50, 70, 100, 20), 1e-15);
        Assert.Equal(Math.Log(0.4), Last(new LaggedMomentum(3, 0), 50, 70, 100, 20), 1e-15);
    }

    [Fact]
    public void Volatilities_of_bars_that_are_all_alike()
    {
        // Every bar opens at 100 times its drift, ranges from 90 to 110 and closes where it opened.
        int n = 5;
        Panel panel = Panel.OfAsset("A", TestPanels.Days(n + 1),
            ("open", Flat(100)), ("high", Flat(110)), ("low", Flat(90)), ("close", Flat(100)));
        double up = Math.Log(1.1), down = Math.Log(0.9), range = up - down;
        Assert.Equal(range / Math.Sqrt(2), At(new GarmanKlassVolatility(n), panel, n), 1e-15);
        double satchell = up * up + down * down;
        Assert.Equal(Math.Sqrt(satchell), At(new RogersSatchellVolatility(n), panel, n), 1e-15);
        double k = 0.34 / (1.34 + 6.0 / 4);
        Assert.Equal(Math.Sqrt((1 - k) * satchell), At(new YangZhangVolatility(n), panel, n), 1e-15);
        Assert.Equal(0.2, At(new AverageTrueRange(n, n), panel, n), 1e-15);
        Panel broken = panel.WithColumn("A", "open", Flat(111));
        Assert.True(double.IsNaN(At(new GarmanKlassVolatility(n), broken, n)));
        Assert.True(double.IsNaN(At(new RogersSatchellVolatility(n), broken, n)));

        double[] Flat(double price) => [.. Enumerable.Repeat(price, n + 1)];
    }

    [Fact]
    public void The_true_range_bridges_a_gap()
    {
        Panel panel = Panel.OfAsset("A", TestPanels.Days(3), ("high", [11, 21, 21]), ("low", [9, 19, 19]),
            ("close", [10, 20, 20]));
        Assert.Equal((11 + 2) / 2.0 / 20, At(new AverageTrueRange(2, 2), panel, 2), 1e-15); // 21 - 10, then 21 - 19
    }

    [Fact]
    public void Realised_and_exponential_volatility_of_alternating_returns()
    {
        double a = 0.02;
        double[] close = [100, 100 * Math.Exp(a), 100, 100 * Math.Exp(a), 100];
        Assert.Equal(a, Last(new RealisedVolatility(4), close), 1e-15);
        Assert.Equal(a * Math.Sqrt(252), Last(new RealisedVolatility(3, rowsPerYear: 252), close), 1e-15);
        Assert.Equal(a, Last(new EwmaVolatility(0.9, history: 4), close), 1e-15);
        Assert.Equal(a * Math.Sqrt(0.9 / 1.9), Last(new EwmaVolatility(0.9, history: 2), 100, 100 * Math.Exp(a),
            100 * Math.Exp(a)), 1e-15);
        Assert.Equal(149, new EwmaVolatility().Lookback); // .94^149 is below 1e-4
    }

    [Fact]
    public void Bollinger_bands_of_a_step()
    {
        // Prices 1, 1, 1, 5: mean 2, deviation sqrt(3) with divisor 4.
        Assert.Equal(3 / (2 * Math.Sqrt(3)), Last(new BollingerPosition(4), 1, 1, 1, 5), 1e-15);
        Assert.Equal(4 * Math.Sqrt(3) / 2, Last(new BollingerWidth(4), 1, 1, 1, 5), 1e-15);
        Assert.Equal(0, Last(new BollingerPosition(4), 7, 7, 7, 7));
        Assert.Equal(0, Last(new BollingerWidth(4), 7, 7, 7, 7));
        Assert.Equal(Math.Log(5 / 3.0), Last(new ExponentialAverageRatio(3, history: 1), 1, 5), 1e-15);
    }

    [Fact]
    public void Liquidity_by_hand()
    {
        Panel panel = Panel.OfAsset("A", TestPanels.Days(4), ("high", [10, 12, 12, 12]), ("low", [10, 10, 10, 10]),
            ("close", [10, 11, 11, 8]), ("volume", [100, 200, 300, 600]));
        Assert.Equal((200 - 600) / 1100.0, At(new OnBalanceVolume(3), panel, 3), 1e-15);
        Assert.Equal(Math.Log(8 / ((11 * 300 + 10 * 600) / 900.0)), At(new VwapRatio(2), panel, 3), 1e-15);
        double impact = (Math.Log(1.1) / 2200 + 0 + Math.Log(11 / 8.0) / 4800) / 3;
        Assert.Equal(1e6 * impact, At(new AmihudIlliquidity(3), panel, 3), 1e-13);
        Panel still = panel.WithColumn("A", "volume", [100, 0, 300, 600]);
        Assert.True(double.IsNaN(At(new AmihudIlliquidity(3), still, 3)));
    }

    [Fact]
    public void The_bounce_between_bid_and_ask_gives_the_spread()
    {
        // Roll's model: a value that stands still and trades at bid or ask with equal chance; spread 2 %.
        RandomStream random = new(12);
        double[] close =
            [.. Enumerable.Range(0, 5002).Select(_ => random.NextInt(2) == 0 ? 100 : 100 * Math.Exp(0.02))];
        Assert.Equal(0.02, Last(new RollSpread(5000), close), 0.001);
        Assert.Equal(0, Last(new RollSpread(100), Geometric(102, 1.01)), 1e-8); // a trend does not bounce
    }

    [Fact]
    public void The_calendar_goes_round()
    {
        DateTime[] times = [.. new[] { "2021-01-01", "2021-01-04", "2021-07-02 12:00", "2024-02-01" }
            .Select(t => DateTime.Parse(t + "Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal))];
        Panel panel = Panel.OfAsset("A", times, ("close", new double[4]));
        Assert.Equal(1, At(new CalendarCycle(CalendarPeriod.Year, CalendarWave.Cosine), panel, 0)); // 1 January
        Assert.Equal(-1, At(new CalendarCycle(CalendarPeriod.Year, CalendarWave.Cosine), panel, 2), 1e-15); // half-way
        Assert.Equal(0, At(new CalendarCycle(CalendarPeriod.Week, CalendarWave.Sine), panel, 1)); // Monday
        Assert.Equal(Math.Sin(2 * Math.PI * 4.5 / 7),
            At(new CalendarCycle(CalendarPeriod.Week, CalendarWave.Sine), panel, 2), 1e-15); // Friday noon
        Assert.Equal(-1, At(new CalendarCycle(CalendarPeriod.Day, CalendarWave.Cosine), panel, 2), 1e-15); // noon
        Assert.Equal(Math.Sin(2 * Math.PI * 1.5 / 31),
            At(new CalendarCycle(CalendarPeriod.Month, CalendarWave.Sine), panel, 2), 1e-15);
        Assert.Equal("sine_of_month", new CalendarCycle(CalendarPeriod.Month, CalendarWave.Sine).Name);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalendarCycle((CalendarPeriod)9, CalendarWave.Sine));
    }

    [Fact]
    public void Parameters_outside_their_range_are_refused_with_the_value()
    {
        foreach (Func<IFeature> make in new Func<IFeature>[]
        {
            () => new LogReturn(0), () => new RollingVolatility(1), () => new RollingVolatility(5, 0),
            () => new RollingVolatility(5, double.NaN), () => new ParkinsonVolatility(0), () => new Momentum(0),
            () => new Rsi(1), () => new Rsi(14, 13), () => new MovingAverageRatio(0, 5), () =>
                new MovingAverageRatio(5, 5),
            () => new Macd(26, 12), () => new Macd(12, 26, 0), () => new Macd(12, 26, 9, 25), () =>
                new DrawdownFromHigh(0),
            () => new RelativeVolume(-3), () => new Reversal(0), () => new LaggedMomentum(5, 5),
            () => new LaggedMomentum(5, -1), () => new RealisedVolatility(0), () => new EwmaVolatility(1),
            () => new EwmaVolatility(0.9, 0), () => new GarmanKlassVolatility(0), () => new RogersSatchellVolatility(0),
            () => new YangZhangVolatility(1), () => new AverageTrueRange(0), () => new AverageTrueRange(14, 13),
            () => new ExponentialAverageRatio(0), () => new BollingerPosition(1), () => new BollingerWidth(20, 0),
            () => new OnBalanceVolume(0), () => new VwapRatio(0), () => new AmihudIlliquidity(0),
            () => new RollSpread(1), () => new OrderFlowImbalance(0), () => new BookImbalance(0),
        })
        {
            Assert.Contains("must be", Assert.Throws<ArgumentOutOfRangeException>(make).Message,
                StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => new LogReturn(1, " "));
        Panel noVolume = TestPanels.Closes(Geometric(30, 1.01));
        Assert.Contains("volume", Assert.Throws<ArgumentException>(
            () => new FeatureSet(new RelativeVolume()).Compute(noVolume, "A")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_computes_its_features_in_order_with_a_common_warm_up()
    {
        FeatureSet set = new(new LogReturn(1), new Momentum(63), new DayOfWeekFeature());
        Panel panel = TestPanels.RandomWalk(100);
        FeatureMatrix matrix = set.Compute(panel, "A");
        Assert.Equal(63, set.WarmUp);
        Assert.Equal(["log_return_1", "momentum_63", "day_of_week"], matrix.Names);
        Assert.Equal((100, 3), (matrix.Rows, matrix.Columns));
        Assert.False(matrix.IsComplete(62));
        Assert.True(matrix.IsComplete(63));
        Assert.Equal(At(new Momentum(63), panel, 80), matrix[80, 1]);
        Assert.Throws<ArgumentException>(() => new FeatureSet());
        Assert.Throws<ArgumentException>(() => new FeatureSet(new LogReturn(1), new LogReturn(1)));
    }

    [Fact]
    public void A_feature_of_ones_own_is_computed_row_by_row()
    {
        Panel panel = TestPanels.Closes(1, 2, 0, 4);
        FeatureSet set = new(new OneOverPrice(), new LogReturn(1));
        Assert.Equal([double.NaN, 0.5, double.NaN, 0.25], set.Compute(panel, "A").Column("one_over_price"));
        Assert.Equal([double.NaN, 0.5, double.NaN, 0.25], set.Compute(panel).Column("A", "one_over_price").ToArray());
        Assert.Contains("no running form", Assert.Throws<ArgumentException>(() => set.Start(["close"])).Message,
            StringComparison.Ordinal);
    }

    private sealed class OneOverPrice : IFeature
    {
        public string Name => "one_over_price";

        public int Lookback => 1;

        public double Compute(in PointInTimeView view, int asset) => 1 / view.Value(asset, "close");
    }
}
