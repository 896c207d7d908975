using System.Globalization;
using System.Text;

namespace FinML.Data.Tests.Loaders;

public sealed class CsvPanelTests
{
    private const string Tidy = "date,symbol,close,volume\n2020-01-02,AA,1.5,10\n2020-01-02,BB,2.5,20\n"
        + "2020-01-03,AA,1.25,\n2020-01-06,BB,2.75,40\n";

    private static LoadedPanel Load(string text, CsvOptions? options = null) =>
        CsvPanel.Read(TextSource.OfBytes(Encoding.UTF8.GetBytes(text)), options);

    private static void Refused(string text, long row, string say, CsvOptions? options = null)
    {
        LoadedPanel loaded = Load(text, options);
        Assert.Null(loaded.Panel);
        Assert.True(loaded.Report.Problems.Any(p => p.Row == row && p.Message.Contains(say, StringComparison.Ordinal)),
            loaded.Report.ToString());
    }

    [Theory]
    [InlineData("Date,AA,BB\n2020-01-02,1.5,2.5\n2020-01-03,1.25,\n2020-01-06,,2.75\n")]
    [InlineData(",AA,BB\n20200102,1.5,2.5\n20200103,1.25,NA\n20200106,NaN,2.75\n")]
    [InlineData("date;AA;BB\r\n02.01.2020;1,5;2,5\r\n03.01.2020;1,25;-\r\n13.01.2020;;\r\n06.01.2020;;2,75\r\n")]
    [InlineData("timestamp\tAA\tBB\n2020-01-06 00:00:00-05:00\t\t2.75\n2020-01-03 00:00:00-05:00\t1.25\t\n"
        + "2020-01-02 00:00:00-05:00\t1.5\t2.5")]
    [InlineData("date,AA,BB,\n2020-01-02,1.5,2.5,\n2020-01-03,1.25,,\n2020-01-06,,2.75,\n")]
    [InlineData("sep=|\nDate|\"AA\"|\"BB\"\n\"2020-01-02\"|\"1.5\"| 2.5\n\n2020-01-03|1.25|\n||\n2020-01-06||2.75\n")]
    [InlineData("date,AA,BB\n2020-01-02,\"1,5\",\"2,5\"\n2020-01-03,\"1,25\",\n2020-01-06,,\"2,75\"\n")]
    [InlineData("date,symbol,close\n2020-01-02,AA,1.5\n2020-01-03,AA,1.25\n2020-01-02,BB,2.5\n2020-01-06,BB,2.75\n")]
    [InlineData("Ticker,Price,Date\nBB,2.75,2020-01-06\nAA,1.5,2020-01-02\nAA,1.25,2020-01-03\nBB,2.5,2020-01-02\n")]
    [InlineData("date,asset,field,value\n2020-01-02,AA,close,1.5\n2020-01-02,BB,close,2.5\n2020-01-03,AA,close,1.25\n"
        + "2020-01-06,BB,close,2.75\n")]
    public void The_usual_layouts_give_the_same_panel(string text)
    {
        string without = text.Replace("13.01.2020;;\r\n", "", StringComparison.Ordinal);
        Panel panel = Load(without, new CsvOptions { DateOrder = "dmy" }).Require();
        Assert.Equal(new[] { "AA", "BB" }, panel.Assets.Order());
        Assert.Equal(["close"], panel.Fields);
        Assert.Equal([new DateTime(2020, 1, 2), new DateTime(2020, 1, 3), new DateTime(2020, 1, 6)], panel.Times);
        Assert.Equal([1.5, 1.25, double.NaN], panel.Column("AA", "close").ToArray());
        Assert.Equal([2.5, double.NaN, 2.75], panel.Column("BB", "close").ToArray());
        Assert.Equal(panel.Times[0].AddDays(1), panel.AvailableAt[0]);
    }

    [Fact]
    public void The_archives_and_encodings_give_the_same_panel()
    {
        byte[] plain = Encoding.UTF8.GetBytes(Tidy);
        byte[][] files =
        [
            plain,
            [0xEF, 0xBB, 0xBF, .. plain],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Tidy)],
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Tidy)],
            Archives.Gzip(plain),
            [.. Archives.Gzip(plain[..40]), .. Archives.Gzip(plain[40..])], // several members, as cat makes them
            Archives.Zip(("prices.csv", plain)),
            Archives.Gzip([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Tidy)]),
        ];
        foreach (byte[] file in files)
        {
            Panel panel = CsvPanel.Read(TextSource.OfBytes(file)).Require();
            Assert.Equal(["close", "volume"], panel.Fields);
            Assert.Equal([1.5, 1.25, double.NaN], panel.Column("AA", "close").ToArray());
            Assert.Equal([20, double.NaN, 40], panel.Column("BB", "volume").ToArray());
        }
    }

    [Fact]
    public void An_entry_of_an_archive_is_named_where_there_are_several()
    {
        byte[] zip = Archives.Zip(
            ("a.csv", Encoding.UTF8.GetBytes(Tidy)), ("b.csv", "Date,X\n2020-01-02,7\n"u8.ToArray()));
        Assert.Equal(["a.csv", "b.csv"], TextSource.OfBytes(zip).Entries());
        Assert.Equal(7, CsvPanel.Read(TextSource.OfBytes(zip, "x.zip", "b.csv")).Require()[0, 0, 0]);
        LoadedPanel loaded = CsvPanel.Read(TextSource.OfBytes(zip, "x.zip"));
        Assert.Contains("say which: a.csv, b.csv", loaded.Report.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_commas_a_decimal_comma_stands_in_quotes() => Assert.Equal([7, 8, 1.5],
        Enumerable.Range(0, 3).Select(a => Load("Date,A,B,C\n2020-01-02,7,8,\"1,5\"\n").Require()[0, a, 0]));

    [Fact]
    public void A_file_without_a_header_or_dates()
    {
        CsvOptions undated = new() { Undated = true };
        Panel panel = Load("0.7855,1.611\n0.7818,1.610\n", undated).Require();
        Assert.Equal(["column1", "column2"], panel.Assets);
        Assert.Equal([new DateTime(1970, 1, 1), new DateTime(1970, 1, 2)], panel.Times);
        Assert.Equal([1.611, 1.610], panel.Column("column2", "close").ToArray());
        Assert.Equal(["AUD", "GBP"], Load("0.7855,1.611\n", undated with { Names = ["AUD", "GBP"] }).Require().Assets);
        Assert.Equal(["column2"], Load("2020-01-02,5\n2020-01-03,6\n").Require().Assets);
        Refused("0.7855,1.611\n0.7818,1.610\n", 1, "no time column");
    }

    [Theory]
    [InlineData("Date,AA\n2020-01-02,1\n2020-01-02,2\n", 3, "already in row 2")]
    [InlineData("Date,AA\n2020-01-03,1\n2020-01-02,2\n2020-01-06,2\n", 3, "order of time")]
    [InlineData("Date,AA,AA\n2020-01-03,1,2\n", 1, "twice")]
    [InlineData("Date,AA\n2020-01-02,1\n2020-01-03,x\n", 3, "AA 'x' is not a number")]
    [InlineData("Date,AA\n2020-01-02,1\n2020-01-03,1,5\n", 3, "3 values for 2 columns")]
    [InlineData("Date,AA\n2020-01-02,1\n2020-01-03\n", 3, "1 values for 2 columns")]
    [InlineData("Date,AA\n2020-01-02,\"1\n2020-01-03,1\n", 2, "quotes")]
    [InlineData("\"Date,AA\n2020-01-02,1\n", 0, "not closed")]
    [InlineData("Date,AA\n2020-01-02,1\n2020-01-03,\"1\n", 3, "not closed")]
    [InlineData("date,symbol,close\n2020-01-02,AA,1\n2020-01-02,BB,1\n2020-01-02,AA,2\n", 4, "is there already")]
    [InlineData("date,symbol,close\n2020-01-02,,1\n", 2, "1 to 64")]
    [InlineData("Date,AA\n\0\0\0\0\0\0\0\0\0\0,1\n", 2, "not a date")]
    [InlineData("Date,AA\n", 0, "no data rows")]
    [InlineData("", 1, "empty")]
    public void What_cannot_be_read_is_refused_by_line(string text, long row, string say) => Refused(text, row, say);

    [Fact]
    public void Bad_lines_are_left_out_and_counted_where_that_is_allowed()
    {
        const string text = "Date,AA\n2020-01-02,1\n2020-01-03,x\n2020-01-06,3\nnonsense\n";
        LoadedPanel loaded = Load(text, new CsvOptions { MaximumRefusals = 2 });
        Assert.Equal([1, 3], loaded.Require().Column("AA", "close").ToArray());
        Assert.Equal([3L, 5L], loaded.Report.Problems.Select(p => p.Row));
        Assert.Equal(2, loaded.Report.Rows);
        Assert.Null(Load(text, new CsvOptions { MaximumRefusals = 1 }).Panel);
        Refused("Date,AA\n03/04/2020,1\n", 2, "--date-order", new CsvOptions { MaximumRefusals = 9 });
    }

    [Fact]
    public void Repairs_are_counted()
    {
        LoadReport report = Load("Date,,AA\n2020-01-03,1,2\n2020-01-02,3,4\n").Report;
        Assert.Equal(2, report.Repairs.Count);
        Assert.Equal(1, report.Repairs["a file with the newest row first is turned"]);
        Assert.Equal(1, report.Repairs["a column without a name is called by its number"]);
    }

    [Fact]
    public void Any_finite_double_comes_back_to_the_bit()
    {
        RandomStream random = new(7);
        StringBuilder text = new("Date,x\n");
        List<double> expected = [];
        for (int i = 0; i < 20_000; i++)
        {
            double x = (i % 4) switch
            {
                0 => BitConverter.UInt64BitsToDouble(random.NextUInt64()),
                1 => Math.Round(1000 * random.NextDouble(), random.NextInt(9)),
                2 => random.NextNormal() * Math.Pow(10, random.NextInt(40) - 20),
                _ => random.NextInt(int.MaxValue),
            };
            if (double.IsFinite(x))
            {
                expected.Add(x);
                text.Append(CultureInfo.InvariantCulture, $"{new DateTime(1900, 1, 1).AddDays(i):yyyy-MM-dd},{x:R}\n");
            }
        }

        Assert.Equal(expected, Load(text.ToString()).Require().Column("x", "close").ToArray());
    }

    [Fact]
    public void Long_digits_are_rounded_as_the_runtime_does()
    {
        RandomStream random = new(8);
        for (int i = 0; i < 20_000; i++)
        {
            string whole = Digits(random), part = Digits(random);
            string number = (random.NextInt(2) == 0 ? "-" : "") + whole + (part.Length > 0 ? "." + part : "");
            if (whole.Length + part.Length == 0)
            {
                continue;
            }

            Assert.True(new NumberReader('.', '.').TryRead(Encoding.UTF8.GetBytes(number), 1, out double got), number);
            Assert.Equal(double.Parse(number, CultureInfo.InvariantCulture), got);
        }
    }

    private static string Digits(RandomStream random) =>
        string.Concat(Enumerable.Range(0, random.NextInt(24)).Select(_ => (char)('0' + random.NextInt(10))));

    [Fact]
    public void A_wide_file_larger_than_the_buffer()
    {
        const int assets = 3000, times = 40;
        StringBuilder text = new("Date," + string.Join(',', Enumerable.Range(0, assets).Select(a => $"A{a}")) + "\n");
        for (int t = 0; t < times; t++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{new DateTime(2020, 1, 1).AddDays(t):yyyy-MM-dd}");
            for (int a = 0; a < assets; a++)
            {
                text.Append(CultureInfo.InvariantCulture, $",{a + t / 100.0}");
            }

            text.Append('\n');
        }

        Panel panel = Load(text.ToString()).Require();
        Assert.Equal((times, assets), (panel.Length, panel.Assets.Count));
        for (int t = 0; t < times; t++)
        {
            Assert.Equal(17 + t / 100.0, panel[t, 17, 0]);
            Assert.Equal(2999 + t / 100.0, panel[t, 2999, 0]);
        }
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Load("", new CsvOptions { Separator = '5' }));
        Assert.Throws<ArgumentException>(() => Load("", new CsvOptions { DateOrder = "ydm" }));
        Assert.Throws<ArgumentException>(() => Load("", new CsvOptions { DecimalMark = ';' }));
        Assert.Throws<ArgumentException>(() => Load("", new CsvOptions { MaximumRefusals = -1 }));
        Assert.Throws<ArgumentException>(() => Load("", new CsvOptions { AvailableAfter = TimeSpan.FromDays(-1) }));
        Assert.Throws<ArgumentException>(() => Load("", new CsvOptions { Undated = true, Layout = CsvLayout.Long }));
        Assert.Throws<ArgumentException>(() =>
            Load("", new CsvOptions { Limits = new LoadLimits { MaximumLineBytes = 1 } }));
    }
}
