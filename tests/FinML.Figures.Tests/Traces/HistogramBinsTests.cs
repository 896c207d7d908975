using FinML.Figures.Traces;

namespace FinML.Figures.Tests.Traces;

public class HistogramBinsTests
{
    // numpy 1.24: v = [u*u*10 for u from seed = seed*1664525 + 1013904223 (mod 2^32), u = (seed >> 8) / 2^24, seed 5, n
    // 500]; e = numpy.histogram_bin_edges(v, 'fd'); numpy.histogram(v, e).
    [Fact]
    public void Bins_are_numpys()
    {
        double[] sorted = [.. Sample(500).Order()];
        double[] edges = HistogramBins.Edges(sorted, null);
        Assert.Equal(10, edges.Length);
        Assert.Equal(6.262212991714478e-05, edges[0]);
        Assert.Equal(9.958104951878433, edges[^1]);
        Assert.Equal([171, 67, 65, 47, 33, 28, 26, 30, 33], HistogramBins.Count(sorted, edges));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public void Every_value_is_counted_once(int bins)
    {
        double[] sorted = [.. Sample(333).Order()];
        double[] edges = HistogramBins.Edges(sorted, bins);
        double[] counts = HistogramBins.Count(sorted, edges);
        Assert.Equal((bins, 333.0), (counts.Length, counts.Sum()));
        for (int i = 0; i < bins; i++)
            Assert.Equal(sorted.Count(v => v >= edges[i] && (v < edges[i + 1] || i == bins - 1)), counts[i]);
    }

    [Fact]
    public void Equal_values_get_one_bin_and_a_zero_quartile_range_Sturges()
    {
        Assert.Equal([2.5, 3.5], HistogramBins.Edges([3, 3, 3], null));
        double[] spiked = [0, .. Enumerable.Repeat(5.0, 62), 9];
        Assert.Equal(7 + 1, HistogramBins.Edges(spiked, null).Length); // ceil(log2 64) + 1
    }

    [Fact]
    public void A_density_has_area_one()
    {
        var histogram = (HistogramTrace)Figure.Create().Histogram(Sample(500), density: true).Panels[0].Traces[0];
        Assert.Equal(1, histogram.Heights.Select((h, i) => h * (histogram.Edges[i + 1] - histogram.Edges[i])).Sum(),
            12);
    }

    private static IEnumerable<double> Sample(int count)
    {
        uint seed = 5;
        for (int i = 0; i < count; i++)
        {
            seed = seed * 1664525 + 1013904223;
            double u = (seed >> 8) / 16777216.0;
            yield return u * u * 10;
        }
    }
}
