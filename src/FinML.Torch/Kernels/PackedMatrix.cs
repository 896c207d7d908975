using System.Runtime.InteropServices;

namespace FinML.Torch.Kernels;

/// <summary>
/// A matrix for products with one vector: blocks of at most 128 rows, column by column, so that the product reads the
/// weights in one stream at every register width, from a cache line's start. The last block is filled up with zero rows
/// to a multiple of 16.
/// </summary>
internal sealed class PackedMatrix
{
    internal const int BlockRows = 128;
    private const int RowMultiple = 16; // floats of a cache line

    /// <param name="rows">Results.</param>
    /// <param name="columns">Length of the vector.</param>
    /// <param name="weight">(rows, columns), row by row.</param>
    internal PackedMatrix(int rows, int columns, ReadOnlySpan<float> weight)
    {
        (Rows, Columns) = (rows, columns);
        PaddedRows = (rows + RowMultiple - 1) / RowMultiple * RowMultiple;
        Elements = GC.AllocateArray<float>((PaddedRows * columns) + RowMultiple, pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(Elements, 0) / sizeof(float);
        Start = (int)((RowMultiple - (address % RowMultiple)) % RowMultiple);
        for (int first = 0; first < rows; first += BlockRows)
        {
            int width = Math.Min(BlockRows, PaddedRows - first);
            Span<float> block = Elements.AsSpan(Start + (first * columns), width * columns);
            for (int i = first; i < Math.Min(first + width, rows); i++)
            {
                for (int j = 0; j < columns; j++)
                    block[(j * width) + i - first] = weight[(i * columns) + j];
            }
        }
    }

    internal int Rows { get; }

    internal int PaddedRows { get; }

    internal int Columns { get; }

    /// <summary>From <see cref="Start"/>: blocks of (columns, rows of the block).</summary>
    internal float[] Elements { get; }

    internal int Start { get; }
}
