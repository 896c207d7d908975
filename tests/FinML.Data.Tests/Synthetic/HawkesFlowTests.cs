namespace FinML.Data.Tests.Synthetic;

public sealed class HawkesFlowTests
{
    private static readonly HawkesFlow s_flow = new()
    {
        Baseline = [0.3, 0.6],
        Excitation = [[0.5, 0.3], [0.1, 0.9]],
        Decay = 1.5,
    };

    /// <summary>
    /// Each type's events on the clock of its own compensator are a Poisson process of rate 1 (F. Papangelou, 1972):
    /// the waits are exponential. With another excitation they are not.
    /// </summary>
    [Fact]
    public void On_the_clock_of_the_compensator_the_events_are_poisson()
    {
        HawkesEvents events = s_flow.Simulate(20_000, new RandomStream(51));
        void Check(HawkesFlow truth)
        {
            foreach (double[] waits in Waits(events, truth))
            {
                Estimate.MeanIs(1, waits, "mean wait");
                foreach (double x in new[] { 0.1, 0.5, 1, 2, 4 })
                {
                    Estimate.ShareIs(Math.Exp(-x), waits.Count(w => w > x), waits.Length, $"P(wait > {x})");
                }

                Estimate.MeanIs(1, [.. Enumerable.Range(0, waits.Length / 2).Select(
                    k => waits[2 * k] * waits[2 * k + 1])], "product of neighbours");
            }
        }

        Check(s_flow);
        Assert.ThrowsAny<Exception>(() => Check(s_flow with { Excitation = [[0.5, 0.3], [0.1, 0.8]] }));
        Assert.ThrowsAny<Exception>(() => Check(s_flow with { Decay = 1.6 }));
    }

    /// <summary>By hand: I - a / beta is [[2/3, -1/5], [-1/15, 2/5]] with determinant 19/75, so that the rates are
    /// (.4 x .3 + .2 x .6, .3 / 15 + .6 x 2/3) x 75 / 19 = (18/19, 31.5/19).</summary>
    [Fact]
    public void The_rates_are_those_of_the_branching_matrix()
    {
        double[] rates = s_flow.Rates();
        Assert.Equal(18.0 / 19, rates[0], 1e-12);
        Assert.Equal(31.5 / 19, rates[1], 1e-12);
        double[][] counts = [new double[200], new double[200]];
        for (int i = 0; i < 200; i++)
        {
            HawkesEvents events = s_flow.Simulate(600, new RandomStream(52, (ulong)i));
            foreach ((double time, int type) in events.Times.Zip(events.Types))
            {
                counts[type][i] += time > 100 ? 1 : 0; // the flow begins without a past
            }
        }

        Estimate.MeanIs(500 * rates[0], counts[0], "first rate");
        Estimate.MeanIs(500 * rates[1], counts[1], "second rate");
    }

    [Fact]
    public void Trades_carry_the_flow_a_tick_a_trade()
    {
        DateTime start = new(2024, 1, 2, 14, 30, 0, DateTimeKind.Utc);
        Trade[] trades = [.. new HawkesFlow().Trades("X", start, 60, new RandomStream(53))];
        HawkesEvents events = new HawkesFlow().Simulate(60, new RandomStream(53));
        Assert.Equal(events.Count, trades.Length);
        Assert.True(trades.Length > 30);
        double price = 100;
        for (int i = 0; i < trades.Length; i++)
        {
            Assert.Equal(events.Types[i] == 0 ? Side.Buy : Side.Sell, trades[i].Side);
            price += trades[i].Side == Side.Buy ? 0.01 : -0.01;
            Assert.Equal(price, trades[i].Price, 1e-9);
            Assert.InRange(trades[i].Time, i == 0 ? start : trades[i - 1].Time, start.AddSeconds(60));
        }
    }

    [Fact]
    public void A_flow_that_would_explode_and_other_bad_options_are_refused()
    {
        Assert.Contains("spectral radius", Assert.Throws<ArgumentException>(
            () => (s_flow with { Decay = 0.5 }).Simulate(1, new RandomStream(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (s_flow with { Excitation = [[1]] }).Rates());
        Assert.Throws<ArgumentOutOfRangeException>(() => (s_flow with { Baseline = [0, 1] }).Rates());
        Assert.Throws<ArgumentOutOfRangeException>(() => s_flow.Simulate(1e9, new RandomStream(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_flow.Simulate(0, new RandomStream(1)));
        HawkesFlow one = new() { Baseline = [1], Excitation = [[0.1]] };
        Assert.Throws<ArgumentException>(() => one.Trades("X", default, 1, new RandomStream(1)));
    }

    /// <summary>For each type the compensator between its events: the integral of its intensity, in closed
    /// form.</summary>
    private static double[][] Waits(HawkesEvents events, HawkesFlow flow)
    {
        int n = flow.Baseline.Count;
        double[] excited = new double[n], sum = new double[n];
        List<double>[] waits = [.. Enumerable.Range(0, n).Select(_ => new List<double>())];
        double now = 0;
        for (int e = 0; e < events.Count; e++)
        {
            double wait = events.Times[e] - now, decay = Math.Exp(-flow.Decay * wait);
            now = events.Times[e];
            for (int i = 0; i < n; i++)
            {
                sum[i] += flow.Baseline[i] * wait + excited[i] * (1 - decay) / flow.Decay;
                excited[i] = excited[i] * decay + flow.Excitation[i][events.Types[e]];
            }

            waits[events.Types[e]].Add(sum[events.Types[e]]);
            sum[events.Types[e]] = 0;
        }

        return [.. waits.Select(list => list.ToArray())];
    }
}
