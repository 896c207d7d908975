using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>exp of one matrix after the other, (n, n) in float64: the [13/13] Padé approximant of the matrix scaled
/// down by a power of two, squared as often (Higham, The Scaling and Squaring Method for the Matrix Exponential
/// Revisited, 2005).</summary>
internal sealed class MatrixExponential(int n)
{
    /// <summary>Coefficients of the approximant.</summary>
    internal static readonly double[] Pade =
    [
        64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
        670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
    ];

    /// <summary>The norm up to which it is exact to rounding.</summary>
    internal const double PadeNorm = 5.371920351148152;

    private readonly double[] x = new double[n * n], x2 = new double[n * n], x4 = new double[n * n];
    private readonly double[] x6 = new double[n * n], sum = new double[n * n], odd = new double[n * n];
    private readonly Matrices above = New(n), below = New(n);
    private readonly int[] order = new int[n];
    private readonly double[] room = new double[n * n];

    /// <summary>results = exp(a).</summary>
    internal void Run(Matrices a, Matrices results)
    {
        for (int i = 0; i < a.Count && n > 0; i++)
        {
            if (!double.IsFinite(Norm(a[i])))
                throw new InvalidOperationException($"{a.Name}: {a.Place(i)} has elements that are not finite.");
            Run(a[i], results[i]);
        }
    }

    private static Matrices New(int n)
    {
        Storage<double> elements = new(ScalarType.Float64, new double[n * n]);
        return Matrices.On("linalg.matrix_exp", new Tensor(elements, [n, n], null, 0).DetachFromDisposeScope());
    }

    private void Run(ReadOnlySpan<double> a, Span<double> result)
    {
        double norm = Norm(a);
        int squarings = norm > PadeNorm ? (int)Math.Ceiling(Math.Log2(norm / PadeNorm)) : 0;
        for (int i = 0; i < x.Length; i++)
            x[i] = a[i] * Math.Pow(2, -squarings);
        Multiply(x, x, x2);
        Multiply(x2, x2, x4);
        Multiply(x4, x2, x6);
        Combine(13, 11, 9, 0);
        Multiply(x6, sum, odd);
        Combine(7, 5, 3, Pade[1]);
        Add(odd, sum);
        Multiply(x, sum, odd);
        Span<double> even = above[0], other = below[0];
        Combine(12, 10, 8, 0);
        Multiply(x6, sum, even);
        Combine(6, 4, 2, Pade[0]);
        Add(even, sum);
        for (int i = 0; i < x.Length; i++)
            (even[i], other[i]) = (sum[i] + odd[i], sum[i] - odd[i]);
        torch.linalg.SolveLu(below, above, order, room);
        even.CopyTo(result);
        for (; squarings > 0; squarings--)
        {
            result.CopyTo(sum);
            Multiply(sum, sum, result);
        }
    }

    /// <summary>The largest sum of magnitudes of a column.</summary>
    private double Norm(ReadOnlySpan<double> a)
    {
        double norm = 0;
        for (int column = 0; column < n; column++)
        {
            double total = 0;
            for (int row = 0; row < n; row++)
                total += Math.Abs(a[(row * n) + column]);
            norm = double.IsNaN(total) ? total : Math.Max(norm, total);
        }

        return norm;
    }

    /// <summary>sum = Pade[six] x6 + Pade[four] x4 + Pade[two] x2 + unit I.</summary>
    private void Combine(int six, int four, int two, double unit)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] = (x6[i] * Pade[six]) + (x4[i] * Pade[four]) + (x2[i] * Pade[two]) + (i % (n + 1) == 0 ? unit : 0);
    }

    /// <summary>to = to + from.</summary>
    private static void Add(ReadOnlySpan<double> from, Span<double> to)
    {
        for (int i = 0; i < to.Length; i++)
            to[i] += from[i];
    }

    private void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result) =>
        Gemm.MultiplyOf(n, n, n, a, n, 1, b, n, 1, result, n, false);
}
