namespace FinML.Data;

/// <summary>A constant stands for every value that is missing after the warm-up; the warm-up stays undefined, so that
/// no window begins in it.</summary>
public sealed record Pad : MissingPolicy
{
    /// <summary>Fills with <paramref name="value"/>, a finite number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public Pad(double value = 0)
    {
        Value = double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The value to pad with must be finite.");
    }

    /// <summary>What stands for a missing value.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"pad_{Value:R}");

    /// <inheritdoc/>
    public override bool NeedsTraining => false;

    internal override IReadOnlyList<string> Columns(IReadOnlyList<string> names) => names;

    internal override double[][] Apply(IReadOnlyList<double[]> columns, int warmUp, TrainingSlice? train)
    {
        double[][] padded = [.. columns.Select(column => (double[])column.Clone())];
        foreach (double[] column in padded)
        {
            for (int t = warmUp; t < column.Length; t++)
            {
                column[t] = double.IsNaN(column[t]) ? Value : column[t];
            }
        }

        return padded;
    }
}
