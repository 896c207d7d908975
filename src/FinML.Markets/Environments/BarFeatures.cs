using FinML.Data;

namespace FinML.Markets;

/// <summary>The features of a panel's rows as a trading environment observes them.</summary>
internal static class BarFeatures
{
    /// <summary>(bars, features), row-major, in single precision.</summary>
    /// <exception cref="ArgumentException">The rows of the two are not the same.</exception>
    internal static float[] Of(Panel panel, FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(features);
        Require.SameLength(features.Rows, panel.Length, nameof(features), nameof(panel));
        for (int t = 0; t < panel.Length; t++)
        {
            if (features.Times[t] != panel.Times[t])
                throw new ArgumentException(
                    $"Row {t} of the features is {features.Times[t]:s}; the panel's is {panel.Times[t]:s}.");
        }

        float[] values = new float[features.Values.Length]; // (bars, features)
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)features.Values[i];
        return values;
    }
}
