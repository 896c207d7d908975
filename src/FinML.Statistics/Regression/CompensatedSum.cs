namespace FinML.Statistics;

/// <summary>
/// A sum of products in twice the working precision, by the error-free transformations of Dekker (1971) and Knuth:
/// Ogita, Rump and Oishi (2005), "Accurate sum and dot product".
/// </summary>
internal struct CompensatedSum
{
    private double _high, _low;

    internal readonly double Value => _high + _low;

    internal void Add(double value)
    {
        double sum = _high + value, part = sum - _high;
        _low += (_high - (sum - part)) + (value - part);
        _high = sum;
    }

    internal void AddProduct(double a, double b)
    {
        double product = a * b;
        _low += Math.FusedMultiplyAdd(a, b, -product);
        Add(product);
    }
}
