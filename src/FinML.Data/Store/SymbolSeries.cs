namespace FinML.Data.Store;

/// <summary>The rows of one symbol in memory, by time: growing while they are read.</summary>
internal sealed class SymbolSeries(string symbol, int fields, int capacity)
{
    private long[] _times = GC.AllocateUninitializedArray<long>(capacity);
    private long[] _availableAt = GC.AllocateUninitializedArray<long>(capacity);
    private readonly double[][] _columns = [.. Enumerable.Range(0, fields).Select(_ =>
        GC.AllocateUninitializedArray<double>(capacity))];

    public string Symbol => symbol;

    public int Length { get; private set; }

    public ReadOnlySpan<long> Times => _times.AsSpan(0, Length);

    public ReadOnlySpan<long> AvailableAt => _availableAt.AsSpan(0, Length);

    public ReadOnlySpan<double> Column(int field) => _columns[field].AsSpan(0, Length);

    /// <summary>The column as an array of exactly its length; where it is that already, the series' own.</summary>
    public double[] TakeColumn(int field) => _columns[field].Length == Length
        ? _columns[field] : _columns[field].AsSpan(0, Length).ToArray();

    /// <summary>Adds the rows of a chunk with the columns time, available_at and the fields.</summary>
    public void Add(DuckDbChunk chunk)
    {
        int end = Length + chunk.Rows;
        if (end > _times.Length)
            Grow(Math.Max(end, 2 * _times.Length));
        chunk.CopyIntegers(0, _times.AsSpan(Length));
        chunk.CopyIntegers(1, _availableAt.AsSpan(Length));
        for (int f = 0; f < _columns.Length; f++)
            chunk.CopyNumbers(2 + f, _columns[f].AsSpan(Length));
        Length = end;
    }

    public void Clear() => Length = 0;

    private void Grow(int capacity)
    {
        Array.Resize(ref _times, capacity);
        Array.Resize(ref _availableAt, capacity);
        for (int f = 0; f < _columns.Length; f++)
            Array.Resize(ref _columns[f], capacity);
    }
}
