namespace FinML.Data.Tests.Synthetic;

public sealed class FactorPanelTests
{
    private const int Rows = 4000;

    /// <summary>The error of a Sharpe ratio of T independent rows is sqrt((1 + S^2 / 2) / T) a row (A. Lo,
    /// 2002).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void The_planted_portfolio_has_the_chosen_sharpe_ratio(double sharpe)
    {
        FactorSample sample = new FactorPanel { Sharpe = sharpe }.Create(Rows, new RandomStream(31));
        double[] r = sample.PlantedReturns[2..];
        double mean = r.Average(), deviation = Math.Sqrt(r.Sum(x => (x - mean) * (x - mean)) / r.Length);
        double perRow = sharpe / Math.Sqrt(FactorPanel.RowsPerYear);
        double error = Math.Sqrt((1 + perRow * perRow / 2) / r.Length * FactorPanel.RowsPerYear);
        Estimate.Is(sharpe, mean / deviation * Math.Sqrt(FactorPanel.RowsPerYear), error, "Sharpe");
        Assert.Equal([double.NaN, double.NaN], sample.PlantedReturns[..2]);
    }

    /// <summary>What a user can trade from the panel: decided at the close of t, entered at the next, held a
    /// row.</summary>
    [Fact]
    public void The_panel_s_own_prices_and_signals_earn_the_planted_returns()
    {
        FactorSample sample = new FactorPanel { Sharpe = 2 }.Create(300, new RandomStream(32));
        Panel panel = sample.Panel;
        for (int t = 0; t + 2 < 300; t += 13)
        {
            double earned = panel.Assets.Sum(asset => panel.Column(asset, "signal")[t] / 50
                * (panel.Column(asset, "close")[t + 2] / panel.Column(asset, "close")[t + 1] - 1));
            Assert.Equal(sample.PlantedReturns[t + 2], earned, 1e-12);
        }
    }

    [Fact]
    public void Signals_are_orthogonal_to_the_loadings_and_persist_as_asked()
    {
        FactorSample sample = new FactorPanel { Persistence = 0.8 }.Create(500, new RandomStream(33));
        double[][] s = [.. sample.Panel.Assets.Select(a => sample.Panel.Column(a, "signal").ToArray())];
        List<double> next = [];
        for (int t = 0; t < 499; t++)
        {
            Assert.Equal(0, s.Sum(x => x[t]), 1e-10);
            Assert.Equal(50, s.Sum(x => x[t] * x[t]), 1e-10);
            for (int k = 0; k < 3; k++)
            {
                Assert.Equal(0, s.Select((x, i) => x[t] * sample.Loadings[i][k]).Sum(), 1e-10);
            }

            next.Add(s.Sum(x => x[t] * x[t + 1]) / 50);
        }

        // Of 46 free dimensions the direction keeps .8 of itself, less the spread of its length: about .5 / 46.
        Assert.InRange(next.Average(), 0.77, 0.81);
    }

    [Fact]
    public void Regressions_on_the_factors_find_the_loadings()
    {
        FactorSample sample = new FactorPanel { Factors = 2, Sharpe = 0 }.Create(Rows, new RandomStream(34));
        for (int i = 0; i < 5; i++)
        {
            ReadOnlySpan<double> close = sample.Panel.Column(i, 0);
            double[] x = sample.FactorReturns[0], y = sample.FactorReturns[1], r = new double[Rows];
            double xx = 0, xy = 0, yy = 0, xr = 0, yr = 0;
            for (int t = 1; t < Rows; t++)
            {
                r[t] = close[t] / close[t - 1] - 1;
                (xx, xy, yy) = (xx + x[t] * x[t], xy + x[t] * y[t], yy + y[t] * y[t]);
                (xr, yr) = (xr + x[t] * r[t], yr + y[t] * r[t]);
            }

            double determinant = xx * yy - xy * xy, error = 0.015 / (0.006 * Math.Sqrt(Rows));
            Estimate.Is(sample.Loadings[i][0], (yy * xr - xy * yr) / determinant, error, "first loading");
            Estimate.Is(sample.Loadings[i][1], (xx * yr - xy * xr) / determinant, error, "second loading");
        }
    }

    [Fact]
    public void The_same_stream_gives_the_same_panel_and_bad_options_are_refused()
    {
        double[] Close(ulong seed) => new FactorPanel().Create(50, new RandomStream(seed)).Panel.Column(7, 0).ToArray();
        Assert.Equal(Close(1), Close(1));
        Assert.NotEqual(Close(1), Close(2));
        foreach (FactorPanel bad in new[]
        {
            new FactorPanel { Assets = 5 }, new FactorPanel { Sharpe = 21 }, new FactorPanel { Persistence = 1 },
            new FactorPanel { Delay = -1 }, new FactorPanel { OwnDeviation = 0 }, new FactorPanel { Factors = -1 },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(bad.Validate);
        }
    }
}
