namespace FinML.Data;

/// <summary>What each column of a file is.</summary>
/// <param name="Layout">Never <see cref="CsvLayout.Auto"/>.</param>
/// <param name="Roles">A role a column: the number of a value from 0, or one of the constants.</param>
/// <param name="Values">The names of the values: fields in the layouts Bars and Long, assets in the layout
/// Wide.</param>
/// <param name="Mapping">Which column became what, in the file's words.</param>
internal sealed record ColumnMap(CsvLayout Layout, int[] Roles, IReadOnlyList<string> Values,
    IReadOnlyList<string> Mapping)
{
    public const int Unused = -1, Time = -2, Clock = -3, Symbol = -4, Field = -5;

    private static readonly HashSet<string> s_symbols = ["symbol", "ticker", "asset", "sym", "instrument", "tic",
        "code", "isin", "ric", "permno", "assetname", "secid", "securityid"];

    private static readonly HashSet<string> s_fields = ["field", "variable", "item", "metric", "measure"];

    private static readonly HashSet<string> s_values = ["value", "val"];

    /// <summary>Whether there is a time.</summary>
    public bool HasTime { get; } = Roles.Contains(Time);

    /// <summary>Whether there is a time of day beside the date.</summary>
    public bool HasClock { get; } = Roles.Contains(Clock);

    /// <summary>Whether a column names the field of the value.</summary>
    public bool HasField { get; } = Roles.Contains(Field);

    /// <summary>Whether a column names the symbol.</summary>
    public bool HasSymbol { get; } = Roles.Contains(Symbol);

    /// <summary>Finds the columns of a record by their names; one whose field ends in '?' may be missing. The values
    /// are in the order of the fields, and null says that one is missing that may not.</summary>
    public static ColumnMap? OfRecord(CsvDialect dialect, CsvOptions options,
        IReadOnlyList<(string Field, string[] Names)> wanted, string[] sides, LoadLog log)
    {
        List<string> names = Names(dialect, options, log);
        int[] roles = [.. Enumerable.Repeat(0, names.Count)];
        if (names.Count == 0 || !FindTime(names, dialect.First, roles, log))
        {
            return null;
        }

        List<string> keys = names.ConvertAll(HeaderMap.Key);
        roles = Array.ConvertAll(roles, r => r < 0 ? r : Unused);
        List<string> values = [];
        foreach ((string field, string[] aliases) in wanted)
        {
            int column = keys.FindIndex(k => aliases.Contains(k));
            if (column >= 0 && roles[column] == Unused)
            {
                roles[column] = values.Count;
                values.Add(field.TrimEnd('?'));
            }
            else if (!field.EndsWith('?'))
            {
                log.Fail("header", 1, $"there is no column of the {field} in [{Fields.List(names)}].");
                return null;
            }
        }

        Mark(keys.FindIndex(s_symbols.Contains), Symbol);
        Mark(keys.FindIndex(k => sides.Contains(k)), Field);
        return new ColumnMap(CsvLayout.Long, roles, values, []);

        void Mark(int column, int role)
        {
            if (column >= 0 && roles[column] == Unused)
            {
                roles[column] = role;
            }
        }
    }

    /// <summary>Finds out what the columns are; null where that failed, and then the log says why.</summary>
    public static ColumnMap? Of(CsvDialect dialect, CsvOptions options, LoadLog log)
    {
        List<string> names = Names(dialect, options, log);
        if (names.Count == 0)
        {
            return null;
        }

        CsvLayout layout = options.Layout != CsvLayout.Auto ? options.Layout
            : options.Undated ? CsvLayout.Wide
            : names.Exists(n => s_symbols.Contains(HeaderMap.Key(n))) ? CsvLayout.Long
            : LooksLikeBars(names) ? CsvLayout.Bars
            : CsvLayout.Wide;
        return layout switch
        {
            CsvLayout.Bars => Bars(names, log),
            CsvLayout.Long => Long(names, dialect.First, log),
            _ => Wide(names, dialect, options, log),
        };
    }

    private static List<string> Names(CsvDialect dialect, CsvOptions options, LoadLog log)
    {
        if (dialect.Header is null && options.Names.Count > 0 && options.Names.Count != dialect.First.Count)
        {
            log.Fail("header", 1, $"there are {dialect.First.Count} columns and {options.Names.Count} names for them.");
            return [];
        }

        if ((dialect.Header ?? dialect.First).Count == 0)
        {
            log.Fail("header", 1, "the file has no time column and no other: it is empty.");
        }

        return dialect.Header is { } header ? [.. header]
            : options.Names.Count > 0 ? [.. options.Names]
            : [.. Enumerable.Range(1, dialect.First.Count).Select(c => $"column{c}")];
    }

    private static bool LooksLikeBars(List<string> names)
    {
        bool letters = HeaderMap.HasLetters(names);
        List<string?> fields = names.ConvertAll(n => HeaderMap.FieldOf(n, letters));
        return (fields.Contains("date") || fields.Contains("time"))
            && (fields.Contains("close") || fields.Contains("adjclose"));
    }

    private static ColumnMap? Bars(List<string> names, LoadLog log)
    {
        if (HeaderMap.Find(names, log) is not { } map)
        {
            return null;
        }

        int[] roles = [.. Enumerable.Repeat(Unused, names.Count)];
        roles[map.Date] = Time;
        if (map.Time >= 0)
        {
            roles[map.Time] = Clock;
        }

        for (int f = 0; f < map.Values.Count; f++)
        {
            roles[map.Values[f].Column] = f;
        }

        if (map.Ignored.Count > 0)
        {
            log.Note($"Not used: {Fields.List(map.Ignored)}.");
        }

        return new ColumnMap(CsvLayout.Bars, roles, [.. map.Values.Select(f => f.Field)], map.Mapping);
    }

    private static ColumnMap? Wide(List<string> names, CsvDialect dialect, CsvOptions options, LoadLog log)
    {
        int[] roles = new int[names.Count];
        if (!options.Undated && !FindTime(names, dialect.First, roles, log))
        {
            return null;
        }

        // A separator at the end of each line makes a last column without a name or a value.
        int width = names.Count - (names[^1].Length == 0 && (dialect.First.Count < names.Count
            || dialect.First[^1].Length == 0) ? 1 : 0);
        List<string> values = [];
        for (int c = 0; c < names.Count; c++)
        {
            bool value = roles[c] >= 0 && c < width;
            roles[c] = value ? values.Count : roles[c] >= 0 ? Unused : roles[c];
            if (value)
            {
                bool named = !string.IsNullOrWhiteSpace(names[c]);
                log.Repair("a column without a name is called by its number", named ? 0 : 1);
                values.Add(named ? names[c] : $"column{c + 1}");
            }
        }

        return Checked(new ColumnMap(CsvLayout.Wide, roles, values, []), log);
    }

    private static ColumnMap? Long(List<string> names, IReadOnlyList<string> first, LoadLog log)
    {
        int[] roles = new int[names.Count];
        if (!FindTime(names, first, roles, log))
        {
            return null;
        }

        int symbol = names.FindIndex(n => s_symbols.Contains(HeaderMap.Key(n)));
        int field = names.FindIndex(n => s_fields.Contains(HeaderMap.Key(n)));
        int single = field < 0 ? -1 : names.FindIndex(n => s_values.Contains(HeaderMap.Key(n)));
        if (symbol < 0)
        {
            log.Fail("header", 1, "there is no column of symbols (Symbol, Ticker or Asset) in "
                + $"[{Fields.List(names)}].");
            return null;
        }

        bool letters = HeaderMap.HasLetters(names);
        List<string> values = [];
        for (int c = 0; c < names.Count; c++)
        {
            string? usual = HeaderMap.FieldOf(names[c], letters);
            bool number = c >= first.Count || NumberReader.IsMissing(System.Text.Encoding.UTF8.GetBytes(first[c]))
                || first[c].Any(char.IsAsciiDigit);
            if (roles[c] < 0)
            {
                continue;
            }

            roles[c] = c == symbol ? Symbol : single >= 0 && c == field ? Field
                : single >= 0 && c != single || (usual is null && !number) ? Unused : values.Count;
            if (roles[c] >= 0)
            {
                values.Add(usual ?? names[c].ToLowerInvariant());
            }
            else if (roles[c] == Unused)
            {
                log.Note($"Not used: {Fields.Shorten(names[c])}.");
            }
        }

        return Checked(new ColumnMap(CsvLayout.Long, roles, values, []), log);
    }

    /// <summary>Marks the column of the time, by its name or as the first one of the data.</summary>
    private static bool FindTime(List<string> names, IReadOnlyList<string> first, int[] roles, LoadLog log)
    {
        int time = names.FindIndex(n => HeaderMap.FieldOf(n, letters: false) is "date");
        int clock = names.FindIndex(n => HeaderMap.FieldOf(n, letters: false) is "time");
        if (time < 0 && (clock >= 0 || (first.Count > 0 && IsTime(first[0]))))
        {
            (time, clock) = (Math.Max(clock, 0), -1);
        }

        if (time < 0)
        {
            log.Fail("header", 1, "there is no time column (Date, Datetime, Timestamp or Time) in "
                + $"[{Fields.List(names)}].");
            return false;
        }

        roles[time] = Time;
        if (clock >= 0)
        {
            roles[clock] = Clock;
        }

        return true;
    }

    private static bool IsTime(string text)
    {
        byte[] field = System.Text.Encoding.UTF8.GetBytes(text);
        return new DateReader("dmy", "dmy").TryRead(field, 0, out _, out _)
            || new DateReader("mdy", "mdy").TryRead(field, 0, out _, out _);
    }

    private static ColumnMap? Checked(ColumnMap map, LoadLog log)
    {
        if (map.Values.Count == 0)
        {
            log.Fail("header", 1, "there is no column of values.");
            return null;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in map.Values)
        {
            string? wrong = string.IsNullOrWhiteSpace(name) ? "has no name"
                : name.Contains('\uFFFD', StringComparison.Ordinal) ? "has a name that is not UTF-8"
                : !seen.Add(name) ? "is there twice"
                : null;
            if (wrong is not null)
            {
                log.Fail("header", 1, $"the column '{Fields.Shorten(name)}' {wrong}.");
                return null;
            }
        }

        return map;
    }
}
