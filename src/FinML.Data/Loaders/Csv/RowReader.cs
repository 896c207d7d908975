namespace FinML.Data;

/// <summary>
/// Reads the lines of a table into a time, its names and its values, and learns on the way how the file writes dates
/// and numbers. What it assumed may turn out wrong: then <see cref="Again"/> is true, and the file is read again with
/// the <see cref="Next"/> assumptions.
/// </summary>
internal sealed class RowReader
{
    private readonly ColumnMap _map;
    private readonly byte _separator;
    private readonly NumberReader _numbers;
    private readonly DateReader _dates;
    private readonly Assumptions _assumed;
    private readonly LoadLog _log;
    private readonly byte[] _lastText = new byte[40];
    private readonly byte[] _both = new byte[40]; // a date, a space and a time of day
    private int _lastLength = -1;
    private DateTime _lastLocal;
    private TimeSpan? _lastOffset;
    private bool _offsets; // an offset other than zero was seen
    private bool _clocks;  // a time of day other than midnight was seen
    private bool _bare;    // a time without an offset was seen
    private readonly bool _takesPercents;
    private long _percents; // numbers with a percent sign
    private Range _time;
    private Range _clock;
    private Range _symbol;
    private Range _field;

    public RowReader(ColumnMap map, byte separator, CsvOptions options, Assumptions assumed, LoadLog log)
    {
        _map = map;
        _separator = separator;
        _numbers = new NumberReader(options.DecimalMark, assumed.Mark);
        _dates = new DateReader(options.DateOrder, assumed.DateOrder);
        _assumed = assumed;
        _takesPercents = options.Percents;
        _log = log;
        Values = new double[map.Values.Count];
    }

    /// <summary>The values of the line, in the order of the map; NaN where one is missing.</summary>
    public double[] Values { get; }

    /// <summary>The time of the line in ticks of UTC; of a daily file the date, whatever its offset says.</summary>
    public long Ticks { get; private set; }

    /// <summary>Whether an assumption turned out wrong.</summary>
    public bool Again => _numbers.Again || _dates.Again || (_assumed.Daily && _offsets && _clocks);

    /// <summary>Whether the file contradicts itself.</summary>
    public bool Torn => _numbers.Torn || _dates.Torn;

    /// <summary>What to assume when the file is read again.</summary>
    public Assumptions Next => new(_numbers.Again ? ',' : _assumed.Mark, _dates.Again ? "dmy" : _assumed.DateOrder,
        _assumed.Daily && !(_offsets && _clocks));

    /// <summary>Whether there is a symbol in each line.</summary>
    public bool HasSymbol => _map.HasSymbol;

    /// <summary>Whether there is a word in each line: of a tidy table the field, of a trade the side.</summary>
    public bool HasField => _map.HasField;

    /// <summary>The symbol of the line that was read last.</summary>
    public ReadOnlySpan<byte> Symbol(ReadOnlySpan<byte> line) => line[_symbol];

    /// <summary>The field that the line which was read last names.</summary>
    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line) => line[_field];

    /// <summary>Reads a line; what is wrong with it goes to the log.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, long row)
    {
        ReadOnlySpan<int> roles = _map.Roles;
        byte separator = _separator;
        int position = 0;
        bool good = true;
        for (int c = 0; c < roles.Length; c++)
        {
            if (position > line.Length)
            {
                _log.Add("width", row, $"there are {c} values for {roles.Length} columns.");
                return false;
            }

            int role = roles[c];
            if (role >= 0 && _numbers.TryTake(line, ref position, separator, row, out Values[role]))
            {
                continue;
            }

            if (!Fields.Take(line, ref position, separator, out ReadOnlySpan<byte> field))
            {
                _log.Add("quotes", row, "the quotes of a field are not closed: this is not CSV.");
                return false;
            }

            if (role >= 0)
            {
                good &= ReadSlowly(field, role, row);
            }
            else if (role != ColumnMap.Unused)
            {
                Keep(role, line, field);
            }
        }

        if (position <= line.Length && !Fields.IsBlank(line[position..], separator))
        {
            int width = Fields.All(line, separator)?.Count ?? roles.Length + 1;
            _log.Add("width", row, $"there are {width} values for {roles.Length} columns.");
            return false;
        }

        return (!_map.HasTime || ReadTime(line, row)) && good;
    }

    /// <summary>What the whole file leaves open or contradicts goes to the log.</summary>
    public void Close()
    {
        foreach (ImportProblem? problem in new[] { _dates.Decide(), _numbers.Decide() })
        {
            if (problem is { } p)
            {
                _log.Fail("convention", p.Row, p.Message);
            }
        }

        _log.Repair(CsvSeries.PercentSigns, _percents);
        if (_clocks && _bare)
        {
            _log.Note("Times without an offset are taken as UTC.");
        }
    }

    private bool ReadSlowly(ReadOnlySpan<byte> field, int role, long row)
    {
        bool percent = _takesPercents && field.Length > 1 && field[^1] == '%';
        if (_numbers.TryRead(percent ? field[..^1].TrimEnd((byte)' ') : field, row, out Values[role]))
        {
            if (percent)
            {
                Values[role] /= 100;
                _percents++;
            }

            return true;
        }

        _log.Add("number", row, $"{_map.Values[role]} '{Fields.Shorten(field)}' is not a number.");
        return false;
    }

    private void Keep(int role, ReadOnlySpan<byte> line, ReadOnlySpan<byte> field)
    {
        line.Overlaps(field, out int start);
        start = field.IsEmpty ? 0 : start;
        Range range = start..(start + field.Length);
        switch (role)
        {
            case ColumnMap.Time:
                _time = range;
                break;
            case ColumnMap.Clock:
                _clock = range;
                break;
            case ColumnMap.Symbol:
                _symbol = range;
                break;
            default:
                _field = range;
                break;
        }
    }

    private bool ReadTime(ReadOnlySpan<byte> line, long row)
    {
        ReadOnlySpan<byte> text = line[_time];
        if (_map.HasClock)
        {
            ReadOnlySpan<byte> clock = line[_clock];
            int length = text.Length + 1 + clock.Length;
            if (length > _both.Length)
            {
                return RefuseTime(text, row);
            }

            text.CopyTo(_both);
            _both[text.Length] = (byte)' ';
            clock.CopyTo(_both.AsSpan(text.Length + 1));
            text = _both.AsSpan(0, length);
        }

        if (text.Length == _lastLength && text.SequenceEqual(_lastText.AsSpan(0, _lastLength)))
        {
            return true; // the ticks are those of the line before
        }

        if (text.Length > _lastText.Length || !_dates.TryRead(text, row, out _lastLocal, out _lastOffset))
        {
            return RefuseTime(text, row);
        }

        _lastLength = text.Length;
        text.CopyTo(_lastText);
        _offsets |= _lastOffset is { } given && given != TimeSpan.Zero;
        _bare |= _lastOffset is null;
        _clocks |= _lastLocal.TimeOfDay != TimeSpan.Zero;

        // A daily file with offsets (2020-01-02 00:00:00-05:00) means the day, not the UTC moment of its midnight.
        long ticks = _lastLocal.Ticks - (_assumed.Daily ? 0 : (_lastOffset ?? TimeSpan.Zero).Ticks);
        Ticks = Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks);
        return true;
    }

    private bool RefuseTime(ReadOnlySpan<byte> text, long row)
    {
        _lastLength = -1;
        _log.Add("date", row, $"'{Fields.Shorten(text)}' is not a date that can be read (a year needs four digits).");
        return false;
    }

    /// <summary>What is taken to be so until the file says otherwise.</summary>
    /// <param name="Mark">The decimal mark.</param>
    /// <param name="DateOrder">"mdy" or "dmy".</param>
    /// <param name="Daily">Whether all times are midnights.</param>
    internal sealed record Assumptions(char Mark, string DateOrder, bool Daily)
    {
        public static Assumptions First { get; } = new('.', "mdy", true);
    }
}
