namespace FinML.Statistics;

/// <summary>sum a_i b_i, in the order of the indices.</summary>
internal static class InnerProduct
{
    internal static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
