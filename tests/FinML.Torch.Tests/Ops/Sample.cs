namespace FinML.Torch.Tests.Ops;

/// <summary>
/// An input of a tested operation: numbers that are the same in make_operation_golden.py. They are odd multiples of
/// 1/1024 or so, which are exact in float32, differ from each other, and keep clear of zero, halves and integers, where
/// functions have kinks.
/// </summary>
internal sealed record Sample(double Low, double High, long[] Shape)
{
    /// <summary>From (-2, 2).</summary>
    public static Sample Any(params long[] shape) => new(-2, 2, shape);

    /// <summary>From (0.5, 1.5).</summary>
    public static Sample Plus(params long[] shape) => new(0.5, 1.5, shape);

    /// <summary>From (-1, 1).</summary>
    public static Sample Unit(params long[] shape) => new(-1, 1, shape);

    public Tensor Make(int seed)
    {
        double[] data = new double[Shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < data.Length; i++)
            data[i] = Low + ((High - Low) * Fraction(seed, i));
        return torch.tensor(data, Shape);
    }

    /// <summary>An odd multiple of 1/4096 in (0, 1): two steps of a linear congruential generator.</summary>
    private static double Fraction(int seed, int i)
    {
        long state = ((seed * 7919L) + (i * 104_729L) + 12_345) & 0x7fffffff;
        for (int step = 0; step < 2; step++)
            state = ((state * 1_103_515_245) + 12_345) & 0x7fffffff;
        return ((2 * ((state >> 16) & 2047)) + 1) / 4096.0;
    }
}
