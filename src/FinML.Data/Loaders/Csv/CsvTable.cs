namespace FinML.Data;

/// <summary>Reads a CSV file into a table, once where what it assumes of dates and numbers holds, and again where the
/// file proves it wrong.</summary>
internal static class CsvTable
{
    /// <summary>The table; null where the file is refused as a whole, and then the log says why.</summary>
    public static RawTable? Read(TextSource source, CsvOptions options, out LoadLog log)
    {
        RowReader.Assumptions assumed = RowReader.Assumptions.First;
        while (true) // at most four times: three assumptions can each fall once
        {
            log = new LoadLog(options.MaximumRefusals);
            try
            {
                RawTable? table = ReadOnce(source, options, assumed, log, out RowReader? rows);
                if (rows is null || !rows.Again)
                {
                    return table;
                }

                assumed = rows.Next;
            }
            catch (DataException e)
            {
                log.Fail("file", 0, e.Message.EndsWith('.') ? e.Message : e.Message + ".");
                return null;
            }
        }
    }

    private static RawTable? ReadOnce(TextSource source, CsvOptions options, RowReader.Assumptions assumed,
        LoadLog log, out RowReader? rows)
    {
        rows = null;
        using LineReader lines = new(source.Open(options.Limits), source.Name, options.Limits);
        CsvDialect dialect = CsvDialect.Detect(lines, options, source.Name);
        if (ColumnMap.Of(dialect, options, log) is not { } map)
        {
            return null;
        }

        rows = new RowReader(map, dialect.Separator, options, assumed, log);
        RawTable? table = map.Layout == CsvLayout.Long
            ? ReadCells(source, lines, rows, dialect, map, options, log)
            : ReadRows(source, lines, rows, dialect, map, options, log);
        rows.Close();
        return rows.Torn ? null : table;
    }

    private static RawTable ReadRows(TextSource source, LineReader lines, RowReader rows, CsvDialect dialect,
        ColumnMap map, CsvOptions options, LoadLog log)
    {
        RowsTable table = new(map.Values.Count, options.Limits);
        long count = 0;
        while (TryReadRow(lines, rows, dialect, out ReadOnlySpan<byte> _, out bool read))
        {
            if (!read)
            {
                continue;
            }

            if (!table.HasRoom)
            {
                throw new DataException($"{source.Name}, line {lines.Line}: the panel would have more than "
                    + $"{options.Limits.MaximumValues} values, the limit.");
            }

            table.Add(map.HasTime ? rows.Ticks : Undated(count), lines.Line, rows.Values);
            count++;
        }

        log.Rows = count;
        return table.Close(map, options);
    }

    private static RawTable? ReadCells(TextSource source, LineReader lines, RowReader rows, CsvDialect dialect,
        ColumnMap map, CsvOptions options, LoadLog log)
    {
        CellsTable table = new(map, options.Limits);
        while (TryReadRow(lines, rows, dialect, out ReadOnlySpan<byte> line, out bool read))
        {
            if (read)
            {
                table.Add(rows, line, lines.Line, source.Name, log);
            }
        }

        if (!table.Fits)
        {
            log.Fail("file", 0, $"the panel would have more than {options.Limits.MaximumValues} values, the limit: "
                + $"{table.Size}, most of them holes.");
            return null;
        }

        return rows.Again || log.Rows == 0 ? null : table.Close();
    }

    /// <summary>The next line that is not blank; false at the end, and where reading on is in vain.</summary>
    private static bool TryReadRow(LineReader lines, RowReader rows, CsvDialect dialect, out ReadOnlySpan<byte> line,
        out bool read)
    {
        read = false;
        while (!rows.Again && !rows.Torn && lines.TryRead(out line))
        {
            byte first = line.IsEmpty ? (byte)' ' : line[0];
            if ((first <= ' ' || first == dialect.Separator || first == '"') && Fields.IsBlank(line, dialect.Separator))
            {
                continue;
            }

            read = rows.TryRead(line, lines.Line);
            return true;
        }

        line = default;
        return false;
    }

    private static long Undated(long row) => DateTime.UnixEpoch.Ticks
        + Math.Min(row, (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay - 1)
        * TimeSpan.TicksPerDay;
}
