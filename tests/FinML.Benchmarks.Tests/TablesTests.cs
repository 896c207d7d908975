namespace FinML.Benchmarks.Tests;

public sealed class TablesTests
{
    private static readonly Targets Bounds = Targets.Parse(
        """{ "torch": [{ "rows": "gemm *", "atLeast": 0.95 }, { "rows": "bytes", "atMost": 4096 }] }""", "torch");

    [Fact]
    public void A_row_shows_medians_spread_ratio_target_and_verdict()
    {
        var spread = new Spread(12.34e-6, 10e-6, 20e-6, 15);
        var result = new Result("gemm 64", 1, spread, new Spread(2.5e-3, 2e-3, 3e-3, 15), 202.6, 202.6, "x");
        Assert.Equal(
            ["gemm 64", "12.3 us [10 us, 20 us]", "2.5 ms [2 ms, 3 ms]", "203", "203 x", "at least 0.95", "ok"],
            Tables.Cells(result, Bounds).Select(c => c.Trim()));
    }

    [Fact]
    public void A_quantity_has_its_unit_and_no_peer()
    {
        var result = new Result("bytes", 1, new Spread(7712, 7700, 7800, 9), null, null, 7712, "bytes");
        Assert.Equal(
            ["bytes", "7,712 bytes [7,700, 7,800]", "–", "–", "7,712", "at most 4,096", "short"],
            Tables.Cells(result, Bounds).Select(c => c.Trim()));
    }

    [Fact]
    public void The_markdown_table_says_machine_versions_and_date()
    {
        Suite suite = Torch.TorchSuite.Create();
        var machine = new Machine("A processor", 2, "AVX2", "FinML.Torch 1, .NET 10", "PyTorch 1.13", "2026-11-22");
        string text = Tables.Markdown(suite, machine, [TargetsTests.Row("gemm 64", 1.5)], Bounds);
        string[] lines = text.Split('\n');
        Assert.StartsWith("A processor, 2 cores, AVX2; FinML.Torch 1, .NET 10; PyTorch 1.13; 2026-11-22.", lines[0]);
        Assert.StartsWith("| work | ours [10 %, 90 %] | PyTorch [10 %, 90 %] |", lines[2]);
        Assert.Equal("| gemm 64 | 1 us [1 us, 2 us] | – | 1.5 | 1.5 x | at least 0.95 | ok |", lines[4]);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.012345, "0.0123")]
    [InlineData(1.005, "1")]
    [InlineData(12.345, "12.3")]
    [InlineData(4096.4, "4,096")]
    public void Numbers_keep_three_digits(double x, string expected) => Assert.Equal(expected, Format.Number(x));

    [Fact]
    public void A_spread_is_the_median_and_the_middle_four_fifths()
    {
        var spread = Spread.Of([.. Enumerable.Range(0, 11).Select(i => (double)i)]);
        Assert.Equal((5, 1, 9, 11), (spread.Median, spread.Low, spread.High, spread.Samples));
        Assert.Throws<ArgumentException>(() => Spread.Of([]));
    }
}
