using System.Text;

namespace FinML.Data.Tests.Import;

public sealed class CsvImportTests
{
    internal static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static ImportReport Read(string text, Func<ImportOptions, ImportOptions>? change = null)
    {
        ImportOptions options = new() { Name = "mine", Now = Now };
        return CsvImport.Read(Encoding.UTF8.GetBytes(text), change?.Invoke(options) ?? options);
    }

    private static void Refused(string text, long row, string say)
    {
        ImportReport report = Read(text);
        Assert.False(report.Accepted, "accepted: " + text);
        Assert.Contains(report.Problems, p => p.Row == row && p.Message.Contains(say, StringComparison.Ordinal));
    }

    private static Panel Accepted(string text)
    {
        ImportReport report = Read(text);
        Assert.True(report.Accepted, string.Join("\n", report.Problems));
        return report.Panel!;
    }

    [Theory]
    [InlineData("Date,Open,High,Low,Close,Adj "
        + "Close,Volume\n2020-01-02,1.5,2.5,1.25,2,1.9,1000\n2020-01-03,2,3,1.75,2.5,2.4,2000\n")]
    [InlineData("date;open;high;low;close;adj "
        + "close;volume\n02.01.2020;1,5;2,5;1,25;2;1,9;1.000\n03.01.2020;2;3;1,75;2,5;2,4;2.000\n13.01.2020;;;;;;\n")]
    [InlineData("<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<Adj "
        + "Close**>\t<VOL>\n20200102\t1.5\t2.5\t1.25\t2\t1.9\t1000\n20200103\t2\t3\t1.75\t2.5\t2.4\t2000\n")]
    [InlineData("TIMESTAMP, OPEN ,HIGH,LOW,PRICE,AdjClose,Vol.,Change %\n\"Jan 03, "
        + "2020\",$2,3,1.75,2.5,2.4,2K,3%\n\"Jan 02, 2020\",$1.50,2.5,1.25,2,1.9,1.00K,-1%\n")]
    [InlineData("date|open|high|low|close|adj_close|volume\n2020/01/02|1.5|2.5|1.25|2|1.9|1e3\n"
        + "2020/01/03|2|3|1.75|2.5|2.4|2E+3\n")]
    [InlineData("sep=;\nDate;Open;High;Low;Close;Adj "
        + "Close;Volume\n2020-01-02;1.5;2.5;1.25;2;1.9;1,000\n2020-01-03;2;3;1.75;2.5;2.4;2,000\n")]
    public void The_usual_layouts_give_the_same_panel(string text)
    {
        string two = text.Replace("13.01.2020;;;;;;\n", "", StringComparison.Ordinal);
        ImportReport report = Read(two, o => o with { DateOrder = "dmy" });
        Assert.True(report.Accepted, string.Join("\n", report.Problems));
        Panel panel = report.Panel!;
        Assert.Equal(["open", "high", "low", "close", "adjclose", "volume"], panel.Fields);
        Assert.Equal([new DateTime(2020, 1, 2), new DateTime(2020, 1, 3)], panel.Times);
        Assert.Equal([1.5, 2], panel.Column("MINE", "open").ToArray());
        Assert.Equal([2.5, 3], panel.Column("MINE", "high").ToArray());
        Assert.Equal([1.25, 1.75], panel.Column("MINE", "low").ToArray());
        Assert.Equal([2, 2.5], panel.Column("MINE", "close").ToArray());
        Assert.Equal([1.9, 2.4], panel.Column("MINE", "adjclose").ToArray());
        Assert.Equal([1000.0, 2000], panel.Column("MINE", "volume").ToArray());
    }

    [Theory]
    [InlineData("Date,Close\n2020-01-02,1\n2020-01-02,2\n", 3, "already in row 2")]
    [InlineData("Date,Close\n2020-01-03,1\n2020-01-02,2\n2020-01-06,2\n", 3, "order of time")]
    [InlineData("Date,Close\n2020-01-02,1\n2031-01-03,2\n", 3, "future")]
    [InlineData("Date,Close\n1020-01-02,1\n2020-01-03,2\n", 2, "1600")]
    [InlineData("Date,Close\n2020-01-02,1\n2020-01-03,0\n", 3, "above 0")]
    [InlineData("Date,Close\n2020-01-02,1\n2020-01-03,-37.63\n", 3, "-37.63")]
    [InlineData("Date,Close,Volume\n2020-01-02,1,5\n2020-01-03,1,-5\n", 3, "0 or more")]
    [InlineData("Date,High,Low,Close\n2020-01-02,9,10,9.5\n2020-01-03,2,1,1.5\n", 2, "below the low")]
    [InlineData("Date,High,Low,Close\n2020-01-02,10,9,11\n2020-01-03,2,1,1.5\n", 2, "outside")]
    [InlineData("Date,Close\n2020-01-02,1\n2020-01-03,abc\n", 3, "'abc' is not a number")]
    [InlineData("Date,Close\n2020-01-02,1\n2020-01-03,inf\n", 3, "not a number")]
    [InlineData("Date,Close\n2020-01-02,1\n2020-02-30,1\n", 3, "'2020-02-30' is not a date")]
    [InlineData("Date,Close\n2020-01-02,1\n03/01/20,1\n", 3, "four digits")]
    [InlineData("Date,Close\n2020-01-02,1\n2020-01-03,1,7\n", 3, "3 values for 2 columns")]
    [InlineData("Date,Close\n2020-01-02,1\n2020-01-03\n", 3, "1 values for 2 columns")]
    [InlineData("Date,Close\n03/04/2020,1\n04/04/2020,1\n", 2, "--date-order")]
    [InlineData("Date,Close\n13/04/2020,1\n04/14/2020,1\n", 3, "one order")]
    [InlineData("Date;Close\n2020-01-02;1,234\n2020-01-03;1,250\n", 2, "--decimal")]
    [InlineData("Date;Close\n2020-01-02;1,2\n2020-01-03;1.25\n", 3, "a file must use one")]
    [InlineData("Date,Close,Price\n2020-01-02,1,1\n2020-01-03,2,2\n", 1, "'Close' and 'Price'")]
    [InlineData("Close,Volume\n1,1\n2,2\n", 1, "time column")]
    [InlineData("Date,Volume\n2020-01-02,1\n2020-01-03,2\n", 1, "price column")]
    [InlineData("Date,Close\n2020-01-02,1\n", 0, "1 data rows")]
    [InlineData("Date,Close,Open\n2020-01-02,1,\n2020-01-03,1,NaN\n", 0, "open has no value")]
    [InlineData("", 1, "time column")]
    [InlineData("Date,Close\n2020-01-02,\"1\n2020-01-03,1\n", 2, "not CSV")]
    public void What_cannot_be_trusted_is_refused_by_row(string text, long row, string say) => Refused(text, row, say);

    [Fact]
    public void Every_bad_row_is_reported_and_a_flood_is_counted()
    {
        StringBuilder text = new("Date,Close\n");
        for (int i = 0; i < 300; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{new DateTime(2020, 1, 1).AddDays(i):yyyy-MM-dd},{(i % 2 == 0 ? -1 : 1)}\n");
        }

        ImportReport report = Read(text.ToString());
        Assert.Equal(150, report.ProblemCount);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => 2L + 2 * i), report.Problems.Select(p => p.Row));
    }

    [Theory]
    [InlineData("13/04/2020", "14/04/2020")]
    [InlineData("04/13/2020", "04/14/2020")]
    [InlineData("13.04.2020", "14.04.2020")]
    [InlineData("13-Apr-2020", "14-Apr-2020")]
    [InlineData("April 13, 2020", "April 14, 2020")]
    [InlineData("2020-04-13 00:00:00-04:00", "2020-04-14 00:00:00-04:00")]
    [InlineData("1586736000", "1586822400")]
    [InlineData("1586736000000", "1586822400000")]
    public void Dates_in_many_forms(string first, string second) =>
        Assert.Equal([new DateTime(2020, 4, 13), new DateTime(2020, 4, 14)],
            Accepted($"Date,Close\n\"{first}\",1\n\"{second}\",2\n").Times);

    [Theory]
    [InlineData("2020-04-13T09:30:00Z", "2020-04-13T09:31:00Z")]
    [InlineData("2020-04-13 05:30:00-04:00", "2020-04-13 05:31:00-04:00")]
    [InlineData("2020.04.13 9:30", "2020.04.13 9:31")]
    [InlineData("4/13/2020 9:30:00 AM", "4/13/2020 9:31:00 AM")]
    public void Times_of_day_are_UTC(string first, string second)
    {
        ImportReport report = Read($"Datetime,Close\n{first},1\n{second},2\n");
        Assert.Equal([new DateTime(2020, 4, 13, 9, 30, 0), new DateTime(2020, 4, 13, 9, 31, 0)], report.Panel!.Times);
        Assert.Equal("1 minutes", report.Frequency);
        Assert.Equal(report.Panel.Times[1], report.Panel.AvailableAt[0]); // a bar is known when it ends
    }

    [Fact]
    public void A_date_and_a_time_column_make_one_time() =>
        Assert.Equal(new DateTime(2020, 4, 13, 17, 5, 0),
            Accepted("Date,Time,Close\n2020-04-13,17:05,1\n2020-04-13,17:10,2\n").Times[0]);

    [Theory]
    [InlineData("1,234.5", "1,235", 1234.5, 1235)]
    [InlineData("1.234,5", "1.235", 1234.5, 1235)]
    [InlineData("1'234.5", "1235.25", 1234.5, 1235.25)]
    [InlineData("1 234,5", "1 235,25", 1234.5, 1235.25)]
    [InlineData("1.234", "1.2", 1.234, 1.2)]
    [InlineData("0,234", "0,235", 0.234, 0.235)]
    [InlineData("1,234,567", "1,000", 1234567, 1000)]
    public void Numbers_in_many_forms(string first, string second, double x, double y) => Assert.Equal([x, y],
        Accepted($"Date;Close\n2020-04-13;{first}\n2020-04-14;{second}\n").Column("MINE", "close").ToArray());

    [Theory]
    [InlineData("1,23,456.5")]
    [InlineData("12.34.56")]
    [InlineData("1.2.3,4")]
    [InlineData("1e999")]
    [InlineData("--1")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    public void Numbers_that_are_none(string number) =>
        Assert.False(Read($"Date;Close\n2020-04-13;{number}\n2020-04-14;2.25\n").Accepted);

    [Fact]
    public void Given_conventions_settle_a_doubt()
    {
        Assert.Equal([1.234, 1.25], Read("Date;Close\n2020-01-02;1,234\n2020-01-03;1,250\n",
            o => o with { DecimalMark = ',' }).Panel!.Column("MINE", "close").ToArray());
        Assert.Equal([1234, 1250], Read("Date;Close\n2020-01-02;1,234\n2020-01-03;1,250\n",
            o => o with { DecimalMark = '.' }).Panel!.Column("MINE", "close").ToArray());
        Assert.Equal(new DateTime(2020, 3, 4), Read("Date,Close\n03/04/2020,1\n03/05/2020,1\n",
            o => o with { DateOrder = "mdy" }).Panel!.Times[0]);
    }

    [Fact]
    public void What_a_reader_should_know_is_noted()
    {
        ImportReport report =
            Read("Date,Close,Sentiment\n2020-03-20,4,1\n2020-01-06,,1\n2020-01-03,2,1\n2020-01-02,1,1\n");
        Assert.True(report.Accepted, string.Join("\n", report.Problems));
        Assert.Contains(report.Notes, n => n.Contains("newest row first", StringComparison.Ordinal));
        Assert.Contains(report.Notes, n =>
            n.Contains("close is missing on 1 rows, first on row 3", StringComparison.Ordinal));
        Assert.Contains(report.Notes, n => n.Contains("Sentiment", StringComparison.Ordinal));
        Assert.Contains(report.Notes, n => n.Contains("2020-01-06 to 2020-03-20", StringComparison.Ordinal));
        Assert.True(double.IsNaN(report.Panel!.Column("MINE", "close")[2]));
        Assert.Equal(["Date -> date", "Close -> close"], report.Mapping);
    }

    [Theory]
    [InlineData("")]
    [InlineData("UPPER")]
    [InlineData("../evil")]
    [InlineData("a\n")]
    [InlineData("-a")]
    public void A_bad_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Read("Date,Close\n", o => o with { Name = name }));

    [Fact]
    public void Bad_options_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Read("", o => o with { DateOrder = "ydm" }));
        Assert.Throws<ArgumentException>(() => Read("", o => o with { DecimalMark = ';' }));
    }
}
