using FinML.Data;

namespace FinML.Evaluation.Tests.Controls;

public sealed class NoiseControlsTests
{
    private const int Draws = 20;

    [Fact]
    public void Among_a_thousand_strategies_of_noise_there_is_nothing_to_find()
    {
        NoiseFindings[] found = Run(1_000, 126, 0);

        // Of 20 draws 4 or more reject at 5 % with probability .016 where the size is nominal.
        Assert.True(found.Count(f => f.Stepwise <= .05) <= 3);
        Assert.True(found.Count(f => f.Superior <= .05) <= 3);
        Assert.True(found.Count(f => f.FalseDiscoveryRate <= .05) <= 3);
        Assert.True(found.Count(f => f.Deflated <= .05) <= 3);
        // What is not corrected finds something every time: the control can fail.
        Assert.Equal(Draws, found.Count(f => f.Uncorrected <= .05));
    }

    [Fact]
    public void A_planted_Sharpe_ratio_of_one_over_twenty_years_is_found()
    {
        NoiseFindings[] found = Run(20, 20 * 252, 1);

        // 13 or fewer of 20 with probability .002 where the power is .9.
        Assert.True(found.Count(f => f.Stepwise <= .05) >= 14);
        Assert.True(found.Count(f => f.Superior <= .05) >= 14);
        Assert.True(found.Count(f => f.FalseDiscoveryRate <= .05) >= 14);
    }

    [Fact]
    public void The_same_draw_gives_the_same_findings() => Assert.Equal(
        NoiseControls.Run(new RandomStream(3, 1), 20, 100), NoiseControls.Run(new RandomStream(3, 1), 20, 100));

    [Fact]
    public void Too_few_strategies_or_days_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseControls.Run(new RandomStream(1), 1, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseControls.Run(new RandomStream(1), 10, 15));
    }

    private static NoiseFindings[] Run(int strategies, int days, double sharpe)
    {
        var found = new NoiseFindings[Draws];
        Parallel.For(0, Draws, i =>
            found[i] = NoiseControls.Run(new RandomStream(20_260_101, (ulong)i), strategies, days, sharpe, 199));
        return found;
    }
}
