using System.Globalization;

namespace FinML.Notebooks.Tests.Display;

public sealed class ValueFormatterTests
{
    private sealed record Trade(string Asset, double Price);

    private sealed class Plain
    {
        public int Count => 3;

        public string Broken => throw new InvalidOperationException("no value");
    }

    public static TheoryData<object?, string> Texts => new()
    {
        { null, "null" },
        { "a\nb", "a\nb" },
        { 1234.5, "1234.5" },
        { 0.1f, "0.1" },
        { -7L, "-7" },
        { 1e-20, "1E-20" },
        { double.NaN, "NaN" },
        { true, "true" },
        { 'x', "x" },
        { DayOfWeek.Friday, "Friday" },
        { new DateTime(2020, 4, 17), "2020-04-17" },
        { new DateTime(2020, 4, 17, 9, 30, 0), "2020-04-17 09:30:00" },
        { new DateOnly(2020, 4, 17), "2020-04-17" },
        { (1, 2.5), "(1, 2.5)" },
        { new[] { 1, 2, 3 }, "[1, 2, 3]" },
        { Enumerable.Range(0, 21), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, …]" },
        { new[] { new[] { 1, 2 }, [3] }, "[[1, 2], [3]]" },
        { new Trade("SP500", 1.5), "Trade { Asset = SP500, Price = 1.5 }" },
        { new { Sharpe = 0.5 }, "{ Sharpe = 0.5 }" },
        { new ArgumentException("bad"), "ArgumentException: bad" },
        { new Plain(), "Plain { Count = 3, Broken = InvalidOperationException: no value }" },
        { typeof(int), "System.Int32" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void TextIsTheSameInEveryCulture(object? value, string expected)
    {
        var before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        try
        {
            CultureInfo.CurrentCulture = german;
            Assert.Equal(expected, ValueFormatter.Format(value).Text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void RecordsAreATable()
    {
        var bundle = ValueFormatter.Format(new[] { new Trade("A", 1), new Trade("<b>", 22.5) });
        Assert.Equal("Asset  Price\n-----  -----\nA          1\n<b>     22.5", bundle.Text);
        Assert.Contains("<td>&lt;b&gt;</td>", bundle["text/html"]);
        Assert.DoesNotContain("<b>", bundle["text/html"]);
    }

    [Fact]
    public void ADictionaryIsATableOfKeysAndValues()
    {
        var bundle = ValueFormatter.Format(new Dictionary<string, double> { ["x & y"] = 0.25 });
        Assert.Equal("key    value\n-----  -----\nx & y   0.25", bundle.Text);
        Assert.Contains("x &amp; y", bundle["text/html"]);
    }

    [Fact]
    public void AnEndlessSequenceIsCut()
    {
        static IEnumerable<Trade> Endless()
        {
            while (true)
                yield return new Trade("A", 1);
        }

        var text = ValueFormatter.Format(Endless()).Text;
        Assert.EndsWith("… the first 20 rows shown", text);
        Assert.Equal(23, text.Split('\n').Length);
    }

    [Fact]
    public void TheCountOfAListIsSaid() =>
        Assert.EndsWith("… 20 of 30 rows shown", ValueFormatter.Format(
            Enumerable.Repeat(new Trade("A", 1), 30).ToList()).Text);

    [Fact]
    public void AStringUnderAMediaTypeIsTakenAsItStands()
    {
        var bundle = ValueFormatter.Format("<b>x</b>", "text/html");
        Assert.Equal("<b>x</b>", bundle["text/html"]);
        Assert.Equal("x", bundle.Text);
    }

    [Fact]
    public void TypesAreFormattedByTheConvention()
    {
        var bundle = ValueFormatter.Format(new Charted());
        Assert.Equal(
            ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"], bundle.Parts.Select(part => part.Key));
        Assert.Equal("{\"data\":[]}", bundle.ToJson()["application/vnd.plotly.v1+json"]!.ToJsonString());
        Assert.Equal("<svg/>", bundle["image/svg+xml"]);
        Assert.Equal("a chart", bundle.Text);
    }

    [Fact]
    public void TheConventionIsInheritedAndNeedsNoText()
    {
        var bundle = ValueFormatter.Format(new Derived());
        Assert.Equal("<i>base</i>", bundle["text/html"]);
        Assert.Equal("as text", bundle.Text);
    }

    [Fact]
    public void AMediaTypeOfTheConventionCanBeAskedForAlone()
    {
        var bundle = ValueFormatter.Format(new Charted(), "image/svg+xml");
        Assert.Equal(["image/svg+xml", "text/plain"], bundle.Parts.Select(part => part.Key));
    }

    [Fact]
    public void WhatAFormatterThrowsIsNotHiddenByReflection() =>
        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(
            () => ValueFormatter.Format(new Failing())).Message);

    [Fact]
    public void ABundleNeedsText() => Assert.Throws<ArgumentException>(() => new MimeBundle([new("text/html", "x")]));
}
