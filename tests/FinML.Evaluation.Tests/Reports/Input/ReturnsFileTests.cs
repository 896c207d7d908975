using System.Globalization;
using System.Text;
using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Reports;

public sealed class ReturnsFileTests
{
    private static readonly double[] Returns = EvidenceSamples.Normal(300, 0.0004, 0.01, 1);
    private static readonly DateTime[] Days = EvidenceSamples.Days(300);

    [Fact]
    public void Fractions_are_read_as_they_are()
    {
        ReturnsFile file = Read(Csv(Returns));

        Assert.Equal(Returns, file.Series[0].Values);
        Assert.Equal("rule", file.Series[0].Name);
        Assert.Equal(Days, file.Times);
        Assert.Equal(252, file.PeriodsPerYear);
        Assert.Contains(file.Notes, n => n.Contains("fractions, as a volatility of"));
        Assert.Contains(file.Notes, n => n.Contains("252 periods a year (business days)"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData(" %")]
    public void Percents_are_told_by_their_size_or_their_sign(string sign)
    {
        ReturnsFile file = Read(Csv(Returns, r => $"{(100 * r).ToString("R", CultureInfo.InvariantCulture)}{sign}"));

        for (int t = 0; t < 300; t++)
            Assert.Equal(Returns[t], file.Series[0].Values[t], 15);
        Assert.Contains(file.Notes, n => n.Contains("percents"));
    }

    [Fact]
    public void What_is_said_goes_before_what_is_found()
    {
        ReturnsFile file = Read(Csv(Returns), new() { Unit = ReturnUnit.Percent, PeriodsPerYear = 250 });
        Assert.Equal(Returns[7] / 100, file.Series[0].Values[7], 15);
        Assert.Equal(250, file.PeriodsPerYear);

        ReturnsFile logs = Read(Csv(Returns), new() { Kind = ReturnKind.Log });
        Assert.Equal(Math.Exp(Returns[7]) - 1, logs.Series[0].Values[7], 15);
        Assert.Contains(logs.Notes, n => n.Contains("logarithmic"));
    }

    [Fact]
    public void Yearly_returns_of_a_day_stay_fractions_for_the_checks_to_find()
    {
        double[] rolling = [.. EvidenceSamples.Days(300).Select((_, t) => 0.1 + 0.4 * Math.Sin(t / 40.0))];
        Assert.Equal(rolling[9], Read(Csv(rolling)).Series[0].Values[9], 15);
    }

    [Fact]
    public void Prices_become_their_changes_where_that_is_said_and_are_refused_where_not()
    {
        double[] prices = [.. ReturnSeries.Simple(Returns, 252).Wealth().Select(w => 50 * w)];
        DateTime[] days = EvidenceSamples.Days(301);
        string csv = Csv(prices, times: days);

        ReturnsFile file = Read(csv, new() { Unit = ReturnUnit.Price });
        Assert.Equal(Returns[0], file.Series[0].Values[0], 12);
        Assert.Equal(days[1], file.Times[0]);
        Assert.Contains("looks like prices", Refusal(csv));
        Assert.Equal(300, Read(csv, new() { MayBePrices = true }).Series[0].Values.Count);

        string bars = string.Join('\n', csv.Split('\n').Select((line, i) => i == 0
            ? "Date,Open,High,Low,Close,Volume"
            : line.Length == 0 ? "" : $"{line.Split(',')[0]},1,1,1,{line.Split(',')[1]},9"));
        Assert.Equal(Returns[5], Assert.Single(Read(bars, new() { Unit = ReturnUnit.Price }).Series).Values[5], 12);
        Assert.Contains("line 12: the price of 'rule' is -1",
            Refusal(Csv([.. prices.Select((p, t) => t == 10 ? -1 : p)], times: days), ReturnUnit.Price));
    }

    [Theory]
    [InlineData(28, 12, "monthly")]
    [InlineData(7, 52, "weekly")]
    [InlineData(91, 4, "quarterly")]
    [InlineData(365, 1, "yearly")]
    [InlineData(1, 365, "all days")]
    public void The_frequency_is_that_of_the_dates(int days, double expected, string name)
    {
        DateTime[] times = days == 28
            ? [.. Enumerable.Range(0, 60).Select(m => new DateTime(1990, 1, 31).AddMonths(m))]
            : [.. Enumerable.Range(0, 60).Select(i => new DateTime(1990, 1, 31).AddDays(days * i))];
        Assert.Equal(new ReturnFrequency(expected, name), ReturnFrequency.Of(times));
    }

    [Fact]
    public void A_row_without_a_value_is_refused_by_its_line() => Assert.Contains(
        "returns.csv, line 52: 'rule' has no value, and so in 1 of 300 rows",
        Refusal(Csv(Returns, (r, t) => t == 50 ? "" : Text(r))));

    [Fact]
    public void Disorder_and_doubles_are_refused_by_their_lines()
    {
        DateTime[] days = [.. Days];
        (days[20], days[21]) = (days[21], days[20]);
        Assert.Contains("Row 23: the time", Refusal(Csv(Returns, times: days)));
        days = [.. Days];
        days[21] = days[20];
        Assert.Contains("is already in row 22", Refusal(Csv(Returns, times: days)));
    }

    [Fact]
    public void A_file_with_the_newest_row_first_is_turned()
    {
        ReturnsFile file = Read(Csv([.. Returns.Reverse()], times: [.. Days.Reverse()]));
        Assert.Equal(Returns, file.Series[0].Values);
        Assert.Contains(file.Notes, n => n.Contains("newest row first"));
    }

    [Fact]
    public void What_cannot_be_trusted_is_refused()
    {
        Assert.Contains("constant at 0.001", Refusal(Csv([.. Enumerable.Repeat(0.001, 300)])));
        Assert.Contains("15 rows; 20 or more", Refusal(Csv(Returns[..15], times: Days[..15])));
        Assert.Contains("line 12: the return of 'rule' is -1.2, a loss of more than everything",
            Refusal(Csv([.. Returns.Select((r, t) => t == 10 ? -1.2 : r)])));
        Assert.Contains("299 numbers with a percent sign among 300",
            Refusal(Csv(Returns, (r, t) => t == 5 ? "0.5" : $"{100 * r:0.00}%")));
        Assert.Contains("Row 12: rule 'x' is not a number", Refusal(Csv(Returns, (r, t) => t == 10 ? "x" : Text(r))));
        Assert.Contains("no time column", Refusal("a,b\n1,2\n3,4\n"));
        Assert.Contains("empty", Refusal(""));
        Assert.Contains("no data rows", Refusal("date,x\n"));
        Assert.Contains("periods per year are 0", Assert.Throws<DataException>(
            () => Read(Csv(Returns), new() { PeriodsPerYear = 0 })).Message);
    }

    internal static string Csv(
        double[] values, Func<double, int, string> write, DateTime[]? times = null, string name = "rule")
    {
        var text = new StringBuilder($"Date,{name}\n");
        for (int t = 0; t < values.Length; t++)
            text.Append(CultureInfo.InvariantCulture, $"{(times ?? Days)[t]:yyyy-MM-dd},{write(values[t], t)}\n");
        return text.ToString();
    }

    internal static string Csv(
        double[] values, Func<double, string>? write = null, DateTime[]? times = null, string name = "rule") =>
        Csv(values, (value, _) => (write ?? Text)(value), times, name);

    internal static ReturnsFile Read(string csv, ReturnsFileOptions? options = null, string name = "returns.csv") =>
        ReturnsFile.Read(TextSource.OfBytes(Encoding.UTF8.GetBytes(csv), name), options);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Refusal(string csv, ReturnUnit unit = ReturnUnit.Auto) =>
        Assert.Throws<DataException>(() => Read(csv, new() { Unit = unit })).Message;
}
