namespace FinML.Torch.Kernels;

/// <summary>
/// Which sequences of a batch are alive at which step. Sequences are sorted by falling length, so that step t has the
/// first Rows[t] of them, stored side by side from row Starts[t] on: the layout of a packed sequence, and, with all of
/// one length, that of a tensor (steps, batch, features). The batch is cut in chunks by its size alone.
/// </summary>
internal sealed class SequenceLayout
{
    private const int LeastRows = 16;          // of a chunk: fewer fill no tile of the matrix product
    private const int MostChunks = 8;          // each has weight gradients of its own
    private const long LeastProducts = 1 << 20; // below, about 20 us, a second thread costs more than it does

    private readonly int chunkRows;
    private readonly int[] chunkStarts;

    private SequenceLayout(int[] rows, int productsOfARow)
    {
        Rows = rows;
        Starts = new int[rows.Length + 1];
        for (int t = 0; t < rows.Length; t++)
            Starts[t + 1] = Starts[t] + rows[t];
        Batch = rows.Length == 0 ? 0 : rows[0];
        int share = ((Batch + MostChunks - 1) / MostChunks) + 3 & ~3;
        chunkRows = Total * (long)productsOfARow < LeastProducts ? Math.Max(Batch, 1) : Math.Max(LeastRows, share);
        Chunks = (Batch + chunkRows - 1) / chunkRows;
        chunkStarts = new int[Chunks + 1];
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            chunkStarts[chunk + 1] = chunkStarts[chunk];
            for (int t = 0; t < rows.Length; t++)
                chunkStarts[chunk + 1] += Active(chunk, t);
        }
    }

    internal int[] Rows { get; }

    internal int[] Starts { get; }

    internal int Steps => Rows.Length;

    internal int Batch { get; }

    /// <summary>Rows of all steps together.</summary>
    internal int Total => Starts[^1];

    internal int Chunks { get; }

    /// <param name="steps">Length of every sequence.</param>
    /// <param name="batch">How many.</param>
    /// <param name="productsOfARow">Multiplications that one row takes.</param>
    internal static SequenceLayout Uniform(int steps, int batch, int productsOfARow)
    {
        int[] rows = new int[steps];
        rows.AsSpan().Fill(batch);
        return new SequenceLayout(rows, productsOfARow);
    }

    /// <param name="rows">Sequences alive at each step, never rising.</param>
    /// <param name="productsOfARow">Multiplications that one row takes.</param>
    internal static SequenceLayout Packed(int[] rows, int productsOfARow) => new(rows, productsOfARow);

    /// <summary>First sequence of a chunk.</summary>
    internal int First(int chunk) => chunk * chunkRows;

    /// <summary>Sequences of a chunk.</summary>
    internal int Count(int chunk) => Math.Min(chunkRows, Batch - First(chunk));

    /// <summary>Sequences of a chunk that are alive at step <paramref name="t"/>.</summary>
    internal int Active(int chunk, int t) => Math.Clamp(Rows[t] - First(chunk), 0, Count(chunk));

    /// <summary>Rows of all chunks before this one, over all steps: where its own rows start in a buffer that holds
    /// chunk after chunk.</summary>
    internal int Before(int chunk) => chunkStarts[chunk];

    /// <summary>Rows of a chunk over all steps.</summary>
    internal int Within(int chunk) => chunkStarts[chunk + 1] - chunkStarts[chunk];
}
