namespace FinML.Data;

/// <summary>The most significant trend that begins at a row.</summary>
/// <param name="TValue">The slope over its standard error; its size can weight the sample.</param>
/// <param name="Slope">Logarithmic price a row.</param>
/// <param name="Horizon">The rows of the winning regression less 1.</param>
public readonly record struct Trend(double TValue, double Slope, int Horizon)
{
    /// <summary>No trend is known.</summary>
    public static Trend None => new(double.NaN, double.NaN, 0);
}
