using System.Globalization;
using System.Text;
using FinML.Data;

namespace FinML.Benchmarks.Data;

/// <summary>How fast text becomes a panel: the bytes of the file a second of processor time, that is on one core, from
/// memory.</summary>
internal static class CsvRows
{
    private const int Samples = 11, Bytes = 48_000_000;

    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        works.Add("read 50,000 bars", ReadBars);
        rows.Add(new PeerRow("read 50,000 bars"));
        rows.Add(new QuantityRow("CSV to panel: wide", "MB/s", () => Rates(Wide(assets: 500))));
        rows.Add(new QuantityRow("CSV to panel: tidy", "MB/s", () => Rates(Tidy(assets: 500))));
        rows.Add(new QuantityRow("CSV to panel: bars", "MB/s", () => Rates(Bars())));
    }

    /// <summary>The text of peer.py.</summary>
    private static Action ReadBars()
    {
        var text = new StringBuilder("date,open,high,low,close,volume");
        var start = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (int t = 0; t < 50_000; t++)
        {
            double price = 100 + t * 7919L % 10000 / 100.0;
            text.Append(CultureInfo.InvariantCulture, $"\n{start.AddMinutes(t):yyyy-MM-dd HH:mm:ss},{price:F2},")
                .Append(CultureInfo.InvariantCulture,
                    $"{price + 1:F2},{price - 1:F2},{price + 0.5:F2},{1000 + t % 997}");
        }

        byte[] file = Encoding.UTF8.GetBytes(text.ToString());
        return () => CsvPanel.Read(TextSource.OfBytes(file)).Require();
    }

    private static double[] Rates(byte[] file)
    {
        double[] rates = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            double start = Clock.Processor.Seconds();
            int rows = CsvPanel.Read(TextSource.OfBytes(file)).Require().Length;
            rates[i] = file.Length / 1e6 / (Clock.Processor.Seconds() - start);
            if (rows < 10)
                throw new InvalidOperationException($"The panel has {rows} rows.");
        }

        return rates;
    }

    private static byte[] Wide(int assets)
    {
        var text = new StringBuilder("date," + string.Join(',', Enumerable.Range(0, assets).Select(a => $"A{a}")));
        for (int t = 0; text.Length < Bytes; t++)
        {
            text.Append('\n').Append(Time(t));
            for (int a = 0; a < assets; a++)
                text.Append(',').Append(Price(t, a));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Tidy(int assets)
    {
        var text = new StringBuilder("date,symbol,open,high,low,close,volume");
        for (int t = 0; text.Length < Bytes; t++)
        {
            for (int a = 0; a < assets; a++)
                text.Append('\n').Append(Time(t)).Append(",A").Append(a).Append(',').Append(Bar(t, a));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Bars()
    {
        var text = new StringBuilder("Date,Open,High,Low,Close,Volume");
        for (int t = 0; text.Length < Bytes; t++)
            text.Append('\n').Append(Minute(t)).Append(',').Append(Bar(t, 7));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Bar(int t, int asset) =>
        $"{Price(t, asset)},{Price(t, asset + 1)},{Price(t, asset)},{Price(t, asset + 1)},"
        + $"{(t * 37 + asset) % 90_000_000}";

    private static string Price(int t, int asset) =>
        (20 + asset % 400 + (t * 7919L + asset * 104_729L) % 1_000_000 / 1e6)
        .ToString("0.######", CultureInfo.InvariantCulture);

    private static string Time(int t) =>
        new DateTime(1900, 1, 1).AddDays(t).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Minute(int t) =>
        new DateTime(2000, 1, 1).AddMinutes(t).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
