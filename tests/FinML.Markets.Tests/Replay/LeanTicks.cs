using System.Globalization;
using System.IO.Compression;
using FinML.Data;
using FinML.Tests;

namespace FinML.Markets.Tests.Replay;

/// <summary>Ticks of 23 minutes in the morning of LEAN's files of 7 October 2013, as many as a replay test needs:
/// milliseconds since midnight, prices x 10,000.</summary>
internal static class LeanTicks
{
    private static readonly DateTime Midnight = new(2013, 10, 7, 4, 0, 0, DateTimeKind.Utc); // New York, summer time

    internal static MarketData[] Read(string symbol, int count) =>
    [
        .. Lines($"lean_{symbol}_20131007_quote_ticks.zip").Select(fields => Quote(symbol, fields))
            .Concat(Lines($"lean_{symbol}_20131007_trade_ticks.zip").Select(fields => Trade(symbol, fields)))
            .OrderBy(record => record.Time)
            .Take(count),
    ];

    private static IEnumerable<double[]> Lines(string file)
    {
        const double Open = 9.5 * 3_600_000;
        using ZipArchive zip = ZipFile.OpenRead(PublicData.Require(file));
        using var reader = new StreamReader(zip.Entries[0].Open());
        while (reader.ReadLine() is { } line)
        {
            double time = double.Parse(line.AsSpan(0, line.IndexOf(',')), CultureInfo.InvariantCulture);
            if (time < Open + 120_000)
                continue;
            if (time >= Open + 1_500_000)
                yield break;
            double[] fields = [.. line.Split(',').Take(5).Select(
                field => double.TryParse(field, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
            yield return fields;
        }
    }

    private static MarketData Quote(string symbol, double[] fields)
    {
        DateTime time = Midnight.AddMilliseconds(fields[0]);
        return new Quote
        {
            Symbol = symbol,
            Time = time,
            AvailableAt = time,
            BidPrice = fields[1] > 0 ? fields[1] / 10_000 : double.NaN,
            BidSize = fields[2],
            AskPrice = fields[3] > 0 ? fields[3] / 10_000 : double.NaN,
            AskSize = fields[4],
        };
    }

    private static MarketData Trade(string symbol, double[] fields)
    {
        DateTime time = Midnight.AddMilliseconds(fields[0]);
        return new Trade
        {
            Symbol = symbol,
            Time = time,
            AvailableAt = time,
            Price = fields[1] / 10_000,
            Size = fields[2],
        };
    }
}
