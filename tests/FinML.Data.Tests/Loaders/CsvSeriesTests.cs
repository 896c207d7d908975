using System.Text;

namespace FinML.Data.Tests.Loaders;

public sealed class CsvSeriesTests
{
    [Fact]
    public void Each_row_keeps_its_line()
    {
        SeriesTable table = Read("Date,a,b\n2020-01-02,1,2\n\n2020-01-03,3,\n").Require();

        Assert.Equal(["a", "b"], table.Names);
        Assert.Equal([2L, 4], table.Lines);
        Assert.Equal([1.0, 3], table.Columns[0]);
        Assert.True(double.IsNaN(table.Columns[1][1]));
        Assert.Equal(new DateTime(2020, 1, 3), table.Times[1]);
    }

    [Fact]
    public void Lines_go_with_their_rows_where_the_newest_comes_first()
    {
        SeriesTable table = Read("Date,a\n2020-01-03,3\n2020-01-02,1\n").Require();
        Assert.Equal([1.0, 3], table.Columns[0]);
        Assert.Equal([3L, 2], table.Lines);
    }

    [Fact]
    public void Percent_signs_are_hundredths_where_they_may_be()
    {
        LoadedSeries loaded = Read("Date,a,b\n2020-01-02,1.5%,-2 %\n2020-01-03,0.25,1%\n", percents: true);

        Assert.Equal([0.015, 0.25], loaded.Require().Columns[0]);
        Assert.Equal([-0.02, 0.01], loaded.Require().Columns[1]);
        Assert.Equal(3, loaded.Report.Repairs[CsvSeries.PercentSigns]);
        Assert.Contains("a '1.5%' is not a number", Assert.Throws<DataException>(
            () => Read("Date,a\n2020-01-02,1.5%\n").Require()).Message);
        Assert.Contains("a '%' is not a number", Assert.Throws<DataException>(
            () => Read("Date,a\n2020-01-02,%\n", percents: true).Require()).Message);
    }

    [Fact]
    public void A_decimal_comma_and_a_percent_sign_go_together()
    {
        LoadedSeries loaded = Read("Datum;a\n02.01.2020;1,25%\n13.01.2020;-0,5%\n", percents: true);
        Assert.Equal([0.0125, -0.005], loaded.Require().Columns[0]);
    }

    [Fact]
    public void A_refusal_names_the_first_three_reasons()
    {
        string message = Assert.Throws<DataException>(() => Read(
            "Date,a\n2020-01-02,x\n2020-01-03,y\n2020-01-04,z\n2020-01-05,w\n").Require()).Message;
        Assert.Contains("4 problems: Row 2: a 'x' is not a number. Row 3:", message);
        Assert.EndsWith("...", message);
    }

    private static LoadedSeries Read(string text, bool percents = false) => CsvSeries.Read(
        TextSource.OfBytes(Encoding.UTF8.GetBytes(text)), new CsvOptions { Percents = percents });
}
