using FinML.Data;

namespace FinML.Evaluation;

/// <summary>A model that was fitted, for one fold.</summary>
public interface IFittedModel
{
    /// <summary>Forecasts the label of each row of the test window, in its unit.</summary>
    /// <param name="features">All features; the forecast of row t reads rows up to t.</param>
    /// <param name="test">The rows to forecast.</param>
    /// <returns>One forecast a row, finite.</returns>
    double[] Forecast(FeatureMatrix features, RowRange test);
}
