using System.Text;

namespace FinML.Data;

/// <summary>Collects a tidy table, a line an asset and a time, into one time axis for all assets.</summary>
internal sealed class CellsTable(ColumnMap map, LoadLimits limits)
{
    private const int LongestName = 64;

    private readonly Dictionary<long, int> _rowOf = [];
    private readonly Dictionary<string, int> _assetOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _fieldOf = new(StringComparer.Ordinal);
    private readonly List<string> _assets = [];
    private readonly List<byte[]> _symbols = [];
    private readonly List<string> _fields = map.HasField ? [] : [.. map.Values];
    private readonly List<List<Series>> _series = []; // [asset][field]; where columns are the fields, one for all
    private readonly List<long> _ticks = [];
    private readonly List<long> _lines = [];
    private int _asset;
    private int _row;
    private long _values;

    /// <summary>Adds a line that was read; what is wrong with it goes to the log.</summary>
    /// <exception cref="DataException">The panel would pass its limit.</exception>
    public void Add(RowReader row, ReadOnlySpan<byte> text, long line, string source, LoadLog log)
    {
        ReadOnlySpan<byte> symbol = row.Symbol(text), name = row.Field(text);
        if (symbol.Length is 0 or > LongestName || (map.HasField && name.Length is 0 or > LongestName))
        {
            log.Add("symbol", line, $"the symbol or the field has {(symbol.IsEmpty ? 0 : Math.Max(symbol.Length,
                name.Length))} bytes; it must have 1 to {LongestName}.");
            return;
        }

        int field = map.HasField ? FieldOf(name) : 0;
        _asset = AssetOf(symbol);
        _row = RowOf(row.Ticks, line);
        if (_asset < 0 || field < 0)
        {
            log.Add("symbol", line, $"the symbol '{Fields.Shorten(symbol)}' or the field is not UTF-8.");
            return;
        }

        List<Series> series = _series[_asset];
        while (series.Count <= field)
        {
            series.Add(new Series(row.Values.Length));
        }

        if (!series[field].TrySet(_row, row.Values, ref _values))
        {
            log.Add("duplicate", line, $"{_assets[_asset]}{(map.HasField ? "." + _fields[field] : "")} at "
                + $"{BarChecks.Show(new DateTime(row.Ticks))} is there already.");
            return;
        }

        if (_values > 2 * limits.MaximumValues)
        {
            throw new DataException($"{source}, line {line}: the panel would have more than {limits.MaximumValues} "
                + $"values, the limit ({Size} so far).");
        }

        log.Rows++;
    }

    /// <summary>The table in the order of time.</summary>
    public RawTable Close()
    {
        long[] ticks = [.. _ticks], lines = [.. _lines];
        int[] order = [.. Enumerable.Range(0, ticks.Length)];
        bool sorted = true;
        for (int t = 1; t < ticks.Length && sorted; t++)
        {
            sorted = ticks[t] > ticks[t - 1];
        }

        if (!sorted)
        {
            Array.Sort(ticks, order);
        }

        double[][] columns = new double[_assets.Count * _fields.Count][];
        for (int c = 0; c < columns.Length; c++)
        {
            List<Series> of = _series[c / _fields.Count];
            (int which, int value) = map.HasField ? (c % _fields.Count, 0) : (0, c % _fields.Count);
            double[] column = GC.AllocateUninitializedArray<double>(order.Length);
            Series? series = which < of.Count ? of[which] : null;
            for (int t = 0; t < column.Length; t++)
            {
                column[t] = series is null ? double.NaN : series.Get(order[t], value);
            }

            columns[c] = column;
        }

        return new RawTable(map, ticks, Array.ConvertAll(order, t => lines[t]), _assets, _fields, columns);
    }

    /// <summary>Whether the holes of the whole table fit too.</summary>
    public bool Fits => (long)_assets.Count * _fields.Count * _ticks.Count <= limits.MaximumValues;

    /// <summary>Its size, for messages.</summary>
    public string Size => $"{_assets.Count} assets x {_fields.Count} fields x {_ticks.Count} times";

    private int AssetOf(ReadOnlySpan<byte> symbol)
    {
        // Usually the symbol of the line before, or the next one of the list.
        int next = _asset + 1 < _symbols.Count ? _asset + 1 : 0;
        if (_asset >= 0 && _asset < _symbols.Count && symbol.SequenceEqual(_symbols[_asset]))
        {
            return _asset;
        }

        if (next < _symbols.Count && symbol.SequenceEqual(_symbols[next]))
        {
            return next;
        }

        string text = Fields.Text(symbol);
        if (!_assetOf.TryGetValue(text, out int asset))
        {
            if (text.Contains('\uFFFD', StringComparison.Ordinal) || string.IsNullOrWhiteSpace(text))
            {
                return -1;
            }

            asset = _assets.Count;
            _assetOf.Add(text, asset);
            _assets.Add(text);
            _symbols.Add(Encoding.UTF8.GetBytes(text));
            _series.Add([]);
        }

        return asset;
    }

    private int FieldOf(ReadOnlySpan<byte> name)
    {
        string text = Fields.Text(name);
        if (!_fieldOf.TryGetValue(text, out int field))
        {
            if (text.Contains('\uFFFD', StringComparison.Ordinal) || string.IsNullOrWhiteSpace(text))
            {
                return -1;
            }

            field = _fields.Count;
            _fieldOf.Add(text, field);
            _fields.Add(text);
        }

        return field;
    }

    private int RowOf(long ticks, long line)
    {
        if (_row < _ticks.Count && _ticks[_row] == ticks)
        {
            return _row;
        }

        int next = _row + 1;
        if (next < _ticks.Count && _ticks[next] == ticks)
        {
            return next;
        }

        if (_rowOf.TryAdd(ticks, _ticks.Count))
        {
            _ticks.Add(ticks);
            _lines.Add(line);
        }

        return _rowOf[ticks];
    }

    /// <summary>The values that one kind of line has, by row, and which rows were there.</summary>
    private sealed class Series(int width)
    {
        private double[] _values = []; // (row, value)
        private ulong[] _taken = [];   // a bit a row

        public double Get(int row, int value)
        {
            int at = row * width + value;
            return at < _values.Length ? _values[at] : double.NaN;
        }

        /// <summary>Keeps the values of a row; false where it was there. What it takes is added to the total.</summary>
        public bool TrySet(int row, ReadOnlySpan<double> values, ref long total)
        {
            int word = row >> 6;
            if (word >= _taken.Length)
            {
                int rows = Math.Max(row + 1, 2 * (_values.Length / width)), old = _values.Length;
                Array.Resize(ref _taken, (rows >> 6) + 1);
                double[] longer = GC.AllocateUninitializedArray<double>(checked((_taken.Length << 6) * width));
                _values.CopyTo(longer, 0);
                longer.AsSpan(old).Fill(double.NaN);
                _values = longer;
                total += _values.Length - old;
            }

            ulong bit = 1UL << (row & 63);
            if ((_taken[word] & bit) != 0)
            {
                return false;
            }

            _taken[word] |= bit;
            values.CopyTo(_values.AsSpan(row * width));
            return true;
        }
    }
}
