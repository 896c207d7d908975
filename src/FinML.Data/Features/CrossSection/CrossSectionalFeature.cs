namespace FinML.Data.Features;

/// <summary>
/// A feature that compares the assets of a row with each other: a function of another feature's values of all assets at
/// one time. NaN for an asset whose value is missing; the others are compared without it.
/// </summary>
public abstract class CrossSectionalFeature : IFeature
{
    /// <summary>The comparison of an inner feature's values.</summary>
    protected CrossSectionalFeature(string prefix, StreamingFeature inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
        Name = $"{prefix}_{inner.Name}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The feature whose values are compared.</summary>
    public StreamingFeature Inner { get; }

    /// <inheritdoc/>
    public int Lookback => Inner.Lookback;

    /// <summary>Compares the values of one row.</summary>
    /// <param name="values">The inner feature by asset; NaN where it is missing.</param>
    /// <param name="results">One for each asset.</param>
    /// <param name="work">Room to sort in, as long as the values.</param>
    internal abstract void Compare(ReadOnlySpan<double> values, Span<double> results, Span<int> work);

    /// <inheritdoc/>
    public double Compute(in PointInTimeView view, int asset)
    {
        int assets = view.Assets.Count;
        double[] values = new double[assets], results = new double[assets];
        for (int a = 0; a < assets; a++)
        {
            values[a] = Inner.Compute(view, a);
        }

        Compare(values, results, new int[assets]);
        return results[asset];
    }

    /// <summary>The batch form: turns the inner feature's columns, one for each asset, into this one's.</summary>
    internal void Compare(double[][] columns)
    {
        const int Tile = 64; // rows at a time, so that a cache line of a column is read once
        int assets = columns.Length, rows = columns[0].Length;
        double[] values = new double[Tile * assets], results = new double[assets]; // values: (rows, assets)
        int[] work = new int[assets];
        for (int first = 0; first < rows; first += Tile)
        {
            int count = Math.Min(Tile, rows - first);
            for (int a = 0; a < assets; a++)
            {
                for (int i = 0; i < count; i++)
                {
                    values[i * assets + a] = columns[a][first + i];
                }
            }

            for (int i = 0; i < count; i++)
            {
                Compare(values.AsSpan(i * assets, assets), results, work);
                results.CopyTo(values, i * assets);
            }

            for (int a = 0; a < assets; a++)
            {
                for (int i = 0; i < count; i++)
                {
                    columns[a][first + i] = values[i * assets + a];
                }
            }
        }
    }
}
