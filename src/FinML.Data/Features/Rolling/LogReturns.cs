using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>The logarithmic returns of a price from row to row; NaN at the first row and where a price is not
/// positive.</summary>
public struct LogReturns
{
    private double _last;

    /// <summary>Before the first row.</summary>
    public LogReturns()
    {
        _last = double.NaN;
    }

    /// <summary>Takes the next price and gives ln(price / the one before).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Push(double price)
    {
        double value = FeatureGuard.LogRatio(price, _last);
        _last = price;
        return value;
    }
}
