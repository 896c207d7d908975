namespace FinML.Torch;

/// <summary>The little linear algebra that a multivariate normal needs, made of ops that record.</summary>
internal static class TriangularMatrices
{
    /// <summary>The lower factor L with L L^T = A, column by column: a_jj and a_ij less the products of the columns
    /// before, over the root of the former.</summary>
    /// <param name="matrix">(..., n, n), symmetric; its lower part is read.</param>
    /// <exception cref="ArgumentException">It is not positive definite.</exception>
    internal static Tensor Cholesky(Tensor matrix)
    {
        long n = matrix.shape[^1];
        List<Tensor> columns = [];
        for (long j = 0; j < n; j++)
        {
            Tensor column = matrix.select(-1, j).narrow(-1, j, n - j);
            for (int k = 0; k < columns.Count; k++)
            {
                Tensor tail = columns[k].narrow(-1, j, n - j);
                column -= tail * tail.narrow(-1, 0, 1);
            }

            Tensor pivot = column.narrow(-1, 0, 1);
            if (!pivot.detach().gt(0).all().ToBoolean())
                throw new ArgumentException($"cholesky: minor {j + 1} is not positive definite.");
            Tensor entries = column / pivot.sqrt();
            columns.Add(j == 0
                ? entries
                : torch.cat([torch.zeros([.. entries.Sizes[..^1], j], entries.dtype), entries], -1));
        }

        return torch.stack(columns, -1);
    }

    /// <summary>X with L X = B, row by row.</summary>
    /// <param name="lower">(..., n, n).</param>
    /// <param name="right">(..., n, k); batch axes broadcast.</param>
    internal static Tensor SolveLower(Tensor lower, Tensor right)
    {
        long n = lower.shape[^1];
        List<Tensor> rows = [];
        for (long i = 0; i < n; i++)
        {
            Tensor row = right.narrow(-2, i, 1);
            Tensor factors = lower.narrow(-2, i, 1);
            if (i > 0)
                row -= factors.narrow(-1, 0, i).matmul(torch.cat(rows, -2));
            rows.Add(row / factors.narrow(-1, i, 1));
        }

        return torch.cat(rows, -2);
    }

    /// <summary>(..., n).</summary>
    internal static Tensor Diagonal(Tensor matrix)
    {
        long n = matrix.shape[^1];
        return (matrix * torch.eye(n, dtype: matrix.dtype)).sum(-1);
    }
}
