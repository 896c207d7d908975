namespace FinML.Data;

/// <summary>
/// A feature that is defined by a recurrence, <see cref="IFeatureState"/>: the running form takes a row in constant
/// time, the batch form is that recurrence looped over the columns, and the value at one row is the recurrence run over
/// the rows that it reads. All three give the same bits on the same panel. An implementation joins the conformance
/// suite FeatureConformance with one line.
/// </summary>
/// <remarks>
/// Sums and extremes over windows come from <see cref="Features.SlidingWindow{T}"/>, which never subtracts, so that
/// nothing drifts and a missing or absurd value is forgotten to the bit once it has left the window.
/// </remarks>
public abstract class StreamingFeature : IFeature
{
    /// <summary>A feature of that name, lookback and fields.</summary>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    protected StreamingFeature(string name, int lookback, params IReadOnlyList<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach (string field in fields)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(field, nameof(fields));
        }

        Name = name;
        Lookback = lookback;
        Fields = [.. fields];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Lookback { get; }

    /// <summary>The fields it reads, in the order in which its running form takes them; none for the
    /// calendar.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>The running form, before row <paramref name="firstRow"/> of a panel.</summary>
    public abstract FeatureStream Start(long firstRow = 0);

    /// <summary>The batch form: the feature of one asset at all rows of a panel; NaN on the first
    /// <see cref="Lookback"/> ones.</summary>
    /// <param name="panel">With all fields of <see cref="Fields"/>.</param>
    /// <param name="asset">The index of the asset.</param>
    /// <param name="results">One for each row of the panel.</param>
    /// <exception cref="ArgumentException">The panel lacks a field, or there are not as many results as
    /// rows.</exception>
    public void Compute(Panel panel, int asset, Span<double> results)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (results.Length != panel.Length)
        {
            throw new ArgumentException($"There is room for {results.Length} results; the panel has {panel.Length} "
                + "rows.", nameof(results));
        }

        Start().Run(panel, asset, FieldsIn(panel), 0, panel.Length, results, 1);
    }

    /// <summary>Where in a panel <see cref="Fields"/> are.</summary>
    internal int[] FieldsIn(Panel panel) => [.. Fields.Select(panel.FieldIndex)];

    /// <inheritdoc/>
    public double Compute(in PointInTimeView view, int asset)
    {
        int first = view.Length - 1 - Lookback;
        if (first < 0)
        {
            return double.NaN;
        }

        int width = Fields.Count;
        double[] rows = new double[(Lookback + 1) * width]; // (rows, fields)
        for (int j = 0; j < width; j++)
        {
            ReadOnlySpan<double> window = view.Window(asset, Fields[j], Lookback + 1);
            for (int i = 0; i < window.Length; i++)
            {
                rows[i * width + j] = window[i];
            }
        }

        FeatureStream stream = Start(first);
        double value = double.NaN;
        for (int i = 0; i <= Lookback; i++)
        {
            value = stream.Next(view.TimeAt(Lookback - i), rows.AsSpan(i * width, width));
        }

        return value;
    }
}
