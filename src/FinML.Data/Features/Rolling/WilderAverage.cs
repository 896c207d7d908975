using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>
/// Wilder's average of n rows that began a given number of rows back: the mean of the first n, then A += (x - A) / n.
/// Source: J. W. Wilder, New Concepts in Technical Trading Systems (1978).
/// </summary>
public struct WilderAverage
{
    private readonly int _n;
    private readonly double _startWeight;
    private readonly bool _moves;
    private SlidingWindow<DecayingSum> _window;
    private SlidingWindow<Sum> _start;
    private Delay _delay;

    /// <summary>The average over <paramref name="history"/> rows, n or more, before the row of number
    /// <paramref name="row"/>.</summary>
    public WilderAverage(int n, int history, long row)
    {
        int moving = history - n;
        _n = n;
        _moves = moving > 0;
        _startWeight = Math.Pow(1 - ExponentialAverage.Wilder(n), moving);
        _window = new SlidingWindow<DecayingSum>(Math.Max(1, moving), row);
        _start = new SlidingWindow<Sum>(n, row);
        _delay = new Delay(moving);
    }

    /// <summary>Takes the next value and gives the average; NaN until the history is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Push(double value)
    {
        double start = _startWeight * (_start.Push(new Sum(_delay.Push(value))).Value / _n);
        return _moves
            ? start + _window.Push(new DecayingSum(value / _n, 1 - ExponentialAverage.Wilder(_n))).Value
            : start;
    }
}
