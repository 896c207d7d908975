namespace FinML.Data.Features;

/// <summary>
/// The rank of the asset's value among all assets of the row, spread evenly over [-1, 1]: -1 the lowest, 1 the highest,
/// equal values share the mean of their ranks, a lone asset has 0. Lookback of the inner feature.
/// Source: S. Gu, B. Kelly and D. Xiu, "Empirical asset pricing via machine learning", Review of Financial Studies 33
/// (2020), section 2.1.
/// </summary>
public sealed class CrossSectionalRank(StreamingFeature inner) : CrossSectionalFeature("rank", inner)
{
    internal override void Compare(ReadOnlySpan<double> values, Span<double> results, Span<int> work)
    {
        int known = 0;
        for (int a = 0; a < values.Length; a++)
        {
            if (double.IsNaN(values[a]))
            {
                results[a] = double.NaN;
            }
            else
            {
                work[known++] = a;
            }
        }

        Span<int> order = work[..known];
        Span<double> sorted = known <= 256 ? stackalloc double[known] : new double[known];
        for (int i = 0; i < known; i++)
        {
            sorted[i] = values[order[i]];
        }

        sorted.Sort(order);
        for (int first = 0; first < known;)
        {
            int end = first + 1;
            while (end < known && sorted[end] == sorted[first])
            {
                end++;
            }

            // The mean of the ranks first .. end - 1, from 0, on [-1, 1].
            double rank = known == 1 ? 0 : (double)(first + end - 1) / (known - 1) - 1;
            foreach (int a in order[first..end])
            {
                results[a] = rank;
            }

            first = end;
        }
    }
}
