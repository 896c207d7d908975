using FinML.Data.Features;

namespace FinML.Data;

/// <summary>The features of a set of all assets as they run: they are given the rows of a panel one after the other,
/// and say the same bits that the set says of the whole panel. Not for use from two threads at once.</summary>
public sealed class FeatureSetStream
{
    private readonly FeatureStream[] _streams; // (assets, features)
    private readonly CrossSectionalFeature?[] _comparisons;
    private readonly int[][] _fields; // by feature, where in a row its fields are
    private readonly double[] _inputs;
    private readonly double[] _values;
    private readonly double[] _compared;
    private readonly int[] _work;
    private readonly IReadOnlyList<string> _rowFields;
    private readonly int _assets;
    private readonly int _width;

    internal FeatureSetStream(IReadOnlyList<IFeature> features, IReadOnlyList<string> fields, int assets)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentOutOfRangeException.ThrowIfLessThan(assets, 1);
        _rowFields = [.. fields];
        _assets = assets;
        _width = fields.Count;
        _comparisons = [.. features.Select(f => f as CrossSectionalFeature)];
        StreamingFeature[] inner = [.. features.Select(f => (f as CrossSectionalFeature)?.Inner
            ?? f as StreamingFeature
            ?? throw new ArgumentException($"The feature '{f.Name}' has no running form: it is no StreamingFeature.",
                nameof(features)))];
        _fields = [.. inner.Select(f => f.Fields.Select(name => IndexOf(fields, name, f.Name)).ToArray())];
        _inputs = new double[inner.Max(f => f.Fields.Count)];
        _streams = [.. Enumerable.Range(0, assets).SelectMany(_ => inner.Select(f => f.Start()))];
        _values = new double[assets];
        _compared = new double[assets];
        _work = new int[assets];
    }

    /// <summary>Takes the next row and gives the features there.</summary>
    /// <param name="time">What the row is about.</param>
    /// <param name="row">assets x fields: the fields of the first asset first; NaN where a value is missing.</param>
    /// <param name="results">Room for assets x features.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Next(DateTime time, ReadOnlySpan<double> row, Span<double> results)
    {
        int features = _fields.Length;
        if (row.Length != _assets * _width || results.Length != _assets * features)
        {
            throw new ArgumentException($"{_assets} assets need a row of {_assets * _width} values and room for "
                + $"{_assets * features} results; got {row.Length} and {results.Length}.", nameof(row));
        }

        for (int a = 0; a < _assets; a++)
        {
            for (int j = 0; j < features; j++)
            {
                int[] fields = _fields[j];
                for (int i = 0; i < fields.Length; i++)
                {
                    _inputs[i] = row[a * _width + fields[i]];
                }

                results[a * features + j] = _streams[a * features + j].Next(time, _inputs.AsSpan(0, fields.Length));
            }
        }

        for (int j = 0; j < features; j++)
        {
            if (_comparisons[j] is { } comparison)
            {
                Compare(comparison, results, j);
            }
        }
    }

    /// <summary>Takes a record as the next row of the one asset; see
    /// <see cref="FeatureStream.Next(MarketData)"/>.</summary>
    /// <param name="record">Of a kind that has all fields of the rows.</param>
    /// <param name="results">Room for one value a feature.</param>
    /// <exception cref="ArgumentException">The record lacks a field, there are several assets, or the room is not
    /// right.</exception>
    public void Next(MarketData record, Span<double> results)
    {
        ArgumentNullException.ThrowIfNull(record);
        double[] row = new double[_width];
        RecordFields.Read(record, _rowFields, row);
        Next(record.Time, row, results);
    }

    /// <summary>Forgets all rows: the next one is the first again.</summary>
    public void Reset()
    {
        foreach (FeatureStream stream in _streams)
        {
            stream.Reset();
        }
    }

    private void Compare(CrossSectionalFeature comparison, Span<double> results, int j)
    {
        int features = _fields.Length;
        for (int a = 0; a < _assets; a++)
        {
            _values[a] = results[a * features + j];
        }

        comparison.Compare(_values, _compared, _work);
        for (int a = 0; a < _assets; a++)
        {
            results[a * features + j] = _compared[a];
        }
    }

    private static int IndexOf(IReadOnlyList<string> fields, string name, string feature)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i] == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"The feature '{feature}' reads '{name}'; the rows have: "
            + $"{string.Join(", ", fields)}.", nameof(fields));
    }
}
