namespace FinML.Data.Tests.Synthetic;

public sealed class SyntheticPanelTests
{
    [Fact]
    public void Bars_hold_the_path_between_their_ends()
    {
        GeometricBrownianMotion model = new() { StepYears = 1.0 / 252 / 10 };
        Panel bars = SyntheticPanel.Bars(model, 100, 10, new RandomStream(5), assets: 2);
        double[] path = model.Prices(1000, new RandomStream(5).Split(1));
        for (int t = 0; t < 100; t++)
        {
            double[] day = path[(10 * t)..(10 * t + 11)];
            Assert.Equal([day[0], day.Max(), day.Min(), day[10]],
                bars.Fields.Select(field => bars.Column("A1", field)[t]));
        }

        Assert.Equal(["open", "high", "low", "close"], bars.Fields);
        Assert.Equal(98, new ForwardReturn().Label(bars, "A0").Spans.Labelled().Length);
    }

    /// <summary>M. Parkinson (1980): E[(ln H / L)^2] = 4 ln 2 sigma^2 dt of a continuous path; a path of 2,000 steps
    /// misses 3 to 4% of the range's square (its extremes lie between steps).</summary>
    [Fact]
    public void The_range_of_a_bar_tells_the_volatility()
    {
        GeometricBrownianMotion model = new() { Drift = 0, Volatility = 0.3, StepYears = 1.0 / 252 / 2000 };
        Panel bars = SyntheticPanel.Bars(model, 400, 2000, new RandomStream(6));
        double range = Enumerable.Range(0, 400).Average(t =>
            Math.Pow(Math.Log(bars.Column("A0", "high")[t] / bars.Column("A0", "low")[t]), 2));
        Assert.InRange(Math.Sqrt(range / (4 * Math.Log(2)) * 252) / 0.3, 0.91, 1.05); // error .016 of 400 bars
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused()
    {
        GeometricBrownianMotion model = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticPanel.Bars(model, 0, 1, new RandomStream(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticPanel.Bars(model, 1, 0, new RandomStream(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticPanel.Bars(model, 1, 1, new RandomStream(1), 0));
        Assert.Throws<ArgumentNullException>(() => SyntheticPanel.Bars(null!, 1, 1, new RandomStream(1)));
    }
}
