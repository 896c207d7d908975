namespace FinML.Training;

/// <summary>
/// Forecasts of every test row of a walk-forward, each from a network that was fitted before that row.
/// </summary>
/// <param name="Values">One a row of the features; NaN before the first test row. In the unit of the labels.</param>
/// <param name="EpochLosses">The mean training loss of each epoch, by fold.</param>
public sealed record WalkForwardForecast(double[] Values, IReadOnlyList<IReadOnlyList<double>> EpochLosses)
{
    /// <summary>The first row with a forecast.</summary>
    public int FirstRow => Array.FindIndex(Values, double.IsFinite);
}
