namespace FinML.Data;

/// <summary>
/// A panel as it was known at the close of row t: the rows 0..t and no way to index past them. What a feature sees.
/// </summary>
public readonly struct PointInTimeView
{
    private readonly Panel? _panel;
    private readonly int _t;

    /// <summary>The view at row <paramref name="t"/> of a panel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">t is not a row of the panel.</exception>
    public PointInTimeView(Panel panel, int t)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if ((uint)t >= (uint)panel.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(t), t, $"The row must be in [0, {panel.Length}).");
        }

        _panel = panel;
        _t = t;
    }

    /// <summary>The number of rows that are known: t + 1.</summary>
    public int Length => Source is null ? 0 : _t + 1;

    /// <summary>What the last known row is about.</summary>
    public DateTime Time => Source.Times[_t];

    /// <summary>When the last known row became known: the moment this view lives at.</summary>
    public DateTime AvailableAt => Source.AvailableAt[_t];

    /// <summary>The names of the assets.</summary>
    public IReadOnlyList<string> Assets => Source.Assets;

    /// <summary>The names of the fields.</summary>
    public IReadOnlyList<string> Fields => Source.Fields;

    private Panel Source => _panel
        ?? throw new InvalidOperationException("A default view has no panel; make it as new PointInTimeView(panel, "
        + "t).");

    /// <summary>The value <paramref name="lag"/> rows before the last known one.</summary>
    /// <exception cref="LookAheadException">The lag is negative: that value is in the future.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lag reaches before the first row.</exception>
    public double Value(int asset, string field, int lag = 0)
    {
        Panel panel = Source;
        if (lag < 0)
        {
            throw new LookAheadException($"Lag {lag} asks for row {_t - lag} ('{field}') at row {_t}: the future is "
                + $"not "
                + "known; lags are 0 or more.");
        }

        if (lag > _t)
        {
            throw new ArgumentOutOfRangeException(nameof(lag), lag,
                $"The lag must be in [0, {_t}]: {_t + 1} rows are known.");
        }

        return panel.Column(asset, panel.FieldIndex(field))[_t - lag];
    }

    /// <summary>The last <paramref name="length"/> known values, oldest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More rows are asked for than are known, or none.</exception>
    public ReadOnlySpan<double> Window(int asset, string field, int length)
    {
        Panel panel = Source;
        if (length < 1 || length > _t + 1)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length,
                $"The window must be in [1, {_t + 1}]: {_t + 1} rows are known.");
        }

        return panel.Column(asset, panel.FieldIndex(field)).Slice(_t + 1 - length, length);
    }

    /// <summary>When the row <paramref name="lag"/> rows before the last known one was.</summary>
    /// <exception cref="LookAheadException">The lag is negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lag reaches before the first row.</exception>
    public DateTime TimeAt(int lag)
    {
        Panel panel = Source;
        return lag < 0
            ? throw new LookAheadException($"Lag {lag} asks for the time of row {_t - lag} at row {_t}; lags are 0 or "
            + $"more.")
            : lag > _t
                ? throw new ArgumentOutOfRangeException(nameof(lag), lag, $"The lag must be in [0, {_t}].")
                : panel.Times[_t - lag];
    }
}
