namespace FinML.Notebooks.Tests.Checking;

public sealed class NumericTextTests
{
    private static readonly OutputTolerance Tight = new();

    [Theory]
    [InlineData("Sharpe 0.318", "Sharpe 0.318")]
    [InlineData("Sharpe 0.31800000000001", "Sharpe 0.318")]
    [InlineData("1,234,567.5 trades", "1234567.5 trades")]
    [InlineData("1E-05", "0.00001")]
    [InlineData("a   1.0\nb 2", "a 1.0  \nb 2")] // blanks: a number that grew moved its column
    [InlineData("[-1.5, 2]", "[-1.5000000000001, 2]")]
    [InlineData("-0", "0")]
    public void NumbersAgreeWithinABillionth(string stored, string fresh) =>
        Assert.True(NumericText.Compare(stored, fresh, Tight).Same);

    [Theory]
    [InlineData("0.318", "0.319")]
    [InlineData("0.318", "-0.318")]
    [InlineData("12.5ms", "12.6ms")]
    [InlineData("x 1", "y 1")]
    [InlineData("1 2", "1 2 3")]
    [InlineData("1\n2", "1 2")] // a line end is no blank
    [InlineData("NaN", "0")]
    [InlineData("0", "0.0000000000000001")] // no absolute tolerance unless it is given
    public void WhatDiffersMoreIsTold(string stored, string fresh) =>
        Assert.False(NumericText.Compare(stored, fresh, Tight).Same);

    [Theory]
    [InlineData("2020-01-02", "2020-01-03")]
    [InlineData("at 09:30:00", "at 09:31:00")]
    [InlineData("version 10.0.4", "version 10.0.5")]
    [InlineData("id 12345678901234567890", "id 12345678901234567891")]
    [InlineData("x1", "x2")]
    [InlineData("12e999", "13e999")]
    public void DatesVersionsAndNamesAreWords(string stored, string fresh)
    {
        var comparison = NumericText.Compare(stored, fresh, new OutputTolerance { Relative = 0.5 });
        Assert.Equal((false, null), (comparison.Same, comparison.LargestRelativeDifference));
    }

    [Fact]
    public void TheLargestRelativeDifferenceIsThatOfTheNumbers()
    {
        var comparison = NumericText.Compare("a 100 b 8.0", "a 101 b 10.0", new OutputTolerance { Relative = 0.1 });
        Assert.False(comparison.Same);
        Assert.Equal(0.2, comparison.LargestRelativeDifference!.Value, 12);
    }

    [Fact]
    public void AToleranceAllowsWhatItSays()
    {
        Assert.True(NumericText.Compare("100", "101", new OutputTolerance { Relative = 0.01 }).Same);
        Assert.False(NumericText.Compare("100", "102", new OutputTolerance { Relative = 0.01 }).Same);
        Assert.True(NumericText.Compare("0", "1e-13", new OutputTolerance { Absolute = 1e-12 }).Same);
    }

    [Theory]
    [InlineData(-1, 0, "The relative tolerance is 0 up to below 1, but was -1.")]
    [InlineData(double.NaN, 0, "The relative tolerance is 0 up to below 1, but was NaN.")]
    [InlineData(0, double.PositiveInfinity, "The absolute tolerance is 0 or above and finite, but was Infinity.")]
    public void AToleranceOutOfRangeIsRefused(double relative, double absolute, string expected)
    {
        var tolerance = new OutputTolerance { Relative = relative, Absolute = absolute };
        Assert.StartsWith(expected, Assert.Throws<ArgumentOutOfRangeException>(tolerance.Validate).Message);
    }
}
