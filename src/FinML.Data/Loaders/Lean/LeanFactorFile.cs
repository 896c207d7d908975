namespace FinML.Data;

/// <summary>
/// Reads a LEAN factor file: lines of a date, the price factor, the split factor and the close of that date. The
/// factors hold up to the date, which is the last one before an action: a split of r new shares for one multiplies the
/// split factor of all earlier lines by 1/r, a dividend D the price factor by 1 - D/close.
/// </summary>
/// <remarks>
/// LEAN multiplies a whole history by the factors, with which a price of 1998 knows the split of 2020. Here the lines
/// are turned back into the actions behind them, each with the day that it took effect, so that
/// <see cref="CorporateActions.Adjust"/> can use those of a moment and no later ones.
/// </remarks>
public static class LeanFactorFile
{
    private const double SmallestDividend = 1e-5; // a price factor has seven decimals

    /// <summary>The splits and dividends, the earliest first.</summary>
    /// <param name="source">The file.</param>
    /// <param name="symbol">What the actions are called by.</param>
    /// <param name="calendar">Tells the day after the date of a line; null: the New York Stock Exchange.</param>
    /// <exception cref="DataException">A line is not as said, or the dates do not rise.</exception>
    public static IReadOnlyList<CorporateAction> Read(TextSource source, string symbol,
        ITradingCalendar? calendar = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrWhiteSpace(symbol);
        calendar ??= NyseCalendar.Instance;
        List<CorporateAction> actions = [];
        Row? before = null;
        using LineReader lines = new(source.Open(), source.Name, LoadLimits.Default);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
            {
                continue;
            }

            RecordLine record = new(line);
            Row row = new(LeanTime.Date(ref record), record.Number("price factor", 1e-9, 1e9),
                record.Number("split factor", 1e-9, 1e9), record.Number("close", 0, 1e12));
            record.End(4);
            if (before is { } last && row.Until <= last.Until)
            {
                record.Refuse($"the date {row.Until:yyyy-MM-dd} does not follow {last.Until:yyyy-MM-dd}.");
            }

            if (record.Wrong is null && before is { } earlier && HasAction(earlier, row)
                && (earlier.Until < calendar.Range.First || earlier.Until.AddDays(10) > calendar.Range.Last))
            {
                record.Refuse($"the calendar of {calendar.Name} does not know the day after "
                    + $"{earlier.Until:yyyy-MM-dd}.");
            }

            if (record.Wrong is { } wrong)
            {
                throw new DataException($"{source.Name}, line {lines.Line}: {wrong}");
            }

            if (before is { } previous && HasAction(previous, row))
            {
                actions.AddRange(Between(previous, row, symbol, calendar.Next(previous.Until)));
            }

            before = row;
        }

        return before is null ? throw new DataException($"{source.Name} has no line.") : actions;
    }

    private static bool HasAction(Row before, Row after) =>
        before.Price != after.Price || before.Split != after.Split;

    /// <summary>What happened between the lines.</summary>
    private static IEnumerable<CorporateAction> Between(Row before, Row after, string symbol, Session ex)
    {
        if (before.Split != after.Split)
        {
            yield return new StockSplit
            {
                Symbol = symbol,
                ExDate = ex.Date,
                AvailableAt = ex.Open,
                NewForOld = RoundRatio(after.Split / before.Split),
            };
        }

        double amount = before.Close * (1 - before.Price / after.Price);
        if (amount > SmallestDividend)
        {
            yield return new CashDividend
            {
                Symbol = symbol,
                ExDate = ex.Date,
                AvailableAt = ex.Open,
                Amount = amount,
                CloseBefore = before.Close,
            };
        }
    }

    /// <summary>The factors have few digits: 1 / .3333333 is 3.</summary>
    private static double RoundRatio(double ratio)
    {
        double near = ratio >= 1 ? Math.Round(ratio * 20) / 20 : 20 / Math.Round(20 / ratio);
        return Math.Abs(near / ratio - 1) < 2e-5 ? near : ratio;
    }

    private readonly record struct Row(DateOnly Until, double Price, double Split, double Close);
}
