namespace FinML.Torch;

public static partial class torch
{
    public static Tensor det(Tensor input) => linalg.det(input);

    public static Tensor logdet(Tensor input) => input.logdet();

    public static (Tensor res, Tensor logabsdet) slogdet(Tensor A) => linalg.slogdet(A);

    public static Tensor inverse(Tensor input) => linalg.inv(input);

    public static partial class linalg
    {
        /// <summary>The x with A x = B (with <paramref name="left"/> false: x A = B) by LU with partial pivoting; B has
        /// matrices, or vectors where its shape is A's without the last axis.</summary>
        /// <exception cref="ArgumentException">The shapes do not fit.</exception>
        /// <exception cref="InvalidOperationException">A matrix is singular.</exception>
        public static Tensor solve(Tensor A, Tensor B, bool left = true)
        {
            if (B.Sizes.Length == 1
                || (B.Sizes.Length == A.Sizes.Length - 1 && Shapes.Equal(B.Sizes, A.Sizes.AsSpan(..^1))))
                return left ? solve(A, B.unsqueeze(-1)).squeeze(-1) : solve(A.mT, B.unsqueeze(-1)).squeeze(-1);
            if (!left)
                return solve(A.mT, B.mT).mT;
            (Tensor a, Tensor b) = Paired("linalg.solve", A, B);
            Tensor result = Solved("linalg.solve", a, b);
            if (Tracer.Active)
                TraceAs("linalg.solve", [a, b], [result], static x => [ComposedMatrices.Solve(x[0], x[1])]);
            if (Node.Needed(a, b))
            {
                Node.Record("linalg.solve", a, b, static (node, g, d) =>
                {
                    Tensor side = solve(node.Saved(0).mT, g[0]!);
                    d[0] = node.Needs(0) ? side.matmul(node.Saved(1).mT).neg() : null;
                    d[1] = node.Needs(1) ? side : null;
                }, result).Save(a, result);
                // A dx = dB - dA x
                Tangents.Carry(result, a, b, (a, x: result), static (ta, tb, s) =>
                    solve(s.a, Tangents.Sum(tb, ta?.matmul(s.x).neg())!));
            }

            return result;
        }

        /// <summary>The inverse of square matrices.</summary>
        /// <exception cref="InvalidOperationException">A matrix is singular.</exception>
        public static Tensor inv(Tensor input)
        {
            if (input.Sizes.Length < 2)
                throw new ArgumentException($"linalg.inv: needs matrices, got shape {Shapes.Text(input.Sizes)}.");
            (Tensor a, Tensor identity) = Paired("linalg.inv", input, eye(input.Sizes[^1], dtype: input.dtype));
            Tensor result = Solved("linalg.inv", a.detach(), identity);
            if (Tracer.Active)
                TraceAs("linalg.solve", [a, identity], [result], static x => [ComposedMatrices.Inverse(x[0])]);
            if (Node.Needed(input))
            {
                Node.Record("linalg.inv", input, static (node, g, d) =>
                {
                    Tensor y = node.Saved(0).mT;
                    d[0] = y.matmul(g[0]!).matmul(y).neg();
                }, result).Save(result);
                Tangents.Carry(result, input, result, static (t, y) => y.matmul(t).matmul(y).neg());
            }

            return result;
        }

        /// <summary>The determinant, by LU.</summary>
        public static Tensor det(Tensor input)
        {
            (_, _, Tensor value) = Determinants("linalg.det", input);
            if (Tracer.Active)
                Tracer.Record("linalg.det", [input], value);
            if (Node.Needed(input))
            {
                Node.Record("linalg.det", input, static (node, g, d) =>
                    d[0] = g[0]!.unsqueeze(-1).unsqueeze(-1).mul(Cofactors(node.Saved(0), node.Saved(1))), value)
                    .Save(input, value);
                Tangents.Carry(value, input, (input, value), static (t, s) =>
                    t.mul(Cofactors(s.input, s.value)).sum([-2L, -1L]));
            }

            return value;
        }

        /// <summary>The determinant's sign and the logarithm of its magnitude: 0 and minus infinity where a matrix is
        /// singular, which has no gradient.</summary>
        public static (Tensor, Tensor) slogdet(Tensor input)
        {
            (Tensor sign, Tensor log, _) = Determinants("linalg.slogdet", input);
            if (Tracer.Active)
                TraceAs("linalg.slogdet", [input], [sign, log], static x => ComposedMatrices.LogDeterminant(x[0]));
            if (Node.Needed(input))
            {
                Node.Record("linalg.slogdet", [input], static (node, g, d) =>
                    d[0] = g[0]!.unsqueeze(-1).unsqueeze(-1).mul(inv(node.Saved(0)).mT), log).Save(input);
                Tangents.Carry(log, input, input, static (t, a) => t.mul(inv(a).mT).sum([-2L, -1L]));
            }

            return (sign, log);
        }

        /// <summary>d det / d A: det A^-T, or where a matrix is singular the same by its singular values.</summary>
        private static Tensor Cofactors(Tensor a, Tensor determinant)
        {
            if (!determinant.detach().eq(0).any().ToBoolean())
                return determinant.unsqueeze(-1).unsqueeze(-1).mul(inv(a).mT);
            (Tensor u, Tensor s, Tensor vh) = svd(a, fullMatrices: false);
            Tensor sign = Determinants("linalg.det", u).Value.mul(Determinants("linalg.det", vh).Value);
            Tensor others = Tensor.OthersProduct(s, s.Sizes.Length - 1).mul(sign.unsqueeze(-1));
            return u.mul(others.unsqueeze(-2)).matmul(vh);
        }

        private static Tensor Solved(string name, Tensor left, Tensor right)
        {
            Matrices a = Matrices.Square(name, left), b = Matrices.Of(name, right);
            SolveLu(a, b, new int[a.Rows], new double[a.Rows * b.Columns]);
            return b.Result();
        }

        /// <summary>b = a^-1 b in place; a becomes its factors.</summary>
        /// <param name="a">Square matrices.</param>
        /// <param name="b">Right sides, as many.</param>
        /// <param name="order">Room for a number a row of a.</param>
        /// <param name="room">Room for one right side.</param>
        internal static void SolveLu(Matrices a, Matrices b, int[] order, double[] room)
        {
            int n = a.Rows, m = b.Columns;
            for (int i = 0; i < a.Count; i++)
            {
                if (Factorisations.Lu(a[i], n, order) == 0 && n > 0)
                    throw new InvalidOperationException($"{a.Name}: {a.Place(i)} is singular.");
                Span<double> x = b[i];
                x.CopyTo(room);
                for (int row = 0; row < n; row++)
                    room.AsSpan(order[row] * m, m).CopyTo(x[(row * m)..]);
                Factorisations.Triangular(a[i], n, x, m, upper: false, unit: true);
                Factorisations.Triangular(a[i], n, x, m, upper: true, unit: false);
            }
        }

        private static (Tensor Sign, Tensor Log, Tensor Value) Determinants(string name, Tensor input)
        {
            Matrices a = Matrices.Square(name, input);
            Tensor sign = ones(a.Batch, ScalarType.Float64), log = zeros(a.Batch, ScalarType.Float64);
            Tensor value = ones(a.Batch, ScalarType.Float64);
            MultiplyPivots(a, new int[a.Rows], sign, log, value);
            return (sign.to(a.Type), log.to(a.Type), value.to(a.Type));
        }

        /// <summary>Determinants, their signs and logarithms of their magnitudes, float64; a becomes its factors.
        /// </summary>
        internal static void MultiplyPivots(Matrices a, int[] order, Tensor sign, Tensor log, Tensor value)
        {
            for (int i = 0; i < a.Count; i++)
            {
                double signs = 1, logs = 0, product = 1;
                bool flipped = Factorisations.Lu(a[i], a.Rows, order) < 0;
                for (int k = 0; k < a.Rows; k++)
                {
                    double pivot = a[i][(k * a.Rows) + k];
                    signs *= double.IsNaN(pivot) ? pivot : Math.Sign(pivot);
                    logs += Math.Log(Math.Abs(pivot));
                    product *= pivot;
                }

                (sign.Span<double>()[i], log.Span<double>()[i]) = (flipped ? -signs : signs, logs);
                value.Span<double>()[i] = flipped ? -product : product;
            }
        }
    }

    public partial class Tensor
    {
        public Tensor det() => linalg.det(this);

        public Tensor inverse() => linalg.inv(this);

        /// <summary>The logarithm of the determinant: NaN where that is below zero, minus infinity where it is
        /// zero.</summary>
        public Tensor logdet()
        {
            (Tensor sign, Tensor log) = linalg.slogdet(this);
            return torch.where(sign.lt(0), double.NaN, log);
        }
    }
}
