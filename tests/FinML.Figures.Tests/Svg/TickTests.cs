using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Tests.Svg;

public class TickTests
{
    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-0.3, 0.31, 6, "−0.2 0.0 0.2")]
    [InlineData(0, 9, 5, "0 2 4 6 8")]
    [InlineData(0, 12345, 6, "0 5,000 10,000")]
    [InlineData(0, 3_000_000, 4, "0 1M 2M 3M")]
    [InlineData(0, 2.5e9, 5, "0 0.5B 1.0B 1.5B 2.0B 2.5B")]
    [InlineData(0, 5e-5, 5, "0 1e−5 2e−5 3e−5 4e−5 5e−5")]
    [InlineData(101.2, 101.9, 5, "101.2 101.4 101.6 101.8")]
    public void Linear(double low, double high, int count, string expected) =>
        Assert.Equal(expected, Text(NumberTicks.Create(low, high, count, AxisFormat.Number, log: false)));

    [Theory]
    [InlineData(-0.5, 0, 5, "−50% −40% −30% −20% −10% 0%")]
    [InlineData(0, 0.01, 4, "0.0% 0.5% 1.0%")]
    public void Percent(double low, double high, int count, string expected) =>
        Assert.Equal(expected, Text(NumberTicks.Create(low, high, count, AxisFormat.Percent, log: false)));

    [Theory]
    [InlineData(0.01, 1000, 6, "0.01 0.1 1 10 100 1000")]
    [InlineData(0.5, 9, 5, "0.5 1 2 5")]
    [InlineData(1, 2, 5, "1 1.2 1.4 1.6 1.8 2")]
    [InlineData(1e-3, 1e9, 5, "0.001 1 1000 1M 1B")]
    public void Logarithmic(double low, double high, int count, string expected) =>
        Assert.Equal(expected, Text(NumberTicks.Create(low, high, count, AxisFormat.Number, log: true)));

    [Theory]
    [InlineData("2000-01-03", "2020-04-17", 8, "2005 2010 2015 2020")]
    [InlineData("2019-01-01", "2020-02-01", 5, "Jan/2019 Apr Jul Oct Jan/2020")]
    [InlineData("2020-02-20", "2020-03-30", 6, "24 Feb/2020 2 Mar 9 Mar 16 Mar 23 Mar 30 Mar")]
    [InlineData("2020-03-16T09:30", "2020-03-16T16:00", 8, "10:00/16 Mar 2020 11:00 12:00 13:00 14:00 15:00 16:00")]
    [InlineData("2020-03-16T22:00", "2020-03-17T02:00", 4, "22:00/16 Mar 2020 23:00 00:00/17 Mar 2020 01:00 02:00")]
    [InlineData("0001-01-01", "9999-12-31", 5, "2000 4000 6000 8000")]
    public void Dates(string from, string to, int count, string expected)
    {
        var ticks = DateTicks.Create(Day(from), Day(to), count);
        string actual = string.Join(' ', ticks.Select(t => t.Under is null ? t.Label : $"{t.Label}/{t.Under}"));
        Assert.Equal(expected, actual);

        static double Day(string text) =>
            AxisValues.Days(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Number_of_ticks_is_near_what_was_asked_for()
    {
        for (int k = -200; k <= 200; k++)
        {
            double high = Math.Pow(1.37, k);
            int count = NumberTicks.Create(-high / 3, high, 6, AxisFormat.Number, log: false).Count;
            Assert.InRange(count, 2, 8);
        }
    }

    // PIL.ImageFont.truetype("LiberationSans-Regular.ttf" or -Bold, 2048).getlength(text, features=["-kern"]) / 2048.
    [Theory]
    [InlineData("Sharpe ratio, 95% [−0.10]", false, 11.3687)]
    [InlineData("Sharpe ratio", true, 5.8350)]
    [InlineData("", false, 0)]
    public void Text_is_as_wide_as_a_font_engine_says(string text, bool bold, double ems) =>
        Assert.Equal(ems, FontMetrics.Width(text, 1, bold), 2);

    [Fact]
    public void Wrapped_lines_fit_and_keep_all_words()
    {
        List<string> lines = FontMetrics.Wrap("one two three four five six seven", 12, 60, 10);
        Assert.All(lines, l => Assert.True(FontMetrics.Width(l, 12) <= 60));
        Assert.Equal("one two three four five six seven", string.Join(' ', lines));
        Assert.Equal(["one two", "three f…"], FontMetrics.Wrap("one two three four five six seven", 12, 50, 2));
    }

    private static string Text(List<Tick> ticks) => string.Join(' ', ticks.Select(t => t.Label));
}
