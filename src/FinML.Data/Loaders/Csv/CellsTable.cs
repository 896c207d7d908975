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
    private readonly List<List<double[]>> _columns = [];  // [asset][field][row]
    private readonly List<List<ulong[]>> _taken = [];     // [asset][field]: a bit a row; without names one for all
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

        if (IsTaken(field))
        {
            log.Add("duplicate", line, $"{_assets[_asset]}{(map.HasField ? "." + _fields[field] : "")} at "
                + $"{BarChecks.Show(new DateTime(row.Ticks))} is there already.");
            return;
        }

        for (int v = 0; v < row.Values.Length; v++)
        {
            Set(field + v, row.Values[v], source, line);
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
            List<double[]> of = _columns[c / _fields.Count];
            double[] from = c % _fields.Count < of.Count ? of[c % _fields.Count] : [];
            columns[c] = new double[order.Length];
            for (int t = 0; t < order.Length; t++)
            {
                columns[c][t] = order[t] < from.Length ? from[order[t]] : double.NaN;
            }
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
            _columns.Add([]);
            _taken.Add([]);
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

    private bool IsTaken(int field)
    {
        List<ulong[]> taken = _taken[_asset];
        while (taken.Count <= field)
        {
            taken.Add([]);
        }

        ulong[] bits = taken[field];
        if (bits.Length <= _row >> 6)
        {
            Array.Resize(ref bits, Math.Max((_row >> 6) + 1, 2 * bits.Length));
            taken[field] = bits;
        }

        ulong bit = 1UL << (_row & 63);
        bool was = (bits[_row >> 6] & bit) != 0;
        bits[_row >> 6] |= bit;
        return was;
    }

    private void Set(int field, double value, string source, long line)
    {
        List<double[]> columns = _columns[_asset];
        while (columns.Count <= field)
        {
            columns.Add([]);
        }

        double[] column = columns[field];
        if (column.Length <= _row)
        {
            int length = Math.Max(_row + 1, Math.Max(8, 2 * column.Length));
            _values += length - column.Length;
            if (_values > 2 * limits.MaximumValues)
            {
                throw new DataException($"{source}, line {line}: the panel would have more than "
                    + $"{limits.MaximumValues} values, the limit ({Size} so far).");
            }

            int old = column.Length;
            Array.Resize(ref column, length);
            column.AsSpan(old).Fill(double.NaN);
            columns[field] = column;
        }

        column[_row] = value;
    }
}
