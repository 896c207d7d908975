namespace FinML.Data;

/// <summary>Finds the usual columns of a price file by their usual names, whatever the case, spaces and
/// decoration.</summary>
internal sealed class HeaderMap
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["date"] = "date",
        ["datetime"] = "date",
        ["timestamp"] = "date",
        ["tradedate"] = "date",
        ["day"] = "date",
        ["time"] = "time",
        ["open"] = "open",
        ["openprice"] = "open",
        ["o"] = "open",
        ["high"] = "high",
        ["highprice"] = "high",
        ["h"] = "high",
        ["low"] = "low",
        ["lowprice"] = "low",
        ["l"] = "low",
        ["close"] = "close",
        ["closeprice"] = "close",
        ["c"] = "close",
        ["price"] = "close",
        ["last"] = "close",
        ["lastprice"] = "close",
        ["closelast"] = "close",
        ["settle"] = "close",
        ["adjclose"] = "adjclose",
        ["adjustedclose"] = "adjclose",
        ["adjcloseprice"] = "adjclose",
        ["closeadj"] = "adjclose",
        ["closeadjusted"] = "adjclose",
        ["volume"] = "volume",
        ["vol"] = "volume",
        ["tradedvolume"] = "volume",
        ["tickvol"] = "volume",
        ["v"] = "volume",
    };

    private static readonly string[] s_order = ["open", "high", "low", "close", "adjclose", "volume"];

    private HeaderMap(int date, int time, IReadOnlyList<(string Field, int Column)> fields,
        IReadOnlyList<string> mapping,
        IReadOnlyList<string> ignored)
    {
        Date = date;
        Time = time;
        Values = fields;
        Mapping = mapping;
        Ignored = ignored;
    }

    public int Date { get; }

    /// <summary>The column of the time of day beside a date, or -1.</summary>
    public int Time { get; }

    public IReadOnlyList<(string Field, int Column)> Values { get; }

    public IReadOnlyList<string> Mapping { get; }

    public IReadOnlyList<string> Ignored { get; }

    /// <summary>The field that a header names; null where it is none of the usual ones.</summary>
    /// <param name="header">As written.</param>
    /// <param name="letters">Whether O, H, L, C and V are fields and not assets: <see cref="HasLetters"/>.</param>
    public static string? FieldOf(string header, bool letters)
    {
        string key = Key(header);
        return (key.Length > 1 || letters) && s_names.TryGetValue(key, out string? field) ? field : null;
    }

    /// <summary>Whether fields are named by their first letters: open, high, low and close all are.</summary>
    public static bool HasLetters(IReadOnlyList<string> headers) =>
        headers.Select(Key).Where(k => k is "o" or "h" or "l" or "c").Distinct().Count() == 4;

    /// <summary>Finds the columns of the bars of one asset.</summary>
    public static HeaderMap? Find(IReadOnlyList<string> headers, LoadLog log)
    {
        Dictionary<string, int> found = new(StringComparer.Ordinal);
        List<string> ignored = [];
        bool letters = HasLetters(headers);
        long before = log.ProblemCount;
        for (int c = 0; c < headers.Count; c++)
        {
            if (FieldOf(headers[c], letters) is not { } field)
            {
                if (!string.IsNullOrWhiteSpace(headers[c]))
                {
                    ignored.Add(headers[c]);
                }
            }
            else if (!found.TryAdd(field, c))
            {
                log.Fail("header", 1, $"the columns '{Fields.Shorten(headers[found[field]])}' and "
                    + $"'{Fields.Shorten(headers[c])}' would both be "
                    + $"the {field}; keep one of them.");
            }
        }

        if (!found.TryGetValue("date", out int date) && found.Remove("time", out date))
        {
            found["date"] = date;
        }

        if (!found.ContainsKey("date"))
        {
            log.Fail("header", 1, "there is no time column (Date, Datetime, Timestamp or Time) in "
                + $"[{Fields.List(headers)}].");
        }

        (string Field, int Column)[] fields = [.. s_order.Where(found.ContainsKey).Select(f => (f, found[f]))];
        if (!fields.Any(f => f.Field is "close" or "adjclose"))
        {
            log.Fail("header", 1, "there is no price column (Close, Price, Last or Adj Close) in "
                + $"[{Fields.List(headers)}].");
        }

        return log.ProblemCount > before
            ? null
            : new HeaderMap(date, found.GetValueOrDefault("time", -1), fields,
                [.. found.OrderBy(f => f.Value).Select(f => $"{headers[f.Value]} -> {f.Key}")], ignored);
    }

    /// <summary>Letters only, lower case, without what stands in brackets: "&lt;Adj Close**&gt; (USD)" is
    /// adjclose.</summary>
    public static string Key(string header)
    {
        int bracket = header.IndexOf('(', StringComparison.Ordinal);
        string name = bracket > 0 ? header[..bracket] : header;
        return new string([.. name.Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
    }
}
