namespace FinML.Data.Tests.Features;

/// <summary>What every feature must keep; a new one joins with a one-line subclass that makes it.</summary>
public abstract class FeatureConformance
{
    private const int Length = 700;

    private static readonly Panel Three = FeaturePanels.OfThree(Length);

    protected abstract IFeature Create();

    /// <summary>False for a feature of the calendar: it reads no value that could be perturbed or missing.</summary>
    protected virtual bool ReadsValues => true;

    /// <summary>How many rows apart the feature does something by the number of the row, as a refit.</summary>
    protected virtual int Schedule => 1;

    /// <summary>The power of the unit of price that it is measured in: 0 for most; null where it is no power.</summary>
    protected virtual double? PriceDegree => 0;

    /// <summary>The power of the unit of volumes and sizes that it is measured in; null where it is no power.</summary>
    protected virtual double? VolumeDegree => 0;

    /// <summary>The largest value that is sane.</summary>
    protected virtual double Largest => 100;

    [Fact]
    public void It_is_undefined_on_exactly_its_lookback()
    {
        int lookback = Create().Lookback;
        foreach (double[] values in Columns(Three))
        {
            for (int t = 0; t < Length; t++)
            {
                Assert.Equal(t < lookback, double.IsNaN(values[t]));
            }
        }
    }

    [Fact]
    public void The_value_at_a_row_is_that_of_the_column_to_the_bit()
    {
        IFeature feature = Create();
        double[][] columns = Columns(Three);
        for (int t = 0; t < Length; t += t < feature.Lookback - 1 ? 40 : 3)
        {
            for (int a = 0; a < columns.Length; a++)
            {
                Assert.Equal(Bits(columns[a][t]), Bits(feature.Compute(new PointInTimeView(Three, t), a)));
            }
        }
    }

    [Fact]
    public void The_running_form_says_the_bits_of_the_column_and_says_them_again_after_a_reset()
    {
        double[][] columns = Columns(Three);
        FeatureSetStream stream = new FeatureSet(Create()).Start(Three.Fields, Three.Assets.Count);
        double[] results = new double[Three.Assets.Count];
        foreach (int rows in new[] { Length / 2, Length })
        {
            for (int t = 0; t < rows; t++)
            {
                stream.Next(Three.Times[t], Row(t), results);
                Assert.Equal(columns.Select(column => Bits(column[t])), results.Select(Bits));
            }

            stream.Reset();
        }
    }

    [Fact]
    public void It_reads_nothing_before_its_lookback()
    {
        // Where the data begin decides where sums are cut into blocks, and so the rounding, but nothing else.
        IFeature feature = Create();
        double[] values = Columns(Three)[0];
        double largest = values.Where(double.IsFinite).Max(Math.Abs);
        for (int start = 0; start + feature.Lookback < Length; start += Schedule == 1 ? 37 : Schedule)
        {
            Panel window = Three.Slice(start, feature.Lookback + 1);
            double value = feature.Compute(new PointInTimeView(window, feature.Lookback), 0);
            Assert.Equal(values[start + feature.Lookback], value, 1e-12 * largest);
        }
    }

    [Fact]
    public void It_does_not_see_the_future()
    {
        CausalityReport report = CausalityAudit.Run(Three,
            panel => [.. Columns(panel).Select((values, a) => new NamedSeries($"{Create().Name} of {a}", values))],
            new CausalityOptions { Perturbations = Enum.GetValues<Perturbation>(), CutoffCount = 3 });
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(ReadsValues ? 0 : Three.Assets.Count, report.Insensitive.Count);
    }

    [Fact]
    public void Its_unit_is_what_it_says()
    {
        // A power of two changes no mantissa: the feature must not change by one bit.
        if (PriceDegree is { } price)
        {
            AssertScaled(field => FeaturePanels.IsVolume(field) ? 1 : 8, Math.Pow(8, price));
        }

        if (VolumeDegree is { } volume)
        {
            AssertScaled(field => FeaturePanels.IsVolume(field) ? 0.25 : 1, Math.Pow(0.25, volume));
        }
    }

    [Fact]
    public void It_has_a_sane_scale()
    {
        foreach (double value in Columns(Three).SelectMany(values => values.Skip(Create().Lookback)))
        {
            Assert.InRange(value, -Largest, Largest);
        }
    }

    [Fact]
    public void A_missing_row_makes_it_missing_there_and_in_its_lookback_only()
    {
        AssertForgets(x => double.NaN, holed => Assert.Equal(ReadsValues, double.IsNaN(holed)));
    }

    [Fact]
    public void A_row_of_absurd_values_is_forgotten_to_the_bit_after_its_lookback() =>
        AssertForgets(x => x * 1e12, _ => { });

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(1e300)]
    public void Values_that_cannot_be_do_not_make_it_infinite(double bad)
    {
        Panel panel = Three.Map((_, _, x) => { x[600] = bad; x[601] = bad; return x; });
        Assert.All(Columns(panel), values => Assert.DoesNotContain(values, double.IsInfinity));
    }

    [Fact]
    public void It_is_the_same_for_any_number_of_threads_and_for_one_asset_of_many()
    {
        FeatureSet set = new(Create());
        double[][] columns = Columns(Three);
        Panel one = set.Compute(Three, threads: 1);
        for (int a = 0; a < columns.Length; a++)
        {
            Assert.Equal(columns[a].Select(Bits), one.Column(a, 0).ToArray().Select(Bits));
            if (Create() is StreamingFeature)
            {
                Assert.Equal(columns[a].Select(Bits),
                    set.Compute(Three, Three.Assets[a]).Column(set.Names[0]).Select(Bits));
            }
        }
    }

    [Fact]
    public void It_has_a_name_and_a_lookback()
    {
        Assert.Matches("^[a-z0-9_]+$", Create().Name);
        Assert.InRange(Create().Lookback, 0, Length - 100);
    }

    private static long Bits(double x) => double.IsNaN(x) ? long.MinValue + 1 : BitConverter.DoubleToInt64Bits(x);

    private static double[] Row(int t) =>
    [
        .. from asset in Enumerable.Range(0, Three.Assets.Count)
           from field in Enumerable.Range(0, Three.Fields.Count)
           select Three[t, asset, field],
    ];

    private double[][] Columns(Panel panel)
    {
        Panel features = new FeatureSet(Create()).Compute(panel);
        return [.. Enumerable.Range(0, panel.Assets.Count).Select(a => features.Column(a, 0).ToArray())];
    }

    private void AssertScaled(Func<string, double> factor, double expected)
    {
        Panel scaled = Three.Map((_, field, x) => [.. x.Select(v => v * factor(field))]);
        double[][] before = Columns(Three), after = Columns(scaled);
        for (int a = 0; a < before.Length; a++)
        {
            Assert.Equal(before[a].Select(v => Bits(v * expected)), after[a].Select(Bits));
        }
    }

    private void AssertForgets(Func<double, double> spoil, Action<double> atHole)
    {
        IFeature feature = Create();
        int hole = feature.Lookback + 20;
        double[] whole = Columns(Three)[0];
        double[] holed = Columns(Three.Map((_, _, x) => { x[hole] = spoil(x[hole]); return x; }))[0];
        atHole(holed[hole]);
        for (int t = feature.Lookback; t < Length; t++)
        {
            Assert.False(double.IsInfinity(holed[t]), $"row {t} is infinite");
            if (t < hole || t > hole + feature.Lookback)
            {
                Assert.Equal(Bits(whole[t]), Bits(holed[t]));
            }
        }
    }
}
