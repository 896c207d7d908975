using System.Runtime.ExceptionServices;
using FinML.Data.Features;

namespace FinML.Data;

/// <summary>Features in a fixed order, computed together: of one asset or of all assets of a panel at once, or row by
/// row as the rows come.</summary>
public sealed class FeatureSet
{
    private readonly IFeature[] _features;

    /// <summary>A set of features with distinct names, at least one.</summary>
    /// <exception cref="ArgumentException">There is none, one is null, or two have the same name.</exception>
    public FeatureSet(params IReadOnlyList<IFeature> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count == 0)
        {
            throw new ArgumentException("A feature set needs at least one feature; there are 0.", nameof(features));
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (IFeature feature in features)
        {
            ArgumentNullException.ThrowIfNull(feature, nameof(features));
            if (!names.Add(feature.Name))
            {
                throw new ArgumentException($"The feature '{feature.Name}' is twice in the set.", nameof(features));
            }
        }

        _features = [.. features];
        Names = [.. _features.Select(f => f.Name)];
        WarmUp = _features.Max(f => f.Lookback);
    }

    /// <summary>The features, in column order.</summary>
    public IReadOnlyList<IFeature> Features => Array.AsReadOnly(_features);

    /// <summary>The names, in column order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of first rows on which at least one feature is not defined: the longest lookback.</summary>
    public int WarmUp { get; }

    /// <summary>All features of one asset: panel rows x features, NaN in each feature's warm-up.</summary>
    /// <exception cref="ArgumentException">The panel lacks the asset or a field that a feature reads.</exception>
    public FeatureMatrix Compute(Panel panel, string asset)
    {
        ArgumentNullException.ThrowIfNull(panel);
        int a = panel.AssetIndex(asset);
        // (rows, features); all are written
        double[] values = GC.AllocateUninitializedArray<double>(panel.Length * _features.Length);
        FeatureStream?[] streams = [.. _features.Select(f => (f as StreamingFeature)?.Start())];
        int[][] fields = [.. _features.Select(f => (f as StreamingFeature)?.FieldsIn(panel) ?? [])];
        for (int first = 0; first < panel.Length; first += FeatureStream.BlockRows)
        {
            int count = Math.Min(FeatureStream.BlockRows, panel.Length - first);
            for (int j = 0; j < _features.Length; j++)
            {
                Span<double> results = values.AsSpan(first * _features.Length + j);
                if (streams[j] is { } stream)
                {
                    stream.Run(panel, a, fields[j], first, count, results, _features.Length);
                }
                else
                {
                    RowByRow(_features[j], panel, a, first, count, results, _features.Length);
                }
            }
        }

        return FeatureMatrix.Wrap(panel.Times, Names, values);
    }

    /// <summary>All features of all assets, as a panel of the same rows and assets whose fields are the features. Each
    /// asset is worked on by one thread: the same bits for any number of them.</summary>
    /// <param name="panel">With all fields that the features read.</param>
    /// <param name="threads">The most threads that work; all processors where it is left out.</param>
    /// <exception cref="ArgumentException">The panel lacks a field that a feature reads.</exception>
    /// <exception cref="ArgumentOutOfRangeException">threads is below 1.</exception>
    public Panel Compute(Panel panel, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (threads < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "threads must be 1 or more.");
        }

        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount };
        int assets = panel.Assets.Count, width = _features.Length;
        double[][] columns = new double[assets * width][];
        try
        {
            Parallel.For(0, assets, parallel, a =>
            {
                for (int j = 0; j < width; j++)
                {
                    columns[a * width + j] = new double[panel.Length];
                    Column((_features[j] as CrossSectionalFeature)?.Inner ?? _features[j], panel, a,
                        columns[a * width + j]);
                }
            });
            Parallel.For(0, width, parallel, j =>
            {
                if (_features[j] is CrossSectionalFeature feature)
                {
                    feature.Compare([.. Enumerable.Range(0, assets).Select(a => columns[a * width + j])]);
                }
            });
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]); // what a feature has to say, as one thread says it
        }

        return panel.WithFields(Names, columns);
    }

    /// <summary>The running form of all features of all assets.</summary>
    /// <param name="fields">The fields of the rows that will come; all that the features read.</param>
    /// <param name="assets">The number of assets, 1 or more.</param>
    /// <exception cref="ArgumentException">A feature has no running form, or reads a field that the rows do not
    /// have.</exception>
    public FeatureSetStream Start(IReadOnlyList<string> fields, int assets = 1) => new(_features, fields, assets);

    private static void Column(IFeature feature, Panel panel, int asset, Span<double> results)
    {
        if (feature is StreamingFeature streaming)
        {
            streaming.Compute(panel, asset, results);
        }
        else
        {
            RowByRow(feature, panel, asset, 0, panel.Length, results, 1);
        }
    }

    private static void RowByRow(IFeature feature, Panel panel, int asset, int start, int count, Span<double> results,
        int stride)
    {
        for (int i = 0; i < count; i++)
        {
            int t = start + i;
            double value = t < feature.Lookback
                ? double.NaN
                : feature.Compute(new PointInTimeView(panel, t), asset);
            results[i * stride] = double.IsInfinity(value) ? double.NaN : value;
        }
    }
}
