namespace FinML.Torch;

public static partial class torch
{
    public static Tensor cholesky(Tensor input) => linalg.cholesky(input);

    public static Tensor cholesky_inverse(Tensor input, bool upper = false) => input.cholesky_inverse(upper);

    public static Tensor cholesky_solve(Tensor input, Tensor input2, bool upper = false) =>
        input.cholesky_solve(input2, upper);

    /// <summary>Linear algebra: batches of matrices in the last two axes, float32 or float64, each function
    /// differentiable as often as one likes.</summary>
    public static partial class linalg
    {
        /// <summary>The lower triangular L with L L^T = input, from the lower triangle of the input.</summary>
        /// <exception cref="ArgumentException">The matrices are not square.</exception>
        /// <exception cref="InvalidOperationException">One is not positive definite.</exception>
        public static Tensor cholesky(Tensor input)
        {
            Matrices a = Matrices.Square("linalg.cholesky", input);
            FactorCholesky(a);
            Tensor result = a.Result();
            if (Tracer.Active)
                TraceAs("linalg.cholesky", [input], [result], static x => [ComposedMatrices.Cholesky(x[0])]);
            if (Node.Needed(input))
            {
                Node.Record("linalg.cholesky", input, static (node, g, d) =>
                {
                    // L^-T P(L^T gL) L^-1, symmetric; P takes the lower triangle and halves the diagonal (Murray, 2016)
                    Tensor l = node.Saved(0), product = HalfLower(l.mT.matmul(g[0]!.tril()));
                    Tensor left = solve_triangular(l.mT, product, upper: true);
                    Tensor inner = solve_triangular(l, left, upper: false, left: false);
                    d[0] = inner.add(inner.mT).mul(0.5);
                }, result).Save(result);
                // dL = L P(L^-1 dA L^-T), dA symmetric as its lower triangle says
                Tangents.Carry(result, input, result, static (t, l) =>
                {
                    Tensor half = solve_triangular(l, Mirrored(t), upper: false);
                    return l.matmul(HalfLower(solve_triangular(l.mT, half, upper: true, left: false)));
                });
            }

            return result;
        }

        /// <summary>The x with A x = B (with <paramref name="left"/> false: x A = B), A triangular: only that triangle
        /// is read, and no diagonal where <paramref name="unitriangular"/>.</summary>
        /// <exception cref="ArgumentException">The shapes do not fit.</exception>
        /// <exception cref="InvalidOperationException">A diagonal has a zero.</exception>
        public static Tensor solve_triangular(
            Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false)
        {
            if (!left)
                return solve_triangular(A.mT, B.mT, !upper, left: true, unitriangular).mT;
            (Tensor a, Tensor b) = Paired("linalg.solve_triangular", A, B);
            Matrices t = Matrices.Square("linalg.solve_triangular", a);
            Matrices x = Matrices.Of("linalg.solve_triangular", b);
            SolveTriangles(t, x, upper, unitriangular);
            Tensor result = x.Result();
            if (Tracer.Active)
            {
                TraceAs(
                    "linalg.solve_triangular", [a, b], [result],
                    m => [ComposedMatrices.SolveTriangular(m[0], m[1], upper, unitriangular)],
                    new TriangleKind(upper, unitriangular));
            }

            if (Node.Needed(a, b))
            {
                Node.Record("linalg.solve_triangular", a, b, static (node, g, d) =>
                {
                    (bool up, bool unit) = ((bool, bool))node.State!;
                    Tensor side = solve_triangular(node.Saved(0).mT, g[0]!, !up, left: true, unit);
                    d[1] = node.Needs(1) ? side : null;
                    if (node.Needs(0))
                    {
                        Tensor full = side.matmul(node.Saved(1).mT).neg();
                        d[0] = up ? full.triu(unit ? 1 : 0) : full.tril(unit ? -1 : 0);
                    }
                }, result).Save(a, result).State = (upper, unitriangular);
                // A dx = dB - dA x
                Tangents.Carry(result, a, b, (a, x: result, upper, unitriangular), static (ta, tb, s) =>
                {
                    int skipped = s.unitriangular ? 1 : 0;
                    Tensor? turned = (s.upper ? ta?.triu(skipped) : ta?.tril(-skipped))?.matmul(s.x).neg();
                    return solve_triangular(s.a, Tangents.Sum(tb, turned)!, s.upper, left: true, s.unitriangular);
                });
            }

            return result;
        }

        /// <summary>a = L in place.</summary>
        internal static void FactorCholesky(Matrices a)
        {
            for (int i = 0; i < a.Count; i++)
            {
                if (!Factorisations.Cholesky(a[i], a.Rows))
                    throw new InvalidOperationException($"linalg.cholesky: {a.Place(i)} is not positive definite.");
            }
        }

        /// <summary>x = t^-1 x in place.</summary>
        internal static void SolveTriangles(Matrices t, Matrices x, bool upper, bool unit)
        {
            for (int i = 0; i < t.Count; i++)
            {
                Span<double> matrix = t[i];
                for (int k = 0; k < t.Rows && !unit; k++)
                {
                    if (matrix[(k * t.Rows) + k] == 0)
                    {
                        throw new InvalidOperationException(
                            $"linalg.solve_triangular: {t.Place(i)} is singular: element {k} of its diagonal is 0.");
                    }
                }

                Factorisations.Triangular(matrix, t.Rows, x[i], x.Columns, upper, unit);
            }
        }

        /// <summary>Records a function of matrices: whole for a plan, as what composes it for a file.</summary>
        private static void TraceAs(
            string name, Tensor[] inputs, Tensor[] outputs, Func<Tensor[], Tensor[]> compose, object? attributes = null)
        {
            if (Tracer.Composing)
                Tracer.Define(compose(inputs), outputs);
            else
                Tracer.Record(name, inputs, outputs, attributes);
        }

        /// <summary>The lower triangle with half the diagonal.</summary>
        private static Tensor HalfLower(Tensor x)
        {
            Tensor lower = x.tril();
            return lower.sub(lower.diagonal(0, -2, -1).mul(0.5).diag_embed());
        }

        /// <summary>Both with the same batch axes, and rows of B as many as A's.</summary>
        private static (Tensor A, Tensor B) Paired(string name, Tensor a, Tensor b)
        {
            if (a.Sizes.Length < 2 || b.Sizes.Length < 2 || a.Sizes[^2] != a.Sizes[^1] || b.Sizes[^2] != a.Sizes[^1]
                || a.dtype != b.dtype || !a.dtype.IsFloating())
            {
                throw new ArgumentException(
                    $"{name}: needs square matrices and right sides of as many rows in one floating dtype, got "
                    + $"{a.dtype}{Shapes.Text(a.Sizes)} and {b.dtype}{Shapes.Text(b.Sizes)}.");
            }

            long[] batch = Shapes.Broadcast(name, a.Sizes[..^2], b.Sizes[..^2]);
            return (
                a.expand([.. batch, a.Sizes[^2], a.Sizes[^1]]),
                b.expand([.. batch, b.Sizes[^2], b.Sizes[^1]]));
        }
    }

    public partial class Tensor
    {
        /// <summary>L with L L^T = this; with <paramref name="upper"/> its transpose.</summary>
        public Tensor cholesky(bool upper = false) => upper ? linalg.cholesky(this).mT : linalg.cholesky(this);

        /// <summary>The inverse of L L^T from L (with <paramref name="upper"/>, of U^T U from U).</summary>
        public Tensor cholesky_inverse(bool upper = false)
        {
            if (Sizes.Length < 2)
                throw new ArgumentException($"cholesky_inverse: needs matrices, got shape {Shapes.Text(Sizes)}.");
            return eye(Sizes[^1], dtype: dtype).expand(Sizes).cholesky_solve(this, upper);
        }

        /// <summary>The x with L L^T x = this, L given (with <paramref name="upper"/>, U^T U x = this).</summary>
        public Tensor cholesky_solve(Tensor input2, bool upper = false)
        {
            Tensor lower = upper ? input2.mT : input2;
            Tensor half = linalg.solve_triangular(lower, this, upper: false);
            return linalg.solve_triangular(lower.mT, half, upper: true);
        }
    }
}
