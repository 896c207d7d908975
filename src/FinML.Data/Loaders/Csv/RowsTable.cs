namespace FinML.Data;

/// <summary>Collects a table of a row a time: the bars of one asset, or a column an asset.</summary>
/// <remarks>Some rows are kept as they come and then turned into columns together: a write to each of a thousand
/// columns for every row would miss the cache a thousand times.</remarks>
internal sealed class RowsTable
{
    private const int BlockValues = 1 << 15;

    private readonly int _width;
    private readonly int _blockRows;
    private readonly long _maximumRows;
    private readonly double[] _block;
    private readonly double[][] _columns;
    private long[] _ticks = new long[64];
    private long[] _lines = new long[64];
    private int _rows;
    private int _turned; // the rows that are in the columns

    public RowsTable(int width, LoadLimits limits)
    {
        _width = width;
        _blockRows = Math.Clamp(BlockValues / width, 1, 64);
        _block = new double[_blockRows * width];
        _columns = new double[width][];
        Array.Fill(_columns, []);
        _maximumRows = Math.Min(limits.MaximumValues / width, Array.MaxLength / 2);
    }

    /// <summary>Whether there is room for one more row.</summary>
    public bool HasRoom => _rows < _maximumRows;

    public void Add(long ticks, long line, ReadOnlySpan<double> values)
    {
        if (_rows == _ticks.Length)
        {
            Array.Resize(ref _ticks, 2 * _rows);
            Array.Resize(ref _lines, 2 * _rows);
        }

        _ticks[_rows] = ticks;
        _lines[_rows] = line;
        values.CopyTo(_block.AsSpan((_rows - _turned) * _width));
        _rows++;
        if (_rows - _turned == _blockRows)
        {
            Turn();
        }
    }

    public RawTable Close(ColumnMap map, CsvOptions options)
    {
        Turn();
        Array.Resize(ref _ticks, _rows);
        Array.Resize(ref _lines, _rows);
        for (int c = 0; c < _width; c++)
        {
            Array.Resize(ref _columns[c], _rows);
        }

        return map.Layout == CsvLayout.Wide
            ? new RawTable(map, _ticks, _lines, map.Values, [options.Field], _columns)
            : new RawTable(map, _ticks, _lines, [options.Asset], map.Values, _columns);
    }

    private void Turn()
    {
        int rows = _rows - _turned;
        for (int c = 0; c < _width; c++)
        {
            if (_columns[c].Length < _rows)
            {
                double[] longer = GC.AllocateUninitializedArray<double>(Math.Max(_rows, Math.Max(64, 2 * _turned)));
                _columns[c].AsSpan(0, _turned).CopyTo(longer);
                _columns[c] = longer;
            }

            Span<double> column = _columns[c].AsSpan(_turned, rows);
            for (int r = 0, at = c; r < column.Length; r++, at += _width)
            {
                column[r] = _block[at];
            }
        }

        _turned = _rows;
    }
}
