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
/// softmax(Q K^T / sqrt(width) + mask) V of one head of one sequence, in blocks of queries that stay in cache. Scores
/// stand transposed, (keys, queries), so that the softmax runs down the columns with a query in each lane. The backward
/// pass computes the weights again from the logarithm of their sum, as Dao et al. do ("FlashAttention", NeurIPS 2022),
/// so that memory grows with the length, not with its square.
/// </summary>
internal readonly record struct AttentionKernel<T>(AttentionShape Shape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockRows = 64;

    private T Scale => T.One / T.Sqrt(T.CreateTruncating(Shape.Width));

    /// <summary>One head forward.</summary>
    /// <param name="item">batch heads + head.</param>
    /// <param name="query">The tensor of the queries; key and value alike.</param>
    /// <param name="key">Keys.</param>
    /// <param name="value">Values.</param>
    /// <param name="mask">Added to the scores, or empty.</param>
    /// <param name="keep">(item, keys, queries): factors of the weights after the softmax, or empty.</param>
    /// <param name="output">Written.</param>
    /// <param name="logSum">(item, queries): logarithm of the sum of e^score, written.</param>
    /// <param name="weights">(item, keys, queries), written, or empty.</param>
    internal void Forward(
        int item, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value, ReadOnlySpan<T> mask,
        ReadOnlySpan<T> keep, Span<T> output, Span<T> logSum, Span<T> weights)
    {
        int n = item / Shape.Heads, h = item % Shape.Heads, width = Shape.Width, wide = Shape.ValueWidth;
        int queries = Shape.Queries, keys = Shape.Keys;
        T[] scratch = BufferPool<T>.Rent((queries * width) + (keys * (width + wide)) + (BlockRows * keys));
        Span<T> q = Take(scratch, 0, queries * width, out int at), k = Take(scratch, at, keys * width, out at);
        Span<T> v = Take(scratch, at, keys * wide, out at), block = scratch.AsSpan(at, BlockRows * keys);
        Gather(query, Shape.Query, n, h, queries, width, q);
        Gather(key, Shape.Key, n, h, keys, width, k);
        Gather(value, Shape.Value, n, h, keys, wide, v);
        for (int first = 0; first < queries; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, queries - first), seen = SeenKeys(first + rows);
            Span<T> p = block[..(seen * rows)]; // (keys, queries of the block)
            Scores(n, h, first, rows, seen, q, k, mask, p);
            Softmax(mask.IsEmpty ? Scale : T.One, p, logSum.Slice((item * queries) + first, rows));
            for (int j = 0; j < seen && !(keep.IsEmpty && weights.IsEmpty); j++)
            {
                Span<T> row = p.Slice(j * rows, rows);
                int place = (((item * keys) + j) * queries) + first;
                if (!keep.IsEmpty)
                    Times(keep.Slice(place, rows), row);
                if (!weights.IsEmpty)
                    row.CopyTo(weights[place..]);
            }

            int target = Shape.Output.Start(n, h) + (first * Shape.Output.RowStride);
            Gemm.MultiplyOf<T>(
                rows, wide, seen, p, 1, rows, v, wide, 1, output[target..], Shape.Output.RowStride, false);
        }

        BufferPool<T>.Return(scratch);
    }

    /// <summary>One head backward: dV = P^T dY, dP = dY V^T, dS = P (dP - sum of P dP), dQ = dS K, dK = dS^T Q.
    /// </summary>
    /// <param name="item">batch heads + head.</param>
    /// <param name="query">As in the forward pass, as are those up to logSum.</param>
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
        int item, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value, ReadOnlySpan<T> mask,
        ReadOnlySpan<T> keep, ReadOnlySpan<T> logSum, ReadOnlySpan<T> dOutput, ReadOnlySpan<T> dWeights,
        Span<T> dQuery, Span<T> dKey, Span<T> dValue)
    {
        int n = item / Shape.Heads, h = item % Shape.Heads, width = Shape.Width, wide = Shape.ValueWidth;
        int queries = Shape.Queries, keys = Shape.Keys;
        T[] scratch = BufferPool<T>.Rent(
            ((queries + (2 * keys)) * (width + wide)) + (2 * BlockRows * keys));
        Span<T> q = Take(scratch, 0, queries * width, out int at), k = Take(scratch, at, keys * width, out at);
        Span<T> v = Take(scratch, at, keys * wide, out at), dy = Take(scratch, at, queries * wide, out at);
        Span<T> dk = Take(scratch, at, keys * width, out at), dv = Take(scratch, at, keys * wide, out at);
        Span<T> weights = Take(scratch, at, BlockRows * keys, out at), scores = scratch.AsSpan(at, BlockRows * keys);
        Gather(query, Shape.Query, n, h, queries, width, q);
        Gather(key, Shape.Key, n, h, keys, width, k);
        Gather(value, Shape.Value, n, h, keys, wide, v);
        Gather(dOutput, Shape.Output, n, h, queries, wide, dy);
        dk.Clear();
        dv.Clear();
        for (int first = 0; first < queries; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, queries - first), seen = SeenKeys(first + rows);
            Span<T> p = weights[..(seen * rows)], dp = scores[..(seen * rows)]; // (keys, queries of the block)
            ReadOnlySpan<T> own = dy.Slice(first * wide, rows * wide);
            Scores(n, h, first, rows, seen, q, k, mask, p);
            Gemm.MultiplyOf(seen, rows, wide, v, wide, 1, own, 1, wide, dp, rows, false);
            for (int j = 0; j < seen && !(keep.IsEmpty && dWeights.IsEmpty); j++)
            {
                int place = (((item * keys) + j) * queries) + first;
                if (!dWeights.IsEmpty)
                    VectorSum.AddRows(dWeights.Slice(place, rows), dp.Slice(j * rows, rows));
                if (!keep.IsEmpty)
                    Times(keep.Slice(place, rows), dp.Slice(j * rows, rows));
            }

            ScoreGradient(
                mask.IsEmpty ? Scale : T.One, Scale, logSum.Slice((item * queries) + first, rows), p, dp);
            for (int j = 0; j < seen && !keep.IsEmpty; j++)
                Times(keep.Slice((((item * keys) + j) * queries) + first, rows), p.Slice(j * rows, rows));

            // p holds the weights as they met the values, dp the gradient of the products q k.
            int target = Shape.Query.Start(n, h) + (first * Shape.Query.RowStride);
            Gemm.MultiplyOf(seen, wide, rows, p, rows, 1, own, wide, 1, dv, wide, true);
            Gemm.MultiplyOf<T>(
                rows, width, seen, dp, 1, rows, k, width, 1, dQuery[target..], Shape.Query.RowStride, false);
            Gemm.MultiplyOf<T>(
                seen, width, rows, dp, rows, 1, q.Slice(first * width, rows * width), width, 1, dk, width, true);
        }

        Scatter(dk, Shape.Key, n, h, keys, width, dKey);
        Scatter(dv, Shape.Value, n, h, keys, wide, dValue);
        BufferPool<T>.Return(scratch);
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
        int n, int h, int first, int rows, int seen, ReadOnlySpan<T> q, ReadOnlySpan<T> k, ReadOnlySpan<T> mask,
        Span<T> block)
    {
        int width = Shape.Width;
        Gemm.MultiplyOf(
            seen, rows, width, k, width, 1, q.Slice(first * width, rows * width), 1, width, block, rows, false);
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax(T scale, Span<T> p, Span<T> logSum)
    {
        int rows = logSum.Length;
        Vector512<T> by = Vector512.Create(scale);
        for (int i = 0; i < rows; i += Vector512<T>.Count)
        {
            int lanes = Math.Min(Vector512<T>.Count, rows - i);
            Vector512<T> largest = Vector512.Create(T.NegativeInfinity), sum = Vector512<T>.Zero;
            for (int at = i; at < p.Length; at += rows)
                largest = Vector512.MaxNative(Load(p, at, lanes), largest);
            largest *= by;
            for (int at = i; at < p.Length; at += rows)
            {
                Vector512<T> value = VectorMath.ExpOf(VectorMath.MultiplyAdd(Load(p, at, lanes), by, -largest));
                Store(value, p, at, lanes);
                sum += value;
            }

            Vector512<T> factor = Vector512<T>.One / sum;
            for (int at = i; at < p.Length; at += rows)
                Store(Load(p, at, lanes) * factor, p, at, lanes);
            Store(largest + VectorMath.LogOf(sum), logSum, i, lanes);
        }
    }

    /// <summary>p enters as scores before <paramref name="scale"/> and leaves as weights; dp enters as their gradient
    /// and leaves as that of the products of queries and keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScoreGradient(T scale, T productScale, ReadOnlySpan<T> logSum, Span<T> p, Span<T> dp)
    {
        int rows = logSum.Length;
        Vector512<T> by = Vector512.Create(scale), factor = Vector512.Create(productScale);
        for (int i = 0; i < rows; i += Vector512<T>.Count)
        {
            int lanes = Math.Min(Vector512<T>.Count, rows - i);
            Vector512<T> shift = Load(logSum, i, lanes), sum = Vector512<T>.Zero;
            for (int at = i; at < p.Length; at += rows)
            {
                Vector512<T> weight = VectorMath.ExpOf(VectorMath.MultiplyAdd(Load(p, at, lanes), by, -shift));
                Store(weight, p, at, lanes);
                sum = VectorMath.MultiplyAdd(weight, Load(dp, at, lanes), sum);
            }

            for (int at = i; at < p.Length; at += rows)
                Store(Load(p, at, lanes) * factor * (Load(dp, at, lanes) - sum), dp, at, lanes);
        }
    }

    // Full registers, the rule, without a check of bounds: the loops above stay inside.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Load(ReadOnlySpan<T> source, int at, int lanes) => lanes == Vector512<T>.Count
        ? Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)at)
        : LanePart.Load(source.Slice(at, lanes), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<T> value, Span<T> target, int at, int lanes)
    {
        if (lanes == Vector512<T>.Count)
            value.StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)at);
        else
            LanePart.Store(value, target.Slice(at, lanes), 0);
    }

    private static void Times(ReadOnlySpan<T> factors, Span<T> target)
    {
        for (int i = 0; i < target.Length; i += Vector512<T>.Count)
            LanePart.Store(LanePart.Load<T>(target, i) * LanePart.Load(factors, i), target, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(
        ReadOnlySpan<T> source, AttentionRows rows, int n, int h, int count, int width, Span<T> target)
    {
        if (source.IsEmpty)
        {
            target.Clear();
            return;
        }

        for (int i = 0, at = rows.Start(n, h); i < count; i++, at += rows.RowStride)
        {
            ReadOnlySpan<T> row = source.Slice(at, width);
            Span<T> place = target.Slice(i * width, width);
            for (int j = 0; j < width; j += Vector512<T>.Count)
                LanePart.Store(LanePart.Load(row, j), place, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(
        ReadOnlySpan<T> source, AttentionRows rows, int n, int h, int count, int width, Span<T> target)
    {
        for (int i = 0, at = rows.Start(n, h); i < count; i++, at += rows.RowStride)
        {
            ReadOnlySpan<T> row = source.Slice(i * width, width);
            Span<T> place = target.Slice(at, width);
            for (int j = 0; j < width; j += Vector512<T>.Count)
                LanePart.Store(LanePart.Load(row, j), place, j);
        }
    }
}
