using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>
/// The exponential average that began a given number of rows back: A = x[t-history], then A += (x - A) weight at each
/// row since. Of a known window, where the usual average depends on where the data begin.
/// </summary>
/// <remarks>It is kept as the distance of the newest value, x - A = sum over the changes of (1 - weight)^(k+1)
/// (x[t-k] - x[t-k-1]), which loses no digits to the level of x.</remarks>
public struct ExponentialAverage
{
    private readonly double _keep;
    private SlidingWindow<DecayingSum> _distance;
    private double _last;

    /// <summary>The average with a weight in (0, 1] of the newest row, begun <paramref name="history"/> (1 or more)
    /// rows back, before the row of number <paramref name="row"/>.</summary>
    public ExponentialAverage(double weight, int history, long row)
    {
        _keep = 1 - weight;
        _distance = new SlidingWindow<DecayingSum>(history, row);
        _last = double.NaN;
    }

    /// <summary>The weight of the newest of n rows in Wilder's average, 1 / n.</summary>
    public static double Wilder(int n) => 1.0 / n;

    /// <summary>The weight whose average lags like the mean of n rows, 2 / (n + 1).</summary>
    public static double Span(int n) => 2.0 / (n + 1);

    /// <summary>Takes the next value and gives the average; NaN until the history is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Push(double value)
    {
        double change = value - _last;
        _last = value;
        return value - _distance.Push(new DecayingSum(_keep * change, _keep)).Value;
    }
}
