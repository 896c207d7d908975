using System.Globalization;
using System.Text;

namespace FinML.Data.Tests.Fuzz;

public sealed class CsvPanelFuzzTests() : LoaderFuzz(seed: 101)
{
    protected override IReadOnlyList<string> Honest { get; } =
    [
        "Date,AA,BB\n2020-01-02,1.5,2.5\n2020-01-03,1.25,\n2020-01-06,,2.75\n",
        "date;open;high;low;close\n02.01.2020;1,5;2;1;1,75\n13.01.2020;3;3;3;3\n",
        "date,symbol,close,volume\n2020-01-02,AA,1.5,10\n2020-01-02,BB,2.5,20\n2020-01-03,AA,1.25,\n",
        "date,asset,field,value\n2020-01-02,AA,close,1.5\n2020-01-02,AA,volume,2\n2020-01-03,BB,close,1.25\n",
        "time\tAA\tBB\n2020-01-06 10:00:00-05:00\t\t2.75\n2020-01-03 10:00:00-05:00\t1.25\t\"1,000.5\"\n",
    ];

    protected override bool Load(byte[] file)
    {
        LoadedPanel loaded = CsvPanel.Read(TextSource.OfBytes(file), new CsvOptions { Limits = Limits });
        if (loaded.Panel is { } panel && loaded.Report.Repairs.Count == 0)
        {
            CompareWithSplit(Encoding.UTF8.GetString(file), panel);
        }

        return Check(loaded);
    }

    /// <summary>A wide file of plain numbers, read by Split and Parse.</summary>
    private static void CompareWithSplit(string text, Panel panel)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length != panel.Length + 1 || lines[0] != "Date,AA,BB"
            || text.Contains('"', StringComparison.Ordinal))
        {
            return;
        }

        for (int t = 0; t < panel.Length; t++)
        {
            string[] cells = lines[t + 1].Split(',');
            for (int a = 0; a < 2; a++)
            {
                if (cells[a + 1].Any(char.IsAsciiDigit) && cells[a + 1].All(c => char.IsAsciiDigit(c) || c == '.'))
                {
                    Assert.Equal(double.Parse(cells[a + 1], CultureInfo.InvariantCulture), panel[t, a, 0]);
                }
            }
        }
    }
}

public sealed class CsvRecordsFuzzTests() : LoaderFuzz(seed: 102)
{
    protected override IReadOnlyList<string> Honest { get; } =
    [
        "Date,Symbol,Open,High,Low,Close,Volume\n2020-01-02,AA,1.5,2,1,1.75,100\n2020-01-03,BB,3,3,3,3,\n",
        "date;open;high;low;close\n02.01.2020;1,5;2;1;1,75\n13.01.2020;3;3;3;3\n",
    ];

    protected override bool Load(byte[] file)
    {
        foreach (Bar bar in CsvRecords.ReadBars(TextSource.OfBytes(file), new CsvOptions { Limits = Limits }))
        {
            Assert.True(bar.Low > 0 && bar.Low <= bar.Open && bar.Close <= bar.High && !(bar.Volume < 0));
            Assert.True(bar.AvailableAt >= bar.Time && double.IsFinite(bar.High));
        }

        return true;
    }
}

public sealed class MonthlyTableFuzzTests() : LoaderFuzz(seed: 103)
{
    private static readonly DateTime[] s_axis =
        [.. Enumerable.Range(0, 12).Select(m => new DateTime(2020, 1, 20, 0, 0, 0, DateTimeKind.Utc).AddMonths(m))];

    protected override IReadOnlyList<string> Honest { get; } =
    [
        "date,cpi,fed_funds\n2020-01-01,100,1.5\n2020-02-01,101,\n2020-03-01,102,0.5\n",
        "date,m2\n2020-01,100\n2020-02,101\n",
    ];

    protected override bool Load(byte[] file)
    {
        MonthlyTable table = MonthlyTable.Read(TextSource.OfBytes(file), PublicationLags.Fred, Limits);
        Check(table.AsKnownAt(s_axis));
        Check(table.Of(table.Series[0]));
        return true;
    }
}

public sealed class OlpsPanelFuzzTests() : LoaderFuzz(seed: 104)
{
    protected override IReadOnlyList<string> Honest { get; } = ["A,,B\n1.01,0.5,2\n1.02,0.25,4\n0.99751,0.25,4.125\n"];

    protected override bool Load(byte[] file) => Check(OlpsPanel.Read(TextSource.OfBytes(file), Limits));
}

public sealed class ExchangeRatePanelFuzzTests() : LoaderFuzz(seed: 105)
{
    protected override IReadOnlyList<string> Honest { get; } =
        ["0.785500,1.611000,0.861698,0.634196,0.211242,0.006838,0.593000,0.525486\n"
            + "0.781800,1.610000,0.861104,0.633513,0.211242,0.006863,0.594000,0.523972\n"];

    protected override bool Load(byte[] file) => Check(ExchangeRatePanel.Read(TextSource.OfBytes(file), Limits));
}
