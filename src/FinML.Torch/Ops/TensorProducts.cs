namespace FinML.Torch;

/// <summary>How cdist computes; here always by differences, which lose nothing.</summary>
public enum compute_mode
{
    use_mm_for_euclid_dist_if_necessary = 0,
    use_mm_for_euclid_dist = 1,
    donot_use_mm_for_euclid_dist = 2,
}

/// <summary>Products beside the matrix product, and sums of them.</summary>
public static partial class torch
{
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    public static Tensor inner(Tensor input, Tensor vec2) => input.inner(vec2);

    public static Tensor ger(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor vdot(Tensor input, Tensor target) => input.vdot(target);

    public static Tensor kron(Tensor input, Tensor other) => input.kron(other);

    public static Tensor tensordot(Tensor a, Tensor b, long dims = 2) => a.tensordot(b, dims);

    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.tensordot(b, dims1, dims2);

    public static Tensor tensordot(Tensor a, Tensor b, (long, long)[] dims) => a.tensordot(b, dims);

    public static Tensor addmv(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) =>
        input.addmv(mat1, mat2, beta, alpha);

    public static Tensor addr(Tensor input, Tensor vec1, Tensor vec2, float beta = 1.0f, float alpha = 1.0f) =>
        input.addr(vec1, vec2, beta, alpha);

    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
        input.baddbmm(batch1, batch2, beta, alpha);

    public static Tensor addbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
        input.addbmm(batch1, batch2, beta, alpha);

    /// <summary>The product of matrices from left to right, bracketed for the fewest multiplications.</summary>
    public static Tensor chain_matmul(params Tensor[] matrices) => linalg.multi_dot(matrices);

    /// <summary>Distances (the p-norm of the difference) of all rows of x1 (..., n, k) from all of x2 (..., m, k):
    /// (..., n, m). Equal rows have gradient zero.</summary>
    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2.0,
        compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary)
    {
        if (x1.Sizes.Length < 2 || x2.Sizes.Length < 2 || x1.Sizes[^1] != x2.Sizes[^1] || !(p >= 0))
        {
            throw new ArgumentException(
                $"cdist: needs rows of one length and p at least 0, got shapes {Shapes.Text(x1.Sizes)} and "
                + $"{Shapes.Text(x2.Sizes)}, p {p}.");
        }

        Tensor difference = x1.unsqueeze(-2).sub(x2.unsqueeze(-3));
        return x1.Sizes[^1] == 0 ? difference.sum(-1) : difference.Norm("cdist", [-1], false, p);
    }

    public partial class Tensor
    {
        /// <summary>(n, k) times a vector of k.</summary>
        public Tensor mv(Tensor target) =>
            Sizes.Length == 2 && target.Sizes.Length == 1 && Sizes[1] == target.Sizes[0]
                ? mm(target.unsqueeze(1)).squeeze(1)
                : throw ProductError("mv", this, target, "needs shapes (n, k) and (k)");

        /// <summary>Sums of products over the last axis of both: (..., k) and (~, k) to (..., ~).</summary>
        public Tensor inner(Tensor vec2)
        {
            if (Sizes.Length == 0 || vec2.Sizes.Length == 0)
                return mul(vec2);
            return Sizes[^1] == vec2.Sizes[^1]
                ? tensordot(vec2, [-1], [-1])
                : throw ProductError("inner", this, vec2, "the last sizes differ");
        }

        public Tensor ger(Tensor vec2) => outer(vec2);

        public Tensor vdot(Tensor target) => dot(target);

        /// <summary>Kronecker's product: each element of this times all of other, block by block.</summary>
        public Tensor kron(Tensor other)
        {
            int n = Math.Max(Sizes.Length, other.Sizes.Length);
            long[] a = new long[2 * n], b = new long[2 * n], joined = new long[n];
            for (int i = 0; i < n; i++)
            {
                int own = i - (n - Sizes.Length), its = i - (n - other.Sizes.Length);
                (a[2 * i], a[(2 * i) + 1]) = (own < 0 ? 1 : Sizes[own], 1);
                (b[2 * i], b[(2 * i) + 1]) = (1, its < 0 ? 1 : other.Sizes[its]);
                joined[i] = a[2 * i] * b[(2 * i) + 1];
            }

            return reshape(a).mul(other.reshape(b)).reshape(joined);
        }

        /// <summary>Sums of products over the last <paramref name="dims"/> axes of this and the first of b.</summary>
        public Tensor tensordot(Tensor b, long dims = 2)
        {
            if (dims < 0 || dims > Sizes.Length || dims > b.Sizes.Length)
                throw ProductError("tensordot", this, b, $"{dims} axes cannot be summed over");
            long[] last = [.. Enumerable.Range(Sizes.Length - (int)dims, (int)dims).Select(i => (long)i)];
            return tensordot(b, last, [.. Enumerable.Range(0, (int)dims).Select(i => (long)i)]);
        }

        public Tensor tensordot(Tensor b, (long, long)[] dims) =>
            tensordot(b, Array.ConvertAll(dims, d => d.Item1), Array.ConvertAll(dims, d => d.Item2));

        /// <summary>Sums of products over pairs of axes; the result has the others, this tensor's first.</summary>
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2)
        {
            int[] first = Shapes.AxesOf("tensordot", dims1, Sizes);
            int[] second = Shapes.AxesOf("tensordot", dims2, b.Sizes);
            if (first.Length != second.Length
                || first.Zip(second).Any(pair => Sizes[pair.First] != b.Sizes[pair.Second]))
            {
                throw ProductError(
                    "tensordot", this, b, $"axes {Shapes.Text(dims1)} and {Shapes.Text(dims2)} differ in size");
            }

            int[] left = [.. Enumerable.Range(0, Sizes.Length).Except(first)];
            int[] right = [.. Enumerable.Range(0, b.Sizes.Length).Except(second)];
            long k = Shapes.Count(Array.ConvertAll(first, axis => Sizes[axis]));
            long[] rows = Array.ConvertAll(left, axis => Sizes[axis]);
            long[] columns = Array.ConvertAll(right, axis => b.Sizes[axis]);
            Tensor x = permute(Long([.. left, .. first])).reshape(Shapes.Count(rows), k);
            Tensor y = b.permute(Long([.. second, .. right])).reshape(k, Shapes.Count(columns));
            return x.mm(y).reshape([.. rows, .. columns]);
        }

        /// <summary>beta * this + alpha * (mat @ vec).</summary>
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) =>
            Combined(mat.mv(vec), beta, alpha);

        /// <summary>beta * this + alpha * the outer product of two vectors.</summary>
        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1.0f, float alpha = 1.0f) =>
            Combined(vec1.outer(vec2), beta, alpha);

        /// <summary>beta * this + alpha * (batch1 @ batch2).</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Combined(batch1.bmm(batch2), beta, alpha);

        /// <summary>beta * this + alpha * the sum over the batch of (batch1 @ batch2).</summary>
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Combined(batch1.bmm(batch2).sum(0L), beta, alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Written("addmm_", x => x.addmm(mat1, mat2, beta, alpha));

        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) =>
            Written("addmv_", x => x.addmv(mat, vec, beta, alpha));

        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1.0f, float alpha = 1.0f) =>
            Written("addr_", x => x.addr(vec1, vec2, beta, alpha));

        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Written("addbmm_", x => x.addbmm(batch1, batch2, beta, alpha));

        private static long[] Long(int[] axes) => Array.ConvertAll(axes, axis => (long)axis);

        private Tensor Combined(Tensor product, float beta, float alpha) =>
            (alpha == 1 ? product : product.mul(alpha)).add(beta == 1 ? this : mul(beta));
    }
}
