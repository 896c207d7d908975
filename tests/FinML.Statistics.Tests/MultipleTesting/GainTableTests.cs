namespace FinML.Statistics.Tests;

/// <summary>Rules that hold -1, 0 or 1 of one market have three gains a day among them.</summary>
public sealed class GainTableTests
{
    private const int Days = 300, Rules = 40;

    private readonly double[][] _rules;
    private readonly double[] _market = new double[Days];

    public GainTableTests()
    {
        var random = new Random(1);
        for (int t = 0; t < Days; t++)
            _market[t] = 0.02 * random.NextDouble() - 0.01;
        _rules = [.. Enumerable.Range(0, Rules).Select(_ =>
            _market.Select(r => random.Next(-1, 2) * r).ToArray())];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Table_GivesBackTheBitsItWasMadeOf(double sign)
    {
        GainTable coded = GainTable.Of(rule => _rules[rule], Days, Rules, sign);
        GainTable few = GainTable.Of(rule => _rules[rule], Days, 10, sign);

        Assert.True(coded.IsCoded);
        Assert.False(few.IsCoded);
        foreach (GainTable table in (GainTable[])[coded, few])
        {
            GainTable less = table.Less(_market);
            double[] row = new double[table.Models], lessRow = new double[table.Models];
            for (int t = 0; t < Days; t++)
            {
                table.Row(t, row);
                less.Row(t, lessRow);
                for (int rule = 0; rule < table.Models; rule++)
                {
                    double gain = sign * _rules[rule][t];
                    AssertBits(gain, table[t, rule]);
                    AssertBits(gain, row[rule]);
                    AssertBits(gain - _market[t], less[t, rule]);
                    AssertBits(gain - _market[t], lessRow[rule]);
                }
            }
        }
    }

    [Fact]
    public void Table_OfModelsThatAllDifferKeepsThemAsTheyAre()
    {
        var random = new Random(2);
        double[][] models = [.. Enumerable.Range(0, Rules).Select(_ =>
            Enumerable.Range(0, Days).Select(_ => random.NextDouble()).ToArray())];
        GainTable table = GainTable.Of(model => models[model], Days, Rules, 1);

        Assert.False(table.IsCoded);
        for (int t = 0; t < Days; t++)
            Assert.All(Enumerable.Range(0, Rules), model => AssertBits(models[model][t], table[t, model]));
    }

    [Theory]
    [InlineData(100)] // one group of replicates
    [InlineData(1_500)] // two
    public void Means_AreTheSameAmongFewModelsAndAmongMany(int replicates)
    {
        BootstrapMeans Resampled(int rules) => BootstrapMeans.Of(
            ModelPerformance.OfReturns(
                [.. Enumerable.Range(0, rules).Select(i => $"rule {i}")], _rules[..rules]).Against(_market),
            new StationaryBootstrap(10), new BootstrapOptions { Replicates = replicates, Seed = 3 });
        BootstrapMeans few = Resampled(10), many = Resampled(Rules);

        Assert.Equal(few.Means, many.Means.Take(10));
        Assert.Equal(few.Centred, many.Centred[..10]);
        Assert.Equal(few.Variances, many.Variances[..10]);
        Assert.DoesNotContain(0.0, few.Centred[3]);
    }

    private static void AssertBits(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
}
