namespace FinML.Notebooks.Tests.Checking;

public sealed class LineDiffTests
{
    private static readonly OutputTolerance Tight = new();

    [Fact]
    public void OnlyTheLinesThatDifferAreTold() => Assert.Equal(
        ["- Sharpe 0.5", "+ Sharpe 0.6", "+ a new line"],
        LineDiff.Of("head\nSharpe 0.5\nx\nend", "head\nSharpe 0.6\nx\na new line\nend", Tight));

    [Fact]
    public void LinesWithinTheToleranceAreCommon() => Assert.Equal(
        ["- b", "+ c"], LineDiff.Of("0.1\nb\n0.2", "0.10000000000001\nc\n0.2", Tight));

    [Fact]
    public void ALongDifferenceIsCut()
    {
        var many = string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"line {i}"));
        var lines = LineDiff.Of(many, "nothing", Tight);
        Assert.Equal(LineDiff.Shown + 1, lines.Count);
        Assert.Equal("  … and 4985 more lines", lines[^1]); // 5000 gone, 1 new, 16 shown
    }
}
