using System.Globalization;
using System.Runtime.InteropServices;

namespace FinML.Data;

/// <summary>
/// What the market said: a time axis x assets x fields of float64, stored by column, NaN where a value is missing.
/// Immutable; a slice is a view that copies nothing. Each row has two times: <see cref="Times"/>, what it is about, and
/// <see cref="AvailableAt"/>, when it could be known.
/// </summary>
/// <remarks>
/// Field names of bars are lower case: open, high, low, close, adjclose, volume. Times are UTC; a daily bar carries the
/// midnight that begins its day. Instances can be read from any number of threads.
/// </remarks>
public sealed class Panel
{
    private readonly DateTime[] _times;
    private readonly DateTime[] _availableAt;
    private readonly string[] _assets;
    private readonly string[] _fields;
    private readonly Dictionary<string, int> _assetIndex;
    private readonly Dictionary<string, int> _fieldIndex;
    private readonly double[][] _columns; // [asset * fields + field][time]
    private readonly int _start;

    private Panel(DateTime[] times, DateTime[] availableAt, string[] assets, string[] fields,
        Dictionary<string, int> assetIndex, Dictionary<string, int> fieldIndex, double[][] columns, int start,
            int length)
    {
        _times = times;
        _availableAt = availableAt;
        _assets = assets;
        _fields = fields;
        _assetIndex = assetIndex;
        _fieldIndex = fieldIndex;
        _columns = columns;
        _start = start;
        Length = length;
        Times = new ReadOnlySlice<DateTime>(times, start, length);
        AvailableAt = new ReadOnlySlice<DateTime>(availableAt, start, length);
        Assets = new ReadOnlySlice<string>(assets, 0, assets.Length);
        Fields = new ReadOnlySlice<string>(fields, 0, fields.Length);
    }

    /// <summary>The number of rows, that is of times.</summary>
    public int Length { get; }

    /// <summary>What each row is about: strictly increasing, UTC.</summary>
    public IReadOnlyList<DateTime> Times { get; }

    /// <summary>When each row could be known: never before its time, never decreasing.</summary>
    public IReadOnlyList<DateTime> AvailableAt { get; }

    /// <summary>The names of the assets, in column order.</summary>
    public IReadOnlyList<string> Assets { get; }

    /// <summary>The names of the fields, in column order.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>One value; NaN where it is missing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the panel.</exception>
    public double this[int time, int asset, int field]
    {
        get
        {
            if ((uint)time >= (uint)Length)
            {
                throw new ArgumentOutOfRangeException(nameof(time), time, $"The row must be in [0, {Length}).");
            }

            return Column(asset, field)[time];
        }
    }

    /// <summary>Makes a panel; all arrays are copied.</summary>
    /// <param name="times">Strictly increasing UTC times (a time of unspecified kind is taken as UTC).</param>
    /// <param name="assets">Distinct asset names, at least one.</param>
    /// <param name="fields">Distinct field names, at least one.</param>
    /// <param name="columns">assets x fields columns, the fields of the first asset first, each as long as
    /// <paramref name="times"/>; NaN is a missing value, an infinity is refused.</param>
    /// <param name="availableAt">When each row was known; the times themselves where it is left out.</param>
    /// <exception cref="ArgumentException">A shape, an order, a name or a value is wrong; the message says
    /// which.</exception>
    public static Panel Create(IReadOnlyList<DateTime> times, IReadOnlyList<string> assets,
        IReadOnlyList<string> fields,
        IReadOnlyList<double[]> columns, IReadOnlyList<DateTime>? availableAt = null) =>
        Make(times, assets, fields, columns, availableAt, copy: true);

    /// <summary>As <see cref="Create"/> from columns that nobody else has: checked, and not copied.</summary>
    internal static Panel Adopt(IReadOnlyList<DateTime> times, IReadOnlyList<string> assets,
        IReadOnlyList<string> fields, IReadOnlyList<double[]> columns, IReadOnlyList<DateTime> availableAt) =>
        Make(times, assets, fields, columns, availableAt, copy: false);

    private static Panel Make(IReadOnlyList<DateTime> times, IReadOnlyList<string> assets,
        IReadOnlyList<string> fields, IReadOnlyList<double[]> columns, IReadOnlyList<DateTime>? availableAt, bool copy)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(columns);
        DateTime[] when = CheckTimes(times);
        DateTime[] known = CheckAvailability(when, availableAt);
        Dictionary<string, int> assetIndex = Index(assets, nameof(assets));
        Dictionary<string, int> fieldIndex = Index(fields, nameof(fields));
        if (columns.Count != assets.Count * fields.Count)
        {
            throw new ArgumentException($"{assets.Count} assets x {fields.Count} fields need "
                + $"{assets.Count * fields.Count} columns; there are {columns.Count}.", nameof(columns));
        }

        double[][] data = new double[columns.Count][];
        for (int c = 0; c < data.Length; c++)
        {
            data[c] = CheckColumn(columns[c], when.Length,
                $"{assets[c / fields.Count]}.{fields[c % fields.Count]}", copy);
        }

        return new Panel(when, known, [.. assets], [.. fields], assetIndex, fieldIndex, data, 0, when.Length);
    }

    /// <summary>Makes a panel of arrays that are the panel's from now on and that its maker has checked as
    /// <see cref="Create"/> does: what a loader of large files calls.</summary>
    internal static Panel Own(DateTime[] times, IReadOnlyList<string> assets, IReadOnlyList<string> fields,
        double[][] columns, DateTime[] availableAt) => new(times, availableAt, [.. assets], [.. fields],
        Index(assets, nameof(assets)), Index(fields, nameof(fields)), columns, 0, times.Length);

    /// <summary>Makes a panel of one asset from its named columns.</summary>
    /// <exception cref="ArgumentException">As <see cref="Create"/>.</exception>
    public static Panel OfAsset(string asset, IReadOnlyList<DateTime> times,
        params (string Field, double[] Values)[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Create(times, [asset], [.. columns.Select(c => c.Field)], [.. columns.Select(c => c.Values)]);
    }

    /// <summary>The values of one field of one asset, over the rows of this panel.</summary>
    /// <exception cref="ArgumentException">No such asset or field; the message lists those there are.</exception>
    public ReadOnlySpan<double> Column(string asset, string field) => Column(AssetIndex(asset), FieldIndex(field));

    /// <summary>The values of one field of one asset, by index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the panel.</exception>
    public ReadOnlySpan<double> Column(int asset, int field)
    {
        if ((uint)asset >= (uint)_assets.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(asset), asset,
                $"The asset's index must be in [0, {_assets.Length}).");
        }

        if ((uint)field >= (uint)_fields.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(field), field,
                $"The field's index must be in [0, {_fields.Length}).");
        }

        return _columns[asset * _fields.Length + field].AsSpan(_start, Length);
    }

    /// <summary>The index of an asset.</summary>
    /// <exception cref="ArgumentException">No such asset.</exception>
    public int AssetIndex(string asset) => Find(_assetIndex, asset, "asset", _assets);

    /// <summary>The index of a field.</summary>
    /// <exception cref="ArgumentException">No such field.</exception>
    public int FieldIndex(string field) => Find(_fieldIndex, field, "field", _fields);

    /// <summary>Whether the panel has this field.</summary>
    public bool HasField(string field) => _fieldIndex.ContainsKey(field);

    /// <summary>A view on <paramref name="length"/> rows from <paramref name="start"/>; nothing is copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all in the panel.</exception>
    public Panel Slice(int start, int length)
    {
        if (start < 0 || start > Length)
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, $"The start must be in [0, {Length}].");
        }

        if (length < 0 || length > Length - start)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length,
                $"The length must be in [0, {Length - start}] for a slice from row {start} of {Length}.");
        }

        return new Panel(_times, _availableAt, _assets, _fields, _assetIndex, _fieldIndex, _columns, _start + start,
            length);
    }

    /// <summary>
    /// A panel with one column replaced or added; a new field is NaN for the other assets. Columns that do not change
    /// are shared where this panel is not a slice.
    /// </summary>
    /// <exception cref="ArgumentException">No such asset, or as many values as there are rows are not
    /// given.</exception>
    public Panel WithColumn(string asset, string field, double[] values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        int a = AssetIndex(asset);
        double[] column = CheckColumn(values, Length, $"{asset}.{field}");
        bool isNew = !_fieldIndex.TryGetValue(field, out int f);
        string[] fields = isNew ? [.. _fields, field] : _fields;
        f = isNew ? _fields.Length : f;
        double[] missing = isNew ? Enumerable.Repeat(double.NaN, Length).ToArray() : [];
        double[][] columns = new double[_assets.Length * fields.Length][];
        for (int i = 0; i < _assets.Length; i++)
        {
            for (int j = 0; j < fields.Length; j++)
            {
                columns[i * fields.Length + j] = (i == a && j == f) ? column
                    : j == _fields.Length ? missing
                    : Owned(_columns[i * _fields.Length + j]);
            }
        }

        return new Panel(Owned(_times), Owned(_availableAt), _assets, fields, _assetIndex,
            isNew ? Index(fields, nameof(field)) : _fieldIndex, columns, 0, Length);
    }

    /// <summary>A panel of the same times and names with other values: what a perturbation or a shuffle
    /// makes.</summary>
    /// <param name="replace">Gets asset, field and the old values, and gives the new ones, as many.</param>
    public Panel Map(Func<string, string, double[], double[]> replace)
    {
        ArgumentNullException.ThrowIfNull(replace);
        double[][] columns = new double[_columns.Length][];
        for (int c = 0; c < columns.Length; c++)
        {
            string asset = _assets[c / _fields.Length], field = _fields[c % _fields.Length];
            double[] old = _columns[c].AsSpan(_start, Length).ToArray();
            columns[c] = CheckColumn(replace(asset, field, old), Length, $"{asset}.{field}");
        }

        return new Panel(Owned(_times), Owned(_availableAt), _assets, _fields, _assetIndex, _fieldIndex, columns, 0,
            Length);
    }

    /// <summary>The times, for loops over all rows.</summary>
    internal ReadOnlySpan<DateTime> TimeSpan => _times.AsSpan(_start, Length);

    /// <summary>A panel of the same rows and assets with other fields; takes the columns as they are, for our own code,
    /// which gives them away: none holds an infinity.</summary>
    internal Panel WithFields(IReadOnlyList<string> fields, double[][] columns) => new(Owned(_times),
        Owned(_availableAt), _assets, [.. fields], _assetIndex, Index(fields, nameof(fields)), columns, 0, Length);

    private T[] Owned<T>(T[] array) =>
        _start == 0 && Length == array.Length ? array : array.AsSpan(_start, Length).ToArray();

    private static int Find(Dictionary<string, int> index, string name, string what, string[] names)
    {
        ArgumentNullException.ThrowIfNull(name);
        return index.TryGetValue(name, out int i)
            ? i
            : throw new ArgumentException($"There is no {what} '{name}' in this panel; it has: "
                + $"{string.Join(", ", names.Take(40))}.", what);
    }

    private static Dictionary<string, int> Index(IReadOnlyList<string> names, string parameter)
    {
        ArgumentNullException.ThrowIfNull(names, parameter);
        if (names.Count == 0)
        {
            throw new ArgumentException($"A panel needs at least one name in {parameter}; there are 0.", parameter);
        }

        Dictionary<string, int> index = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(names[i]))
            {
                throw new ArgumentException($"Name {i} of {parameter} is empty.", parameter);
            }

            if (!index.TryAdd(names[i], i))
            {
                throw new ArgumentException($"The name '{names[i]}' is twice in {parameter}.", parameter);
            }
        }

        return index;
    }

    private static DateTime[] CheckTimes(IReadOnlyList<DateTime> times)
    {
        DateTime[] copy = new DateTime[times.Count];
        for (int t = 0; t < copy.Length; t++)
        {
            if (times[t].Kind == DateTimeKind.Local)
            {
                throw new ArgumentException($"Row {t}: the time {Show(times[t])} is local; times are UTC.",
                    nameof(times));
            }

            copy[t] = DateTime.SpecifyKind(times[t], DateTimeKind.Utc);
            if (t > 0 && copy[t] <= copy[t - 1])
            {
                throw new ArgumentException($"Row {t}: the time {Show(copy[t])} does not follow {Show(copy[t - 1])}; "
                    + "times must be strictly increasing.", nameof(times));
            }
        }

        return copy;
    }

    private static DateTime[] CheckAvailability(DateTime[] times, IReadOnlyList<DateTime>? availableAt)
    {
        if (availableAt is null)
        {
            return times;
        }

        if (availableAt.Count != times.Length)
        {
            throw new ArgumentException($"There are {availableAt.Count} times of availability for {times.Length} rows.",
                nameof(availableAt));
        }

        DateTime[] copy = new DateTime[times.Length];
        for (int t = 0; t < copy.Length; t++)
        {
            copy[t] = DateTime.SpecifyKind(availableAt[t], DateTimeKind.Utc);
            if (copy[t] < times[t] || (t > 0 && copy[t] < copy[t - 1]))
            {
                throw new ArgumentException($"Row {t} is available at {Show(copy[t])}: that must be neither before its "
                    + $"time {Show(times[t])} nor before the row above.", nameof(availableAt));
            }
        }

        return copy;
    }

    private static double[] CheckColumn(double[]? values, int length, string name, bool copy = true)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != length)
        {
            throw new ArgumentException($"Column {name} has {values.Length} values for {length} rows.", nameof(values));
        }

        // As integers: an infinity is two patterns of bits, and those are searched for many at a time.
        int infinite = MemoryMarshal.Cast<double, long>(values).IndexOfAny(
            BitConverter.DoubleToInt64Bits(double.PositiveInfinity),
            BitConverter.DoubleToInt64Bits(double.NegativeInfinity));
        if (infinite >= 0)
        {
            throw new ArgumentException($"Column {name}, row {infinite}: {values[infinite]} is not a finite number; a "
                + "missing value is NaN.", nameof(values));
        }

        return copy ? (double[])values.Clone() : values;
    }

    private static string Show(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
