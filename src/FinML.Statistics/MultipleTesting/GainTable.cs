namespace FinML.Statistics;

/// <summary>
/// Gains of k models in n periods. Models that differ by a few positions in one market have a few gains a period among
/// them: a period then keeps its different gains once and a byte for each model, an eighth of the memory and the same
/// bits. Immutable.
/// </summary>
internal sealed class GainTable
{
    private const int Few = 16; // different gains in a period

    private readonly double[] _values; // (n, k), or (n, Few) where codes point into it
    private readonly byte[]? _codes; // (n, k)

    private GainTable(double[] values, byte[]? codes, int models)
    {
        _values = values;
        _codes = codes;
        Models = models;
    }

    /// <summary>k.</summary>
    internal int Models { get; }

    /// <summary>Whether periods keep their different gains once.</summary>
    internal bool IsCoded => _codes is not null;

    /// <summary>One gain.</summary>
    internal double this[int period, int model]
    {
        get
        {
            int at = period * Models + model;
            return _codes is null ? _values[at] : _values[period * Few + _codes[at]];
        }
    }

    /// <summary>Writes the gains of a period, (k).</summary>
    internal void Row(int period, Span<double> gains)
    {
        ReadOnlySpan<double> values = _values;
        if (_codes is null)
        {
            values.Slice(period * Models, Models).CopyTo(gains);
            return;
        }

        ReadOnlySpan<byte> codes = _codes.AsSpan(period * Models, Models);
        values = values.Slice(period * Few, Few);
        for (int model = 0; model < codes.Length; model++)
            gains[model] = values[codes[model]];
    }

    /// <summary>The table less a number for each period.</summary>
    internal GainTable Less(ReadOnlySpan<double> periods)
    {
        var values = new double[_values.Length];
        int width = _values.Length / periods.Length;
        for (int i = 0; i < values.Length; i++)
            values[i] = _values[i] - periods[i / width];
        return new GainTable(values, _codes, Models);
    }

    /// <summary>The table of some series.</summary>
    /// <param name="series">Gives the series of a model, of n values; asked once or twice for each.</param>
    /// <param name="periods">n.</param>
    /// <param name="models">k.</param>
    /// <param name="sign">1 for returns, -1 for losses.</param>
    internal static GainTable Of(Func<int, double[]> series, int periods, int models, double sign)
    {
        if (models > Few && TryCode(series, periods, models, sign) is { } coded)
            return coded;
        var values = new double[periods * models];
        for (int model = 0; model < models; model++)
        {
            double[] own = series(model);
            for (int t = 0; t < periods; t++)
                values[t * models + model] = sign * own[t];
        }

        return new GainTable(values, null, models);
    }

    /// <summary>The coded table; null where a period has more different gains than <see cref="Few"/>.</summary>
    private static GainTable? TryCode(Func<int, double[]> series, int periods, int models, double sign)
    {
        var values = new double[periods * Few];
        var used = new byte[periods];
        var codes = new byte[periods * models];
        for (int model = 0; model < models; model++)
        {
            double[] own = series(model);
            for (int t = 0; t < periods; t++)
            {
                long bits = BitConverter.DoubleToInt64Bits(sign * own[t]); // 0 and -0 are two
                Span<double> known = values.AsSpan(t * Few, Few);
                int code = 0;
                while (code < used[t] && BitConverter.DoubleToInt64Bits(known[code]) != bits)
                    code++;
                if (code == Few)
                    return null;
                if (code == used[t])
                {
                    known[code] = BitConverter.Int64BitsToDouble(bits);
                    used[t]++;
                }

                codes[t * models + model] = (byte)code;
            }
        }

        return new GainTable(values, codes, models);
    }
}
