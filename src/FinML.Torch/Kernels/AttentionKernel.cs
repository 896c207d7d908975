using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>Where the rows of one head lie in a tensor: row i of head h of batch n starts at
/// Offset + n BatchStride + h HeadStride + i RowStride.</summary>
internal readonly record struct AttentionRows(int Offset, int BatchStride, int HeadStride, int RowStride)
{
    internal int Start(int batch, int head) => Offset + (batch * BatchStride) + (head * HeadStride);

    /// <summary>A row of several heads in pieces that lie in one run: one piece where the heads are side by side.
    /// </summary>
    internal (int Pieces, int Length) Pieces(int heads, int width) =>
        heads > 1 && HeadStride == width ? (1, heads * width) : (heads, width);
}

/// <summary>Sizes and places of an attention. A mask holds, for each key, one number
/// for each query, or one for all of them (MaskQueries = 1); its strides are 0 along axes with one position.</summary>
internal sealed record AttentionShape(
    int Batch, int Heads, int Queries, int Keys, int Width, int ValueWidth, AttentionRows Query, AttentionRows Key,
    AttentionRows Value, AttentionRows Output, AttentionRows Mask, int MaskQueries, bool Causal)
{
    private const int LeastProducts = 1 << 19; // of a chunk: some 20 us

    internal int Items => Batch * Heads;

    /// <summary>Heads of a chunk; each head has results of its own, so that this never shows in the bits.</summary>
    internal int ItemsOfAChunk =>
        (int)Math.Clamp(LeastProducts / Math.Max(1L, (long)Queries * Keys * (Width + ValueWidth)), 1, 64);

    internal int Chunks => (Items + ItemsOfAChunk - 1) / ItemsOfAChunk;
}

/// <summary>
/// softmax(Q K^T / sqrt(width) + mask) V of heads of one sequence, in blocks of queries that stay in cache. Scores
/// stand transposed, (keys, queries), so that the softmax runs down the columns with a query in each lane. The backward
/// pass computes the weights again from the logarithm of their sum, as Dao et al. do ("FlashAttention", NeurIPS 2022),
/// so that memory grows with the length, not with its square.
/// </summary>
internal readonly record struct AttentionKernel<T>(AttentionShape Shape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockRows = 64;

    private T Scale => T.One / T.Sqrt(T.CreateTruncating(Shape.Width));

    /// <summary>Neighbouring heads of one sequence forward. Their rows are copied together: in a packed projection the
    /// heads of a row lie side by side, but its rows far apart.</summary>
    /// <param name="item">batch heads + first head.</param>
    /// <param name="heads">How many.</param>
    /// <param name="query">The tensor of the queries; key and value alike.</param>
    /// <param name="key">Keys.</param>
    /// <param name="value">Values.</param>
    /// <param name="mask">Added to the scores, or empty.</param>
    /// <param name="keep">(item, keys, queries): factors of the weights after the softmax, or empty.</param>
    /// <param name="output">Written.</param>
    /// <param name="logSum">(item, queries): logarithm of the sum of e^score, written.</param>
    /// <param name="weights">(item, keys, queries), written, or empty.</param>
    internal void Forward(
        int item, int heads, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value, ReadOnlySpan<T> mask,
        ReadOnlySpan<T> keep, Span<T> output, Span<T> logSum, Span<T> weights)
    {
        int n = item / Shape.Heads, h = item % Shape.Heads, queries = Shape.Queries, keys = Shape.Keys;
        int width = heads * Shape.Width, wide = heads * Shape.ValueWidth; // of a row of all these heads
        T[] scratch = BufferPool<T>.Rent((queries * (width + wide)) + (keys * (width + wide)) + (BlockRows * keys));
        Span<T> q = Take(scratch, 0, queries * width, out int at), k = Take(scratch, at, keys * width, out at);
        Span<T> v = Take(scratch, at, keys * wide, out at), y = Take(scratch, at, queries * wide, out at);
        Span<T> block = scratch.AsSpan(at, BlockRows * keys);
        Gather(query, Shape.Query, n, h, heads, queries, Shape.Width, q);
        Gather(key, Shape.Key, n, h, heads, keys, Shape.Width, k);
        Gather(value, Shape.Value, n, h, heads, keys, Shape.ValueWidth, v);
        for (int head = 0; head < heads; head++)
        {
            Span<T> ownKeys = k[(head * Shape.Width)..], ownValues = v[(head * Shape.ValueWidth)..];
            for (int first = 0; first < queries; first += BlockRows)
            {
                int rows = Math.Min(BlockRows, queries - first), seen = SeenKeys(first + rows);
                Span<T> p = block[..(seen * rows)]; // (keys, queries of the block)
                Scores(n, h + head, first, rows, seen, q[((first * width) + (head * Shape.Width))..], width, ownKeys,
                    mask, p);
                Softmax(
                    mask.IsEmpty ? Scale : T.One, p, logSum.Slice(((item + head) * queries) + first, rows));
                for (int j = 0; j < seen && !(keep.IsEmpty && weights.IsEmpty); j++)
                {
                    Span<T> row = p.Slice(j * rows, rows);
                    int place = ((((item + head) * keys) + j) * queries) + first;
                    if (!keep.IsEmpty)
                        Times(keep.Slice(place, rows), row);
                    if (!weights.IsEmpty)
                        row.CopyTo(weights[place..]);
                }

                Gemm.MultiplyOf<T>(
                    rows, Shape.ValueWidth, seen, p, 1, rows, ownValues, wide, 1,
                    y[((first * wide) + (head * Shape.ValueWidth))..], wide, false);
            }
        }

        Scatter(y, Shape.Output, n, h, heads, queries, Shape.ValueWidth, output);
        BufferPool<T>.Return(scratch);
    }

    /// <summary>Neighbouring heads of one sequence backward: dV = P^T dY, dP = dY V^T, dS = P (dP - sum of P dP),
    /// dQ = dS K, dK = dS^T Q.</summary>
    /// <param name="item">As in the forward pass, as are those up to logSum.</param>
    /// <param name="heads">How many.</param>
    /// <param name="query">Queries.</param>
    /// <param name="key">Keys.</param>
    /// <param name="value">Values.</param>
    /// <param name="mask">Or empty.</param>
    /// <param name="keep">Or empty.</param>
    /// <param name="logSum">(item, queries).</param>
    /// <param name="dOutput">Gradient of the output, or empty.</param>
    /// <param name="dWeights">Gradient of the weights (item, keys, queries), or empty.</param>
    /// <param name="dQuery">Written, in the tensor of the queries' gradients; so are the next two.</param>
    /// <param name="dKey">Of the keys.</param>
    /// <param name="dValue">Of the values.</param>
    internal void Backward(
        int item, int heads, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value, ReadOnlySpan<T> mask,
        ReadOnlySpan<T> keep, ReadOnlySpan<T> logSum, ReadOnlySpan<T> dOutput, ReadOnlySpan<T> dWeights,
        Span<T> dQuery, Span<T> dKey, Span<T> dValue)
    {
        int n = item / Shape.Heads, h = item % Shape.Heads, queries = Shape.Queries, keys = Shape.Keys;
        int width = heads * Shape.Width, wide = heads * Shape.ValueWidth; // of a row of all these heads
        T[] scratch = BufferPool<T>.Rent(
            (queries * ((2 * width) + wide)) + (keys * 2 * (width + wide)) + (2 * BlockRows * keys));
        Span<T> q = Take(scratch, 0, queries * width, out int at), k = Take(scratch, at, keys * width, out at);
        Span<T> v = Take(scratch, at, keys * wide, out at), dy = Take(scratch, at, queries * wide, out at);
        Span<T> dq = Take(scratch, at, queries * width, out at), dk = Take(scratch, at, keys * width, out at);
        Span<T> dv = Take(scratch, at, keys * wide, out at), weights = Take(scratch, at, BlockRows * keys, out at);
        Span<T> scores = scratch.AsSpan(at, BlockRows * keys);
        Gather(query, Shape.Query, n, h, heads, queries, Shape.Width, q);
        Gather(key, Shape.Key, n, h, heads, keys, Shape.Width, k);
        Gather(value, Shape.Value, n, h, heads, keys, Shape.ValueWidth, v);
        Gather(dOutput, Shape.Output, n, h, heads, queries, Shape.ValueWidth, dy);
        dk.Clear();
        dv.Clear();
        for (int head = 0; head < heads; head++)
        {
            int column = head * Shape.Width, valueColumn = head * Shape.ValueWidth;
            for (int first = 0; first < queries; first += BlockRows)
            {
                int rows = Math.Min(BlockRows, queries - first), seen = SeenKeys(first + rows);
                Span<T> p = weights[..(seen * rows)], dp = scores[..(seen * rows)]; // (keys, queries of the block)
                ReadOnlySpan<T> ownQueries = q[((first * width) + column)..];
                ReadOnlySpan<T> above = dy[((first * wide) + valueColumn)..];
                Scores(n, h + head, first, rows, seen, ownQueries, width, k[column..], mask, p);
                Gemm.MultiplyOf(
                    seen, rows, Shape.ValueWidth, v[valueColumn..], wide, 1, above, 1, wide, dp, rows, false);
                WeightsGradient(((item + head) * keys * queries) + first, rows, seen, keep, dWeights, dp);
                ScoreGradient(
                    mask.IsEmpty ? Scale : T.One, Scale, logSum.Slice(((item + head) * queries) + first, rows), p,
                    dp);
                for (int j = 0; j < seen && !keep.IsEmpty; j++)
                {
                    int place = ((((item + head) * keys) + j) * queries) + first;
                    Times(keep.Slice(place, rows), p.Slice(j * rows, rows));
                }

                // p holds the weights as they met the values, dp the gradient of the products q k.
                Gemm.MultiplyOf<T>(
                    seen, Shape.ValueWidth, rows, p, rows, 1, above, wide, 1, dv[valueColumn..], wide, true);
                Gemm.MultiplyOf<T>(
                    rows, Shape.Width, seen, dp, 1, rows, k[column..], width, 1, dq[((first * width) + column)..],
                    width, false);
                Gemm.MultiplyOf<T>(
                    seen, Shape.Width, rows, dp, rows, 1, ownQueries, width, 1, dk[column..], width, true);
            }
        }

        Scatter(dq, Shape.Query, n, h, heads, queries, Shape.Width, dQuery);
        Scatter(dk, Shape.Key, n, h, heads, keys, Shape.Width, dKey);
        Scatter(dv, Shape.Value, n, h, heads, keys, Shape.ValueWidth, dValue);
        BufferPool<T>.Return(scratch);
    }

    // dp as it reaches the softmax: with the gradient of the weights themselves, through dropout's factors
    private void WeightsGradient(
        int start, int rows, int seen, ReadOnlySpan<T> keep, ReadOnlySpan<T> dWeights, Span<T> dp)
    {
        for (int j = 0; j < seen && !(keep.IsEmpty && dWeights.IsEmpty); j++)
        {
            int place = start + (j * Shape.Queries);
            if (!dWeights.IsEmpty)
                VectorSum.AddRows(dWeights.Slice(place, rows), dp.Slice(j * rows, rows));
            if (!keep.IsEmpty)
                Times(keep.Slice(place, rows), dp.Slice(j * rows, rows));
        }
    }

    private static Span<T> Take(T[] scratch, int start, int length, out int next)
    {
        next = start + length;
        return scratch.AsSpan(start, length);
    }

    /// <summary>Keys that some query below <paramref name="end"/> sees.</summary>
    private int SeenKeys(int end) => Shape.Causal ? Math.Min(Shape.Keys, end) : Shape.Keys;

    // block (keys, rows) = k q^T, or k q^T / sqrt(width) + mask
    private void Scores(
        int n, int h, int first, int rows, int seen, ReadOnlySpan<T> q, int stride, ReadOnlySpan<T> k,
        ReadOnlySpan<T> mask, Span<T> block)
    {
        Gemm.MultiplyOf(seen, rows, Shape.Width, k, stride, 1, q, 1, stride, block, rows, false);
        for (int j = first + 1; j < seen && Shape.Causal; j++)
            block.Slice(j * rows, Math.Min(rows, j - first)).Fill(T.NegativeInfinity);
        if (!mask.IsEmpty)
            AddMask(mask[(Shape.Mask.Start(n, h) + (Shape.MaskQueries == 1 ? 0 : first))..], rows, block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMask(ReadOnlySpan<T> mask, int rows, Span<T> block)
    {
        bool oneForAll = Shape.MaskQueries == 1;
        Vector512<T> factor = Vector512.Create(Scale);
        for (int j = 0; j * rows < block.Length; j++)
        {
            Span<T> row = block.Slice(j * rows, rows);
            ReadOnlySpan<T> added = mask.Slice(j * Shape.Mask.RowStride, oneForAll ? 1 : rows);
            Vector512<T> same = Vector512.Create(added[0]);
            for (int i = 0; i < rows; i += Vector512<T>.Count)
            {
                Vector512<T> extra = oneForAll ? same : LanePart.Load(added, i);
                LanePart.Store(VectorMath.MultiplyAdd(LanePart.Load<T>(row, i), factor, extra), row, i);
            }
        }
    }

    // Down the columns, with scale above 0: p = e^(scale (p - largest)) / sum, log sum = scale largest + log of the
    // sum. A NaN that the maximum misses comes out of the exponential.
    private static void Softmax(T scale, Span<T> p, Span<T> logSum)
    {
        int i = 0;
        for (; i + Vector512<T>.Count <= logSum.Length; i += Vector512<T>.Count)
            Softmax<FullRegister>(scale, p, logSum, i);
        if (i < logSum.Length)
            Softmax<PartOfRegister>(scale, p, logSum, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax<TLanes>(T scale, Span<T> p, Span<T> logSum, int i)
        where TLanes : struct, IQueryLanes
    {
        int rows = logSum.Length, lanes = rows - i;
        Vector512<T> by = Vector512.Create(scale);
        Vector512<T> largest = Vector512.Create(T.NegativeInfinity), sum = Vector512<T>.Zero;
        for (int at = i; at < p.Length; at += rows)
            largest = Vector512.MaxNative(TLanes.Load<T>(p, at, lanes), largest);
        largest *= by;
        for (int at = i; at < p.Length; at += rows)
        {
            Vector512<T> value = VectorMath.ExpOf(VectorMath.MultiplyAdd(TLanes.Load<T>(p, at, lanes), by, -largest));
            TLanes.Store(value, p, at, lanes);
            sum += value;
        }

        Vector512<T> factor = Vector512<T>.One / sum;
        for (int at = i; at < p.Length; at += rows)
            TLanes.Store(TLanes.Load<T>(p, at, lanes) * factor, p, at, lanes);
        TLanes.Store(largest + VectorMath.LogOf(sum), logSum, i, lanes);
    }

    /// <summary>p enters as scores before <paramref name="scale"/> and leaves as weights; dp enters as their gradient
    /// and leaves as that of the products of queries and keys.</summary>
    private static void ScoreGradient(T scale, T productScale, ReadOnlySpan<T> logSum, Span<T> p, Span<T> dp)
    {
        int i = 0;
        for (; i + Vector512<T>.Count <= logSum.Length; i += Vector512<T>.Count)
            ScoreGradient<FullRegister>(scale, productScale, logSum, p, dp, i);
        if (i < logSum.Length)
            ScoreGradient<PartOfRegister>(scale, productScale, logSum, p, dp, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScoreGradient<TLanes>(
        T scale, T productScale, ReadOnlySpan<T> logSum, Span<T> p, Span<T> dp, int i)
        where TLanes : struct, IQueryLanes
    {
        int rows = logSum.Length, lanes = rows - i;
        Vector512<T> by = Vector512.Create(scale), factor = Vector512.Create(productScale);
        Vector512<T> shift = TLanes.Load(logSum, i, lanes), sum = Vector512<T>.Zero;
        for (int at = i; at < p.Length; at += rows)
        {
            Vector512<T> weight = VectorMath.ExpOf(VectorMath.MultiplyAdd(TLanes.Load<T>(p, at, lanes), by, -shift));
            TLanes.Store(weight, p, at, lanes);
            sum = VectorMath.MultiplyAdd(weight, TLanes.Load<T>(dp, at, lanes), sum);
        }

        for (int at = i; at < p.Length; at += rows)
        {
            Vector512<T> weight = TLanes.Load<T>(p, at, lanes);
            TLanes.Store(weight * factor * (TLanes.Load<T>(dp, at, lanes) - sum), dp, at, lanes);
        }
    }

    private static void Times(ReadOnlySpan<T> factors, Span<T> target)
    {
        for (int i = 0; i < target.Length; i += Vector512<T>.Count)
            LanePart.Store(LanePart.Load<T>(target, i) * LanePart.Load(factors, i), target, i);
    }

    // target (count, heads width) = the heads' rows, or zero where there is no source
    private static void Gather(
        ReadOnlySpan<T> source, AttentionRows rows, int n, int h, int heads, int count, int width, Span<T> target)
    {
        if (source.IsEmpty)
        {
            target.Clear();
            return;
        }

        (int pieces, int length) = rows.Pieces(heads, width);
        for (int i = 0, to = 0; i < count; i++)
        {
            for (int piece = 0; piece < pieces; piece++, to += length)
                source.Slice(rows.Start(n, h + piece) + (i * rows.RowStride), length).CopyTo(target[to..]);
        }
    }

    private static void Scatter(
        ReadOnlySpan<T> source, AttentionRows rows, int n, int h, int heads, int count, int width, Span<T> target)
    {
        (int pieces, int length) = rows.Pieces(heads, width);
        for (int i = 0, from = 0; i < count; i++)
        {
            for (int piece = 0; piece < pieces; piece++, from += length)
                source.Slice(from, length).CopyTo(target[(rows.Start(n, h + piece) + (i * rows.RowStride))..]);
        }
    }
}
