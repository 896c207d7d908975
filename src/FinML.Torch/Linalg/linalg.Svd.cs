namespace FinML.Torch;

public static partial class torch
{
    public static partial class linalg
    {
        /// <summary>
        /// input = U diag(S) Vh with orthonormal columns of U and rows of Vh, S falling: (m, m), (k), (n, n) with
        /// k = min(m, n), or (m, k), (k), (k, n) where not <paramref name="fullMatrices"/>. Signs of pairs of vectors
        /// are free. The gradient of the vectors divides by differences of squared singular values; columns beyond the
        /// k-th have none.
        /// </summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            Matrices a = Matrices.Of("linalg.svd", input);
            int m = a.Rows, n = a.Columns, k = Math.Min(m, n);
            Matrices us = a.Like(m, fullMatrices ? m : k), ss = a.Like(1, k);
            Matrices vhs = a.Like(fullMatrices ? n : k, n);
            FactorSvd(a, us, ss, vhs, new double[RoomForSvd(m, n)]);
            Tensor u = us.Result(), s = ss.VectorResult(), vh = vhs.Result();
            if (Tracer.Active)
                TraceAs("linalg.svd", [input], [u, s, vh], x => ComposedJacobi.Singular(x[0], fullMatrices));
            if (Node.Needed(input))
            {
                Node.Record("linalg.svd", [input], static (node, g, d) =>
                    d[0] = SvdBackward(node.Saved(0), node.Saved(1), node.Saved(2), g[0], g[1], g[2]), u, s, vh)
                    .Save(u, s, vh);
                Tangents.Carry([u, s, vh], [input], (u, s, vh), static (t, x) => SvdForward(x.u, x.s, x.vh, t[0]!));
            }

            return (u, s, vh);
        }

        /// <summary>The singular values, falling.</summary>
        public static Tensor svdvals(Tensor input) => svd(input, fullMatrices: false).S;

        /// <summary>With M = U^T dA V: dS = diag(M), dU = U ((M S + S M^T) / E) and dV = V ((S M + M^T S) / E), E_ij =
        /// S_j^2 - S_i^2, and the parts of dA outside the spans of U and V. Columns beyond the k-th do not move.
        /// </summary>
        private static Tensor?[] SvdForward(Tensor u, Tensor s, Tensor vh, Tensor t)
        {
            long k = s.Sizes[^1];
            Tensor left = u.narrow(-1, 0, k), right = vh.narrow(-2, 0, k).mT;
            Tensor row = s.unsqueeze(-2), column = s.unsqueeze(-1);
            Tensor inner = left.mT.matmul(t).matmul(right);
            Tensor gaps = row.sub(column).mul(row.add(column)), same = gaps.detach().eq(0);
            Tensor du = left.matmul(OverGaps(inner.mul(row).add(inner.mT.mul(column))));
            Tensor dv = right.matmul(OverGaps(inner.mul(column).add(inner.mT.mul(row))));
            if (t.Sizes[^2] > k)
                du = du.add(Outside(left, t.matmul(right)).div(row));
            if (t.Sizes[^1] > k)
                dv = dv.add(Outside(right, t.mT.matmul(left)).div(row));
            return [Widened(du, u.Sizes), inner.diagonal(0, -2, -1), Widened(dv, vh.mT.Sizes).mT];

            Tensor OverGaps(Tensor x) => torch.where(same, 0, x.div(torch.where(same, 1, gaps)));

            static Tensor Outside(Tensor basis, Tensor x) => x.sub(basis.matmul(basis.mT.matmul(x)));

            static Tensor Widened(Tensor x, long[] sizes) => x.Sizes[^1] == sizes[^1]
                ? x
                : cat([x, zeros([.. sizes[..^1], sizes[^1] - x.Sizes[^1]], x.dtype)], -1);
        }

        /// <summary>U ((skew(U^T gU) / E) S + S (skew(V^T gV) / E) + diag(gS)) V^T, E_ij = S_j^2 - S_i^2, and the parts
        /// of gU and gV outside the spans of U and V (Townsend, Differentiating the SVD, 2016).</summary>
        private static Tensor SvdBackward(Tensor u, Tensor s, Tensor vh, Tensor? gu, Tensor? gs, Tensor? gvh)
        {
            long k = s.Sizes[^1];
            (u, vh) = (u.narrow(-1, 0, k), vh.narrow(-2, 0, k));
            gu = gu?.narrow(-1, 0, k);
            gvh = gvh?.narrow(-2, 0, k);
            Tensor row = s.unsqueeze(-2), column = s.unsqueeze(-1);
            Tensor gaps = row.sub(column).mul(row.add(column)), same = gaps.detach().eq(0);
            Tensor divisor = torch.where(same, 1, gaps);
            Tensor inner = gs is null ? zeros([.. s.Sizes, k], s.dtype) : gs.diag_embed();
            if (gu is not null)
                inner = inner.add(Skew(u.mT.matmul(gu)).mul(row));
            if (gvh is not null)
                inner = inner.add(Skew(vh.matmul(gvh.mT)).mul(column));
            Tensor result = u.matmul(inner).matmul(vh);
            if (gu is not null && u.Sizes[^2] > k)
                result = result.add(gu.sub(u.matmul(u.mT.matmul(gu))).div(row).matmul(vh));
            if (gvh is not null && vh.Sizes[^1] > k)
                result = result.add(u.matmul(gvh.sub(gvh.matmul(vh.mT).matmul(vh)).div(column)));
            return result;

            Tensor Skew(Tensor x) => torch.where(same, 0, x.sub(x.mT).div(divisor));
        }

        /// <summary>a = U diag(S) Vh.</summary>
        internal static void FactorSvd(Matrices a, Matrices us, Matrices ss, Matrices vhs, Span<double> room)
        {
            for (int i = 0; i < a.Count; i++)
                Decompose(a, i, us[i], us.Columns, ss[i], vhs[i], vhs.Rows, room);
        }

        /// <summary>Elements of the columns, their rotations, a whole basis and what its factorisation needs.</summary>
        internal static int RoomForSvd(int m, int n)
        {
            int tall = Math.Max(m, n), k = Math.Min(m, n);
            return (2 * tall * k) + (k * k) + (tall * tall) + HouseholderQr.RoomFor(tall, k, tall);
        }

        private static void Decompose(
            Matrices a, int i, Span<double> u, int uColumns, Span<double> s, Span<double> vh, int vhRows,
            Span<double> room)
        {
            int m = a.Rows, n = a.Columns, k = Math.Min(m, n), tall = Math.Max(m, n);
            bool wide = m < n;
            Span<double> left = room[..(tall * k)], right = room.Slice(tall * k, k * k);
            Span<double> matrix = a[i];
            for (int row = 0; row < m; row++)
            {
                for (int column = 0; column < n; column++)
                    left[wide ? (column * k) + row : (row * k) + column] = matrix[(row * n) + column];
            }

            if (!JacobiRotations.Singular(left, tall, k, s, right))
                throw new InvalidOperationException($"linalg.svd: {a.Place(i)} has elements that are not finite.");
            Span<double> full = Completed(left, tall, k, room[((tall * k) + (k * k))..]);
            for (int row = 0; row < m; row++)
            {
                for (int column = 0; column < uColumns; column++)
                    u[(row * uColumns) + column] = wide ? right[(row * k) + column] : full[(row * tall) + column];
            }

            for (int row = 0; row < vhRows; row++)
            {
                for (int column = 0; column < n; column++)
                    vh[(row * n) + column] = wide ? full[(column * tall) + row] : right[(column * k) + row];
            }
        }

        /// <summary>The columns that have a direction, and others that make an orthonormal basis with them.</summary>
        private static Span<double> Completed(ReadOnlySpan<double> columns, int m, int k, Span<double> room)
        {
            int known = 0;
            while (known < k && !IsZero(columns, m, k, known))
                known++;
            Span<double> basis = room[..(m * m)], copy = room.Slice(m * m, m * known);
            if (known < m)
            {
                for (int row = 0; row < m; row++)
                    columns.Slice(row * k, known).CopyTo(copy[(row * known)..]);
                HouseholderQr.Factor(copy, m, known, basis, m, room[((m * m) + (m * k))..]);
            }

            for (int row = 0; row < m; row++)
                columns.Slice(row * k, known).CopyTo(basis[(row * m)..]);
            return basis;
        }

        private static bool IsZero(ReadOnlySpan<double> columns, int m, int k, int column)
        {
            for (int row = 0; row < m; row++)
            {
                if (columns[(row * k) + column] != 0)
                    return false;
            }

            return true;
        }
    }
}
