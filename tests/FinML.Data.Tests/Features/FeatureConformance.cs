namespace FinML.Data.Tests.Features;

/// <summary>What every feature must keep; a new one joins with a one-line subclass that makes it.</summary>
public abstract class FeatureConformance
{
    private const int Length = 700;

    protected abstract IFeature Create();

    /// <summary>False for a feature of the calendar: it reads no value that could be perturbed or missing.</summary>
    protected virtual bool ReadsValues => true;

    [Fact]
    public void It_is_undefined_on_exactly_its_lookback()
    {
        IFeature feature = Create();
        Panel panel = TestPanels.RandomWalk(Length);
        for (int t = 0; t < Length; t++)
        {
            Assert.Equal(t < feature.Lookback, double.IsNaN(feature.Compute(new PointInTimeView(panel, t), 0)));
        }
    }

    [Fact]
    public void It_reads_nothing_before_its_lookback()
    {
        IFeature feature = Create();
        Panel panel = TestPanels.RandomWalk(Length);
        for (int t = feature.Lookback; t < Length; t += 37)
        {
            double whole = feature.Compute(new PointInTimeView(panel, t), 0);
            Panel window = panel.Slice(t - feature.Lookback, feature.Lookback + 1);
            Assert.Equal(Bits(whole), Bits(feature.Compute(new PointInTimeView(window, feature.Lookback), 0)));
        }
    }

    [Fact]
    public void It_does_not_see_the_future()
    {
        CausalityReport report = CausalityAudit.Run(TestPanels.RandomWalk(Length), Series,
            new CausalityOptions { Perturbations = Enum.GetValues<Perturbation>() });
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(ReadsValues ? [] : [Create().Name], report.Insensitive);
    }

    [Fact]
    public void It_does_not_depend_on_the_unit_of_price_and_volume()
    {
        // A power of two changes no mantissa: the feature must not change by one bit.
        Panel panel = TestPanels.RandomWalk(Length);
        Panel scaled = panel.Map((_, field, x) => [.. x.Select(v => v * (field == "volume" ? 0.25 : 8))]);
        Assert.Equal(Values(panel).Select(Bits), Values(scaled).Select(Bits));
    }

    [Fact]
    public void It_has_a_sane_scale()
    {
        foreach (double value in Values(TestPanels.RandomWalk(Length)).Skip(Create().Lookback))
        {
            Assert.InRange(value, -100, 100);
        }
    }

    [Fact]
    public void A_missing_row_makes_it_missing_there_and_in_its_lookback_only()
    {
        IFeature feature = Create();
        Panel panel = TestPanels.RandomWalk(Length);
        int hole = feature.Lookback + 20;
        double[] whole = Values(panel);
        double[] holed = Values(panel.Map((_, _, x) => { x[hole] = double.NaN; return x; }));
        Assert.Equal(ReadsValues, double.IsNaN(holed[hole]));
        for (int t = feature.Lookback; t < Length; t++)
        {
            Assert.False(double.IsInfinity(holed[t]), $"row {t} is infinite");
            if (t < hole || t > hole + feature.Lookback)
            {
                Assert.Equal(Bits(whole[t]), Bits(holed[t]));
            }
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    public void Values_that_cannot_be_do_not_make_it_infinite(double bad)
    {
        Panel panel = TestPanels.RandomWalk(Length).Map((_, _, x) => { x[600] = bad; x[601] = bad; return x; });
        Assert.DoesNotContain(Values(panel), double.IsInfinity);
    }

    [Fact]
    public void It_is_deterministic_and_has_a_name()
    {
        Panel panel = TestPanels.RandomWalk(Length);
        Assert.Equal(Values(panel).Select(Bits), Values(panel).Select(Bits));
        Assert.Matches("^[a-z0-9_]+$", Create().Name);
        Assert.True(Create().Lookback >= 0);
    }

    private static long Bits(double x) => BitConverter.DoubleToInt64Bits(x);

    private double[] Values(Panel panel) => new FeatureSet(Create()).Compute(panel, "A").Column(Create().Name);

    private NamedSeries[] Series(Panel panel) => [new NamedSeries(Create().Name, Values(panel))];
}
