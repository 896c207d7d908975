using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// Products with at most four columns (value heads, single outputs), where a tile would be mostly padding. Rows of A
/// that are contiguous give dot products in fixed lanes; other A are read column by column. The order of the sum
/// depends on k and the layout of A only, never on the number of rows.
/// </summary>
internal static unsafe class GemmNarrow
{
    internal const int MaxColumns = 4;

    internal static void Multiply<T>(
        int m, int n, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* c, nint cRow,
        bool accumulate)
        where T : unmanaged
    {
        T* columns = b;
        nint columnStride = bColumn;
        if (bRow != 1)
        {
            columns = (T*)GemmPacking.Rent((long)n * k * sizeof(T), GemmPacking.ForB);
            columnStride = k;
            for (int j = 0; j < n; j++)
            {
                for (int p = 0; p < k; p++)
                    columns[(j * (nint)k) + p] = b[(p * bRow) + (j * bColumn)];
            }
        }

        for (int j = 0; j < n; j++)
        {
            T* column = columns + (j * columnStride);
            if (typeof(T) == typeof(float))
            {
                Column(m, k, (float*)a, aRow, aColumn, (float*)column, (float*)c + j, cRow, accumulate);
            }
            else
            {
                Column(m, k, (double*)a, aRow, aColumn, (double*)column, (double*)c + j, cRow, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column(
        int m, int k, float* a, nint aRow, nint aColumn, float* b, float* c, nint cRow, bool accumulate)
    {
        for (int i = 0; i < m; i++, a += aRow, c += cRow)
        {
            float sum = aColumn == 1 ? Dot(a, b, k) : Chain(a, aColumn, b, k);
            *c = accumulate ? *c + sum : sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column(
        int m, int k, double* a, nint aRow, nint aColumn, double* b, double* c, nint cRow, bool accumulate)
    {
        for (int i = 0; i < m; i++, a += aRow, c += cRow)
        {
            double sum = aColumn == 1 ? Dot(a, b, k) : Chain(a, aColumn, b, k);
            *c = accumulate ? *c + sum : sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot(float* a, float* b, int k)
    {
        Vector512<float> s0 = Vector512<float>.Zero, s1 = s0;
        int p = 0;
        for (; p + 32 <= k; p += 32)
        {
            s0 = Vector512.FusedMultiplyAdd(Vector512.Load(a + p), Vector512.Load(b + p), s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Load(a + p + 16), Vector512.Load(b + p + 16), s1);
        }

        if (p + 16 <= k)
        {
            s0 = Vector512.FusedMultiplyAdd(Vector512.Load(a + p), Vector512.Load(b + p), s0);
            p += 16;
        }

        float sum = VectorSum.Lanes(s0 + s1);
        for (; p < k; p++)
            sum = MathF.FusedMultiplyAdd(a[p], b[p], sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Dot(double* a, double* b, int k)
    {
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0;
        int p = 0;
        for (; p + 16 <= k; p += 16)
        {
            s0 = Vector512.FusedMultiplyAdd(Vector512.Load(a + p), Vector512.Load(b + p), s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Load(a + p + 8), Vector512.Load(b + p + 8), s1);
        }

        double sum = VectorSum.Lanes(s0 + s1);
        for (; p < k; p++)
            sum = Math.FusedMultiplyAdd(a[p], b[p], sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Chain(float* a, nint stride, float* b, int k)
    {
        float sum = 0;
        for (int p = 0; p < k; p++, a += stride)
            sum = MathF.FusedMultiplyAdd(*a, b[p], sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Chain(double* a, nint stride, double* b, int k)
    {
        double sum = 0;
        for (int p = 0; p < k; p++, a += stride)
            sum = Math.FusedMultiplyAdd(*a, b[p], sum);
        return sum;
    }
}
