namespace FinML.Data.Features;

/// <summary>
/// The asset's value less the mean of all assets of the row, in units of their standard deviation (divisor: the assets
/// less one); 0 where all are equal, and for a lone asset. Lookback of the inner feature.
/// </summary>
public sealed class CrossSectionalZScore(StreamingFeature inner) : CrossSectionalFeature("zscore", inner)
{
    internal override void Compare(ReadOnlySpan<double> values, Span<double> results, Span<int> work)
    {
        RollingMoments moments = new(0, 0, 0);
        foreach (double value in values)
        {
            moments = double.IsNaN(value) ? moments : RollingMoments.Combine(moments, RollingMoments.Of(value));
        }

        double deviation = moments.Squares > 0 ? Math.Sqrt(moments.SampleVariance) : 0;
        for (int a = 0; a < values.Length; a++)
        {
            results[a] = double.IsNaN(values[a]) ? double.NaN
                : deviation == 0 ? 0
                : (values[a] - moments.Mean) / deviation;
        }
    }
}
