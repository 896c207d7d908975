using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FinML.Torch.Kernels;

/// <summary>
/// The loops around the tiles of <see cref="Gemm"/>: blocks of k and of columns whose panels of B stay in cache, packed
/// where B is not laid out as the tiles read it, and blocks of rows of A. Large products are divided among threads by
/// blocks of C, which depend on the sizes alone.
/// </summary>
internal static unsafe class GemmBlocks<T, TVector, TLanes>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<T, TVector>
{
    private const int DepthBlock = 512;     // k at a time: 12 rows of A are 24 KiB and stay in L1
    private const int ColumnBlock = 512;    // columns of B packed at a time: at most 1 MiB, inside L2
    private const int RowBlock = 96;        // rows of A packed at a time, and a thread's; a multiple of every tile
    private const int ReuseForPacking = 48; // rows of A from which copying a widely strided B pays
    private const int FarBytes = 1024;      // rows this far apart fight for few sets of the cache
    private const long ThreadWork = 1 << 21; // multiplications, about 40 microseconds, from which threads pay

    /// <summary>C = A B with tiles of at most <paramref name="tileRows"/> rows (12, 8 or 6); the sums start from
    /// <paramref name="start"/>: C itself, one row for all (a stride of 0), or zero where null.</summary>
    internal static void Multiply(
        int tileRows, int m, int n, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* start,
        nint startRow, T* c, nint cRow)
    {
        int lanes = TLanes.Count, width = 2 * lanes;
        bool threads = (long)m * n * k >= ThreadWork;

        // A contiguous B is read in place, unless its rows lie far apart.
        bool packB = bColumn != 1 || (m >= ReuseForPacking && bRow * sizeof(T) >= FarBytes);
        bool packA = Math.Max(aRow, aColumn) * sizeof(T) > FarBytes && n >= 8 * lanes && m >= tileRows;
        for (int j0 = 0; j0 < n; j0 += ColumnBlock)
        {
            int columns = Math.Min(ColumnBlock, n - j0);
            for (int p0 = 0; p0 < k; p0 += DepthBlock)
            {
                int depth = Math.Min(DepthBlock, k - p0);
                T* block = b + (p0 * bRow) + (j0 * bColumn);
                T* packed = null;
                if (packB || (columns % width != 0 && columns % width != lanes))
                    packed = GemmPacking.Panels(block, bRow, bColumn, depth, columns, width, lanes, packB, threads);

                // Few rows: the threads divide columns instead.
                int rowBlocks = Threads.ChunksOf(m, RowBlock);
                int columnBlock = threads && rowBlocks < 4 ? 2 * width : columns;
                Part part = new()
                {
                    TileRows = tileRows,
                    Rows = m,
                    Columns = columns,
                    ColumnBlock = columnBlock,
                    Depth = depth,
                    A = a + (p0 * aColumn),
                    ARow = aRow,
                    AColumn = aColumn,
                    B = packB ? null : block,
                    BRow = bRow,
                    Packed = packed,
                    C = c + j0,
                    CRow = cRow,
                    Start = p0 > 0 ? c + j0 : start is null ? null : start + j0,
                    StartRow = p0 > 0 ? cRow : startRow,
                    PackA = packA,
                };
                int chunks = rowBlocks * Threads.ChunksOf(columns, columnBlock);
                if (threads)
                {
                    Threads.For(chunks, part);
                    continue;
                }

                for (int chunk = 0; chunk < chunks; chunk++)
                    part.Run(chunk);
            }
        }
    }

    // 12 rows while that leaves no thin rest: 16 = 8 + 8 and 20 = 12 + 8 beat 12 + 4 and 12 + 4 + 4, but not where C is
    // one register wide: eight rows of that wait for each other.
    private static int NextTile(int left, int tileRows, bool narrow) => left switch
    {
        >= 12 when tileRows == 12 && narrow => 12,
        >= 4 when tileRows == 12 && narrow => 4,
        >= 12 when tileRows == 12 && left != 16 => 12,
        >= 8 when tileRows >= 8 => 8,
        >= 6 when tileRows == 6 && left != 8 => 6,
        _ => Math.Min(left, 4),
    };

    /// <summary>One block of k and of columns of B; a chunk is a block of C.</summary>
    private struct Part : IChunks
    {
        internal int TileRows, Rows, Columns, ColumnBlock, Depth;
        internal T* A, B, Packed, C, Start; // B: in place, or null where all of it is packed
        internal nint ARow, AColumn, BRow, CRow, StartRow;
        internal bool PackA;

        public readonly void Run(int chunk)
        {
            int columnBlocks = Threads.ChunksOf(Columns, ColumnBlock);
            int i0 = chunk / columnBlocks * RowBlock, j0 = chunk % columnBlocks * ColumnBlock;
            int rows = Math.Min(RowBlock, Rows - i0);
            T* a = A + (i0 * ARow);
            T* packed = PackA ? PackedRows(a, rows) : null;
            Multiply(i0, rows, j0, Math.Min(j0 + ColumnBlock, Columns), a, packed);
        }

        // Tile after tile, each (depth, rows of the tile).
        private readonly T* PackedRows(T* a, int rows)
        {
            long bytes = ((long)rows * Depth * sizeof(T)) + GemmPacking.Overrun;
            T* start = (T*)GemmPacking.Rent(bytes, GemmPacking.ForA);
            for (int i = 0, tile; i < rows; i += tile)
            {
                tile = NextTile(rows - i, TileRows, Columns <= TLanes.Count);
                GemmPacking.Panel(a + (i * ARow), AColumn, ARow, Depth, tile, tile, start + ((nint)i * Depth));
            }

            return start;
        }

        [SkipLocalsInit]
        private readonly void Multiply(int i0, int rows, int from, int to, T* a, T* packed)
        {
            int lanes = TLanes.Count, width = 2 * lanes;
            T* scratch = stackalloc T[12 * width];
            for (int i = 0, tile; i < rows; i += tile)
            {
                tile = NextTile(rows - i, TileRows, Columns <= lanes);
                T* aTile = packed is null ? a + (i * ARow) : packed + ((nint)i * Depth);
                nint aRow = packed is null ? ARow : 1, aColumn = packed is null ? AColumn : tile;
                for (int j = from; j < to; j += width)
                {
                    int panelColumns = Math.Min(width, Columns - j);
                    bool full = panelColumns == width || panelColumns == lanes, wide = panelColumns > lanes;
                    bool inPlace = full && B is not null;
                    T* panel = inPlace ? B + j : B is null ? Packed + ((nint)j * Depth) : Packed;
                    nint panelRow = inPlace ? BRow : wide ? width : lanes;
                    T* target = C + ((i0 + i) * CRow) + j;
                    T* start = Start is null ? null : Start + ((i0 + i) * StartRow) + j;
                    if (full)
                    {
                        if (PackA && start == target && j + width < to)
                            Prefetch(target + width, tile);
                        GemmTiles<T, TVector, TLanes>.Run(
                            tile, wide, Depth, aTile, aRow, aColumn, panel, panelRow, start,
                            StartRow, target, CRow);
                        continue;
                    }

                    // The last columns do not fill a register: they go through scratch memory.
                    if (start is not null)
                        Copy(start, StartRow, scratch, width, tile, panelColumns);
                    GemmTiles<T, TVector, TLanes>.Run(
                        tile, wide, Depth, aTile, aRow, aColumn, panel, panelRow, start is null ? null : scratch,
                        width, scratch, width);
                    Copy(scratch, width, target, CRow, tile, panelColumns);
                }
            }
        }

        // The next tile starts from what is in C: without this it would wait for it.
        private readonly void Prefetch(T* target, int tile)
        {
            if (!Sse.IsSupported)
                return;
            for (int r = 0; r < tile; r++)
            {
                Sse.Prefetch0(target + (r * CRow));
                Sse.Prefetch0(target + (r * CRow) + TLanes.Count);
            }
        }

        private static void Copy(T* from, nint fromRow, T* to, nint toRow, int rows, int columns)
        {
            for (int r = 0; r < rows; r++)
                new ReadOnlySpan<T>(from + (r * fromRow), columns).CopyTo(new Span<T>(to + (r * toRow), columns));
        }
    }
}
