namespace FinML.Data;

/// <summary>
/// A feature of one asset as it runs: it is given row after row and says the feature's value at each, the same bits
/// that the feature says of the whole column. Not for use from two threads at once.
/// </summary>
public abstract class FeatureStream
{
    /// <summary>The rows that are taken from a panel at a time: few enough that their columns, states and results stay
    /// in the nearest cache.</summary>
    internal const int BlockRows = 128;

    private protected FeatureStream(IReadOnlyList<string> fields, long firstRow)
    {
        Fields = fields;
        FirstRow = firstRow;
    }

    /// <summary>The fields of a row, in the order in which <see cref="Next(DateTime, ReadOnlySpan{double})"/> takes
    /// them.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>The number that the first row has.</summary>
    public long FirstRow { get; }

    /// <summary>Takes the next row and gives the feature there; NaN in the warm-up.</summary>
    /// <param name="time">What the row is about.</param>
    /// <param name="values">One value for each of <see cref="Fields"/>; NaN where it is missing.</param>
    /// <exception cref="ArgumentException">There are not as many values as fields.</exception>
    public abstract double Next(DateTime time, ReadOnlySpan<double> values);

    /// <summary>Takes a record as the next row; the value is known when the record is, at its AvailableAt.</summary>
    /// <remarks>A bar has open, high, low, close and volume; a trade price, size and side; a quote bid, bid_size, ask
    /// and ask_size; a book these, and bid_2, bid_size_2, ask_2, ask_size_2 and so on.</remarks>
    /// <exception cref="ArgumentException">A record of this kind has not all of <see cref="Fields"/>.</exception>
    public double Next(MarketData record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Span<double> values = Fields.Count <= 64 ? stackalloc double[Fields.Count] : new double[Fields.Count];
        RecordFields.Read(record, Fields, values);
        return Next(record.Time, values);
    }

    /// <summary>Forgets all rows: the next one is the first again.</summary>
    public abstract void Reset();

    /// <summary>The running form of a recurrence.</summary>
    /// <param name="begin">Makes the state before row <paramref name="firstRow"/>.</param>
    /// <param name="fields">The fields it reads, in its order.</param>
    /// <param name="firstRow">The number of the first row, 0 or more.</param>
    public static FeatureStream Create<TState>(Func<TState> begin, IReadOnlyList<string> fields, long firstRow)
        where TState : struct, IFeatureState
    {
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        return new Running<TState>(begin, fields, firstRow);
    }

    /// <summary>Takes rows of one asset of a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="asset">The index of the asset.</param>
    /// <param name="fields">Where in the panel <see cref="Fields"/> are.</param>
    /// <param name="start">The first of the rows.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="results">Gets the results, <paramref name="stride"/> apart.</param>
    /// <param name="stride">The distance of two results.</param>
    internal abstract void Run(Panel panel, int asset, ReadOnlySpan<int> fields, int start, int count,
        Span<double> results, int stride);

    private sealed class Running<TState>(Func<TState> begin, IReadOnlyList<string> fields, long firstRow)
        : FeatureStream(fields, firstRow)
        where TState : struct, IFeatureState
    {
        private readonly double[] _block = new double[Math.Max(1, fields.Count) * BlockRows]; // (fields, rows)
        private TState _state = begin();
        private long _row = firstRow;

        public override double Next(DateTime time, ReadOnlySpan<double> values) => values.Length == Fields.Count
            ? Finite(_state.Next(new FeatureRow(_row++, time, values)))
            : throw new ArgumentException($"The feature reads {Fields.Count} fields ({string.Join(", ", Fields)}); "
                + $"{values.Length} values were given.", nameof(values));

        public override void Reset()
        {
            _state = begin();
            _row = FirstRow;
        }

        internal override void Run(Panel panel, int asset, ReadOnlySpan<int> fields, int start, int count,
            Span<double> results, int stride)
        {
            for (int first = 0; first < count; first += BlockRows)
            {
                int rows = Math.Min(BlockRows, count - first);
                for (int j = 0; j < fields.Length; j++)
                {
                    panel.Column(asset, fields[j]).Slice(start + first, rows).CopyTo(_block.AsSpan(j * rows));
                }

                FeatureRow row = new(_row, panel.TimeSpan.Slice(start + first, rows), _block);
                for (int i = first * stride; i < (first + rows) * stride; i += stride)
                {
                    results[i] = Finite(_state.Next(row));
                    row.Advance();
                }

                _row += rows;
            }
        }

        // What overflows is not defined: a feature is finite or missing.
        private static double Finite(double value) => double.IsInfinity(value) ? double.NaN : value;
    }
}
