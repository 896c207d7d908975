using FinML.Torch.Kernels;

namespace FinML.Torch;

public static partial class torch
{
    /// <summary>The matrix product with PyTorch's rules for vectors and batches; see
    /// <see cref="Tensor.matmul"/>.</summary>
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    /// <summary>beta * input + alpha * (mat1 @ mat2).</summary>
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) =>
        input.addmm(mat1, mat2, beta, alpha);

    public partial class Tensor
    {
        /// <summary>(n, k) times (k, m).</summary>
        public Tensor mm(Tensor target)
        {
            if (Sizes.Length != 2 || target.Sizes.Length != 2 || Sizes[1] != target.Sizes[0])
            {
                throw ProductError("mm", this, target, "needs shapes (n, k) and (k, m)");
            }

            if (AutocastMode.IsEnabled && (dtype == ScalarType.Float32 || target.dtype == ScalarType.Float32))
            {
                return to(ScalarType.BFloat16).mm(target.to(ScalarType.BFloat16));
            }

            CheckProductTypes("mm", target);
            Tensor result = Uninitialized([Sizes[0], target.Sizes[1]], dtype);
            Multiply(this, target, result);
            if (Tracer.Active)
            {
                Tracer.Record("matmul", [this, target], result);
            }

            if (Node.Needed(this, target))
            {
                Node.Record("mm", this, target, static (node, g, d) =>
                {
                    d[0] = node.Needs(0) ? g[0]!.mm(node.Saved(1).t()) : null;
                    d[1] = node.Needs(1) ? node.Saved(0).t().mm(g[0]!) : null;
                }, result).Save(this, target);
                Tangents.Carry(result, this, target, (a: this, b: target), static (ta, tb, s) =>
                    Tangents.Sum(ta?.mm(s.b), tb is null ? null : s.a.mm(tb)));
            }

            return result;
        }

        /// <summary>(b, n, k) times (b, k, m), matrix by matrix.</summary>
        public Tensor bmm(Tensor batch2)
        {
            if (Sizes.Length != 3 || batch2.Sizes.Length != 3
                || Sizes[0] != batch2.Sizes[0] || Sizes[2] != batch2.Sizes[1])
            {
                throw ProductError("bmm", this, batch2, "needs shapes (b, n, k) and (b, k, m)");
            }

            if (AutocastMode.IsEnabled && (dtype == ScalarType.Float32 || batch2.dtype == ScalarType.Float32))
            {
                return to(ScalarType.BFloat16).bmm(batch2.to(ScalarType.BFloat16));
            }

            CheckProductTypes("bmm", batch2);
            Tensor result = Uninitialized([Sizes[0], Sizes[1], batch2.Sizes[2]], dtype);
            using (no_grad())
            {
                for (long i = 0; i < Sizes[0]; i++)
                {
                    using Tensor a = select(0, i), b = batch2.select(0, i), c = result.select(0, i);
                    Multiply(a, b, c);
                }
            }

            if (Tracer.Active)
            {
                Tracer.Record("matmul", [this, batch2], result);
            }

            if (Node.Needed(this, batch2))
            {
                Node.Record("bmm", this, batch2, static (node, g, d) =>
                {
                    d[0] = node.Needs(0) ? g[0]!.bmm(node.Saved(1).transpose(1, 2)) : null;
                    d[1] = node.Needs(1) ? node.Saved(0).transpose(1, 2).bmm(g[0]!) : null;
                }, result).Save(this, batch2);
                Tangents.Carry(result, this, batch2, (a: this, b: batch2), static (ta, tb, s) =>
                    Tangents.Sum(ta?.bmm(s.b), tb is null ? null : s.a.bmm(tb)));
            }

            return result;
        }

        /// <summary>
        /// The product by dimensions: vector and vector give a number, a vector counts as a row on the left and as a
        /// column on the right, and leading dimensions are batches that broadcast.
        /// </summary>
        public Tensor matmul(Tensor target)
        {
            int n = Sizes.Length, m = target.Sizes.Length;
            if (n == 0 || m == 0)
            {
                throw ProductError("matmul", this, target, "needs at least one dimension on both sides");
            }

            if (n == 2 && m == 2)
            {
                return Sizes[1] == target.Sizes[0]
                    ? mm(target)
                    : throw ProductError("matmul", this, target, "inner sizes differ");
            }

            long inner = m == 1 ? target.Sizes[0] : target.Sizes[^2];
            if (Sizes[^1] != inner)
            {
                throw ProductError("matmul", this, target, $"inner sizes {Sizes[^1]} and {inner} differ");
            }

            if (n == 1)
            {
                return m == 1 ? dot(target) : unsqueeze(0).matmul(target).squeeze(-2);
            }

            if (m == 1)
            {
                return matmul(target.unsqueeze(1)).squeeze(-1);
            }

            Tensor result = m == 2
                // (..., n, k) (k, m): all batches are rows of one matrix.
                ? reshape(Shapes.Count(Sizes.AsSpan(..^1)), Sizes[^1])
                    .mm(target)
                    .reshape([.. Sizes[..^1], target.Sizes[1]])
                : Batches(target);
            if (Tracer.Active && result.dtype == dtype && target.dtype == dtype && dtype != ScalarType.BFloat16)
            {
                Tracer.Record("matmul", [this, target], result); // whole: what it is made of depends on the batches
            }

            return result;
        }

        /// <summary>Matrix by matrix, with leading dimensions that broadcast.</summary>
        private Tensor Batches(Tensor target)
        {
            long[] batch = Shapes.Broadcast("matmul", Sizes[..^2], target.Sizes[..^2]);
            long count = Shapes.Count(batch);
            Tensor a = expand([.. batch, Sizes[^2], Sizes[^1]]).reshape(count, Sizes[^2], Sizes[^1]);
            Tensor b = target.expand([.. batch, target.Sizes[^2], target.Sizes[^1]])
                .reshape(count, target.Sizes[^2], target.Sizes[^1]);
            return a.bmm(b).reshape([.. batch, Sizes[^2], target.Sizes[^1]]);
        }

        /// <summary>The inner product of two vectors.</summary>
        public Tensor dot(Tensor target)
        {
            if (Sizes.Length != 1 || target.Sizes.Length != 1 || Sizes[0] != target.Sizes[0])
            {
                throw ProductError("dot", this, target, "needs two vectors of one length");
            }

            return mul(target).sum();
        }

        /// <summary>(n) and (m) to the (n, m) matrix of products.</summary>
        public Tensor outer(Tensor vec2) => Sizes.Length == 1 && vec2.Sizes.Length == 1
            ? unsqueeze(1).mul(vec2.unsqueeze(0))
            : throw ProductError("outer", this, vec2, "needs two vectors");

        /// <summary>beta * this + alpha * (mat1 @ mat2).</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1)
        {
            Tensor product = mat1.mm(mat2);
            product = alpha == 1 ? product : product.mul(alpha);
            return product.add(beta == 1 ? this : mul(beta));
        }

        private static void Multiply(Tensor a, Tensor b, Tensor c)
        {
            int m = (int)a.Sizes[0], k = (int)a.Sizes[1], n = (int)b.Sizes[1];
            if (m == 0 || n == 0)
            {
                return;
            }

            if (c.dtype == ScalarType.BFloat16)
            {
                // Operands of bfloat16, sums of float32, rounded once.
                using Tensor x = Widening.Wide(a), y = Widening.Wide(b);
                Widening.Into(c, z => Multiply(x, y, z));
                return;
            }

            if (c.dtype == ScalarType.Float32)
            {
                Gemm.Multiply(
                    m, n, k, a.From<float>(), (int)a.Strides[0], (int)a.Strides[1], b.From<float>(), (int)b.Strides[0],
                    (int)b.Strides[1], c.From<float>(), n, accumulate: false);
            }
            else if (!c.dtype.IsFloating())
            {
                MultiplyIntegers(a, b, c);
            }
            else
            {
                Gemm.Multiply(
                    m, n, k, a.From<double>(), (int)a.Strides[0], (int)a.Strides[1], b.From<double>(),
                    (int)b.Strides[0], (int)b.Strides[1], c.From<double>(), n, accumulate: false);
            }
        }

        /// <summary>Integers have no kernel of their own: row by row, in int64.</summary>
        private static void MultiplyIntegers(Tensor a, Tensor b, Tensor c)
        {
            using Tensor x = a.to(ScalarType.Int64, copy: true), y = b.to(ScalarType.Int64, copy: true);
            using Tensor z = Uninitialized(c.Sizes, ScalarType.Int64).ZeroFill();
            int k = (int)x.Sizes[1], n = (int)y.Sizes[1];
            ReadOnlySpan<long> left = x.Span<long>(), right = y.Span<long>();
            Span<long> sums = z.Span<long>();
            for (int i = 0; i < x.Count; i++)
            {
                for (int j = 0; j < n; j++)
                    sums[(i / k * n) + j] += left[i] * right[(i % k * n) + j];
            }

            Copying.Copy(z, c);
        }

        /// <summary>The storage from the first element on, for kernels that take strides.</summary>
        internal Span<T> From<T>() where T : unmanaged => Items<T>().AsSpan(Offset, Storage.Length - Offset);

        private void CheckProductTypes(string name, Tensor other)
        {
            if (dtype != other.dtype || dtype == ScalarType.Bool)
            {
                throw new ArgumentException(
                    $"{name}: needs two tensors of one dtype, not Bool, got {dtype}{Shapes.Text(Sizes)} and "
                    + $"{other.dtype}{Shapes.Text(other.Sizes)}.");
            }
        }

        private static ArgumentException ProductError(string name, Tensor a, Tensor b, string rule) =>
            new($"{name}: shapes {Shapes.Text(a.Sizes)} and {Shapes.Text(b.Sizes)} do not multiply: {rule}.");
    }
}
