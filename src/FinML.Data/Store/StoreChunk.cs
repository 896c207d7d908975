namespace FinML.Data.Store;

/// <summary>Rows of one symbol from <see cref="PanelStore.Scan"/>, by time. Its memory is used again for the next
/// chunk: copy what you keep.</summary>
public sealed class StoreChunk
{
    private readonly DateTime[] _times;
    private readonly DateTime[] _availableAt;
    private readonly SymbolSeries _series;

    internal StoreChunk(SymbolSeries series, IReadOnlyList<string> fields, DateTime[] times, DateTime[] availableAt)
    {
        (_series, Fields, _times, _availableAt) = (series, fields, times, availableAt);
        Convert(series.Times, times);
        Convert(series.AvailableAt, availableAt);
    }

    /// <summary>Whose rows they are.</summary>
    public string Symbol => _series.Symbol;

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>How many rows.</summary>
    public int Length => _series.Length;

    /// <summary>What each row is about, UTC, strictly increasing over the chunks of a symbol.</summary>
    public ReadOnlySpan<DateTime> Times => _times.AsSpan(0, Length);

    /// <summary>When each row became known, UTC.</summary>
    public ReadOnlySpan<DateTime> AvailableAt => _availableAt.AsSpan(0, Length);

    /// <summary>The values of a field; NaN where they are missing.</summary>
    public ReadOnlySpan<double> Column(int field) => (uint)field < (uint)Fields.Count
        ? _series.Column(field)
        : throw new ArgumentOutOfRangeException(nameof(field), field,
            $"The field's index must be in [0, {Fields.Count}).");

    private static void Convert(ReadOnlySpan<long> from, Span<DateTime> to)
    {
        for (int t = 0; t < from.Length; t++)
            to[t] = StoreTime.FromMicroseconds(from[t]);
    }
}
