namespace FinML.Torch;

public static partial class torch
{
    public static partial class linalg
    {
        /// <summary>
        /// Eigenvalues (rising) and eigenvectors (columns) of symmetric matrices, of which one triangle is read. The
        /// largest entry of each vector is positive. The gradient of the vectors divides by differences of eigenvalues.
        /// </summary>
        /// <param name="input">Square matrices.</param>
        /// <param name="UPLO">'L': the lower triangle, 'U': the upper.</param>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L')
        {
            if (UPLO is not ('L' or 'U'))
                throw new ArgumentException($"linalg.eigh: UPLO must be 'L' or 'U', got '{UPLO}'.");
            Matrices a = Matrices.Square("linalg.eigh", input);
            Matrices values = a.Like(1, a.Rows), vectors = a.Like(a.Rows, a.Rows);
            FactorEigen(a, UPLO, values, vectors);
            Tensor l = values.VectorResult(), v = vectors.Result();
            if (Tracer.Active)
            {
                TraceAs(
                    "linalg.eigh", [input], [l, v], x => ComposedJacobi.Eigen(x[0], UPLO == 'L'), UPLO.ToString());
            }

            if (Node.Needed(input))
            {
                Node.Record("linalg.eigh", [input], static (node, g, d) =>
                {
                    // V (diag(gL) + (V^T gV) / E) V^T with E_ij = L_j - L_i off the diagonal
                    Tensor l = node.Saved(0), v = node.Saved(1);
                    Tensor inner = g[0] is null ? zeros_like(v) : g[0]!.diag_embed();
                    if (g[1] is { } gradient)
                        inner = inner.add(OverGaps(v.mT.matmul(gradient), l));

                    d[0] = v.matmul(inner).matmul(v.mT);
                }, l, v).Save(l, v);
                // With M = V^T dA V, of the triangle that is read: dL = diag(M), dV = V (M / E)
                Tangents.Carry([l, v], [input], (l, v, UPLO), static (t, s) =>
                {
                    Tensor half = s.UPLO == 'L' ? t[0]! : t[0]!.mT, whole = Mirrored(half);
                    Tensor inner = s.v.mT.matmul(whole).matmul(s.v);
                    return [inner.diagonal(0, -2, -1), s.v.matmul(OverGaps(inner, s.l))];
                });
            }

            return (l, v);
        }

        /// <summary>a = V diag(values) V^T of one triangle of a, which is overwritten.</summary>
        internal static void FactorEigen(Matrices a, char UPLO, Matrices values, Matrices vectors)
        {
            int n = a.Rows;
            for (int i = 0; i < a.Count; i++)
            {
                Span<double> matrix = a[i];
                for (int row = 0; row < n; row++)
                {
                    for (int column = 0; column < row; column++)
                    {
                        if (UPLO == 'L')
                            matrix[(column * n) + row] = matrix[(row * n) + column];
                        else
                            matrix[(row * n) + column] = matrix[(column * n) + row];
                    }
                }

                if (!JacobiRotations.Eigen(matrix, n, values[i], vectors[i]))
                    throw new InvalidOperationException($"linalg.eigh: {a.Place(i)} has elements that are not finite.");
            }
        }

        /// <summary>X_ij / (L_j - L_i), zero on the diagonal and where eigenvalues are equal.</summary>
        private static Tensor OverGaps(Tensor x, Tensor l)
        {
            Tensor gaps = l.unsqueeze(-2).sub(l.unsqueeze(-1)), same = gaps.detach().eq(0);
            Tensor diagonal = eye(l.Sizes[^1]).to(ScalarType.Bool).logical_or(same);
            return torch.where(diagonal, 0, x.div(torch.where(diagonal, 1, gaps)));
        }

        /// <summary>Eigenvalues of symmetric matrices, rising.</summary>
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => eigh(input, UPLO).Item1;
    }
}
