using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// A right-hand side that many products share, copied once into panels of two registers' columns, (panel, k, columns):
/// each product then reads it in order, without packing it again.
/// </summary>
internal static class GemmPanels<T>
    where T : unmanaged
{
    private static int Width => 2 * Vector512<T>.Count;

    /// <summary>Elements that the panels of a (k, n) matrix take.</summary>
    internal static int Length(int k, int n) => k * n;

    /// <summary>B (k, n) with any strides into <paramref name="panels"/>.</summary>
    internal static void Pack(int k, int n, ReadOnlySpan<T> b, int row, int column, Span<T> panels)
    {
        for (int first = 0; first < n; first += Width)
        {
            int columns = Math.Min(Width, n - first);
            Span<T> panel = panels.Slice(first * k, columns * k);
            for (int p = 0; p < k; p++)
            {
                Span<T> target = panel.Slice(p * columns, columns);
                int at = (p * row) + (first * column);
                if (column == 1)
                {
                    b.Slice(at, columns).CopyTo(target);
                    continue;
                }

                for (int j = 0; j < target.Length; j++)
                    target[j] = b[at + (j * column)];
            }
        }
    }

    /// <summary>C (m, n) = A (m, k) B, plus C where <paramref name="accumulate"/>; rows of A are contiguous.</summary>
    internal static void Multiply(
        int m, int n, int k, ReadOnlySpan<T> a, int aRow, ReadOnlySpan<T> panels, Span<T> c, int cRow, bool accumulate)
    {
        for (int first = 0; first < n; first += Width)
        {
            int columns = Math.Min(Width, n - first);
            Gemm.MultiplyOf(
                m, columns, k, a, aRow, 1, panels.Slice(first * k, columns * k), columns, 1, c[first..], cRow,
                accumulate);
        }
    }
}
