namespace FinML.Torch;

public static partial class torch
{
    public static partial class linalg
    {
        /// <summary>What qr returns of (m, n) matrices, k = min(m, n).</summary>
        public enum QRMode
        {
            /// <summary>Q (m, k), R (k, n).</summary>
            Reduced = 0,

            /// <summary>Q (m, m), R (m, n).</summary>
            Complete = 1,

            /// <summary>R (k, n), and an empty Q.</summary>
            R = 2,
        }

        /// <summary>input = Q R with orthonormal columns of Q and R upper triangular, by Householder's reflections; the
        /// signs are LAPACK's.</summary>
        /// <exception cref="InvalidOperationException">Gradients are asked of a mode where they are not defined: R, or
        /// Complete with more rows than columns.</exception>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced)
        {
            Matrices a = Matrices.Of("linalg.qr", input);
            int m = a.Rows, n = a.Columns, k = mode == QRMode.Complete ? m : Math.Min(m, n);
            bool needed = Node.Needed(input);
            if (needed && (mode == QRMode.R || k > n))
            {
                throw new InvalidOperationException(
                    $"linalg.qr: mode {mode} has no gradient for matrices of {m} rows and {n} columns; use Reduced.");
            }

            if (needed && m < n)
            {
                // A = [A1 A2]: A1 = Q R1 is square, and R2 = Q^T A2.
                (Tensor first, Tensor square) = qr(input.narrow(-1, 0, m));
                return (first, cat([square, first.mT.matmul(input.narrow(-1, m, n - m))], -1));
            }

            Matrices qs = a.Like(m, k);
            FactorQr(a, qs, new double[HouseholderQr.RoomFor(m, n, k)]);
            Tensor q = qs.Result(), r = a.Values.narrow(-2, 0, k).to(a.Type).contiguous();
            if (Tracer.Active)
                TraceAs("linalg.qr", [input], [q, r], x => ComposedMatrices.Qr(x[0], k));
            if (needed)
            {
                Node.Record("linalg.qr", [input], static (node, g, d) =>
                {
                    // (gQ + Q sym(triu(gR R^T - Q^T gQ))) R^-T, sym(X) = X + X^T with the diagonal halved
                    Tensor q = node.Saved(0), r = node.Saved(1);
                    Tensor inner = g[1] is null ? zeros_like(r) : g[1]!.matmul(r.mT);
                    inner = (g[0] is null ? inner : inner.sub(q.mT.matmul(g[0]!))).triu();
                    inner = inner.add(inner.mT).sub(inner.diagonal(0, -2, -1).diag_embed());
                    Tensor sum = q.matmul(inner);
                    sum = g[0] is null ? sum : sum.add(g[0]!);
                    d[0] = solve_triangular(r.mT, sum, upper: false, left: false);
                }, q, r).Save(q, r);
                // With M = Q^T dA R^-1 and W = tril(M, -1) - tril(M, -1)^T: dR = (M - W) R,
                // dQ = Q W + (dA - Q Q^T dA) R^-1
                Tangents.Carry([q, r], [input], (q, r), static (t, s) =>
                {
                    Tensor moved = solve_triangular(s.r, t[0]!, upper: true, left: false); // dA R^-1
                    Tensor inner = s.q.mT.matmul(moved), below = inner.tril(-1), turn = below.sub(below.mT);
                    return
                    [
                        s.q.matmul(turn).add(moved.sub(s.q.matmul(inner))),
                        inner.sub(turn).matmul(s.r),
                    ];
                });
            }

            return (mode == QRMode.R ? empty([0], a.Type) : q, r);
        }

        /// <summary>a = R in place, zeros below the diagonal.</summary>
        internal static void FactorQr(Matrices a, Matrices q, double[] room)
        {
            for (int i = 0; i < a.Count; i++)
                HouseholderQr.Factor(a[i], a.Rows, a.Columns, q[i], q.Columns, room);
        }
    }
}
