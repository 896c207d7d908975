namespace FinML.Torch;

/// <summary>
/// Linear algebra of operations that a file has operators for, unrolled over the rows: a trace for a file records these
/// in place of the kernels. They compute in float64, as the kernels do. What the kernels refuse with an error - a
/// singular matrix, one that is not positive definite - gives infinities or NaN here.
/// </summary>
internal static class ComposedMatrices
{
    /// <summary>A row costs about twenty operators: with so many a file stays below some thousands.</summary>
    private const int MostRows = 64;

    /// <summary>So many squarings reach norms of 5500.</summary>
    private const int MostSquarings = 10;

    /// <summary>L with L L^T = a, column by column, of the lower triangle.</summary>
    internal static Tensor Cholesky(Tensor a)
    {
        (Tensor rest, long n) = Wide("linalg.cholesky", a, a.Sizes[^1], MostRows);
        List<Tensor> columns = [];
        for (long k = 0; k < n; k++)
        {
            Tensor column = rest.narrow(-1, 0, 1).div(rest.narrow(-1, 0, 1).narrow(-2, 0, 1).sqrt());
            columns.Add(k == 0 ? column : torch.nn.functional.pad(column, [0, 0, k, 0]));
            if (k == n - 1)
                break;
            Tensor below = column.narrow(-2, 1, n - k - 1);
            rest = rest.narrow(-2, 1, n - k - 1).narrow(-1, 1, n - k - 1).sub(below.matmul(below.mT));
        }

        return n == 0 ? a : torch.cat(columns, -1).to(a.dtype);
    }

    /// <summary>The x with t x = b, t triangular, row by row.</summary>
    internal static Tensor SolveTriangular(Tensor t, Tensor b, bool upper, bool unit)
    {
        (Tensor matrix, long n) = Wide("linalg.solve_triangular", t, t.Sizes[^1], MostRows);
        Tensor sides = b.to(ScalarType.Float64);
        Tensor? known = null;
        for (long step = 0; step < n; step++)
        {
            long i = upper ? n - 1 - step : step;
            Tensor row = sides.narrow(-2, i, 1), line = matrix.narrow(-2, i, 1);
            if (known is not null)
                row = row.sub(line.narrow(-1, upper ? i + 1 : 0, step).matmul(known));
            if (!unit)
                row = row.div(line.narrow(-1, i, 1));
            known = known is null ? row : torch.cat(upper ? [row, known] : [known, row], -2);
        }

        return known?.to(b.dtype) ?? b;
    }

    /// <summary>The x with a x = b: elimination with partial pivoting, then the triangle from below.</summary>
    internal static Tensor Solve(Tensor a, Tensor b)
    {
        (Tensor matrix, long n) = Wide("linalg.solve", a, a.Sizes[^1], MostRows);
        List<Tensor> rows = [];
        Tensor rest = torch.cat([matrix, b.to(ScalarType.Float64)], -1);
        for (long k = 0; k < n; k++)
            rows.Add(Eliminate(ref rest, n - k).Row);
        Tensor? known = null;
        for (long k = n - 1; k >= 0; k--)
        {
            Tensor side = rows[(int)k].narrow(-1, n - k, b.Sizes[^1]);
            if (known is not null)
                side = side.sub(rows[(int)k].narrow(-1, 1, n - k - 1).matmul(known));
            side = side.div(rows[(int)k].narrow(-1, 0, 1));
            known = known is null ? side : torch.cat([side, known], -2);
        }

        return known?.to(b.dtype) ?? b;
    }

    /// <summary>The inverse: identities, one for each matrix of the batch, are the right sides.</summary>
    internal static Tensor Inverse(Tensor a)
    {
        Tensor one = torch.eye(a.Sizes[^1], dtype: a.dtype);
        return Solve(a, torch.where(a.eq(a), one, one));
    }

    /// <summary>The sign of the determinant and the logarithm of its magnitude.</summary>
    internal static Tensor[] LogDeterminant(Tensor a)
    {
        (Tensor rest, long n) = Wide("linalg.slogdet", a, a.Sizes[^1], MostRows);
        Tensor one = torch.ones([], ScalarType.Float64), sign = one, log = torch.zeros([], ScalarType.Float64);
        for (long k = 0; k < n; k++)
        {
            (Tensor row, Tensor swapped) = Eliminate(ref rest, n - k);
            Tensor pivot = row.narrow(-1, 0, 1).squeeze(-1).squeeze(-1);
            sign = sign.mul(pivot.sign()).mul(torch.where(swapped.squeeze(-1).squeeze(-1), -1.0, one));
            log = log.add(pivot.abs().log());
        }

        return [sign.to(a.dtype), log.to(a.dtype)];
    }

    /// <summary>Q, with <paramref name="k"/> columns, and R by Householder's reflections.</summary>
    internal static Tensor[] Qr(Tensor a, int k)
    {
        long m = a.Sizes[^2], columns = a.Sizes[^1], steps = Math.Min(m, columns);
        Tensor rest = Wide("linalg.qr", a, Math.Max(m, columns), MostRows).Matrix;
        List<Tensor> rows = [];
        List<(Tensor Vector, Tensor Scale)> reflections = [];
        for (long j = 0; j < steps; j++)
        {
            if (m - j > 1)
            {
                (Tensor vector, Tensor scale) = Reflection(rest.narrow(-1, 0, 1), m - j);
                reflections.Add((j == 0 ? vector : torch.nn.functional.pad(vector, [0, 0, j, 0]), scale));
                rest = rest.sub(vector.mul(scale).matmul(vector.mT.matmul(rest)));
            }

            Tensor top = rest.narrow(-2, 0, 1);
            rows.Add(j == 0 ? top : torch.nn.functional.pad(top, [j, 0]));
            if (j < steps - 1)
                rest = rest.narrow(-2, 1, m - j - 1).narrow(-1, 1, columns - j - 1);
        }

        Tensor r = torch.cat(rows, -2);
        if (k > steps)
            r = torch.nn.functional.pad(r, [0, 0, 0, k - steps]);

        // Without a reflection Q is one, for each matrix of the batch.
        Tensor q = reflections.Count == 0
            ? r.narrow(-1, 0, 1).mul(0).add(1)
            : torch.eye(m, k, ScalarType.Float64);
        for (int j = reflections.Count - 1; j >= 0; j--)
            q = q.sub(reflections[j].Vector.mul(reflections[j].Scale).matmul(reflections[j].Vector.mT.matmul(q)));
        return [q.to(a.dtype), r.to(a.dtype)];
    }

    /// <summary>exp(a): the approximant of MatrixExponential, squared as often as each matrix needs.</summary>
    internal static Tensor Exponential(Tensor a)
    {
        (Tensor matrix, long n) = Wide("linalg.matrix_exp", a, a.Sizes[^1], MostRows);
        if (n == 0)
            return a;
        double[] c = MatrixExponential.Pade;
        Tensor norm = matrix.abs().sum(-2, keepdim: true).amax([-1], keepdim: true);
        Tensor squarings = norm.div(MatrixExponential.PadeNorm).log2().ceil().clamp(0, MostSquarings);
        Tensor x = matrix.mul(squarings.neg().exp2()), one = torch.eye(n, dtype: ScalarType.Float64);
        Tensor x2 = x.matmul(x), x4 = x2.matmul(x2), x6 = x4.matmul(x2);
        Tensor odd = x.matmul(x6.matmul(Sum(13, 11, 9)).add(Sum(7, 5, 3)).add(one.mul(c[1])));
        Tensor even = x6.matmul(Sum(12, 10, 8)).add(Sum(6, 4, 2)).add(one.mul(c[0]));
        Tensor result = Solve(even.sub(odd), even.add(odd));
        for (int i = 0; i < MostSquarings; i++)
            result = torch.where(squarings.gt(i), result.matmul(result), result);
        return result.to(a.dtype);

        Tensor Sum(int six, int four, int two) => x6.mul(c[six]).add(x4.mul(c[four])).add(x2.mul(c[two]));
    }

    /// <summary>In float64; refused where a file would have too many operators.</summary>
    internal static (Tensor Matrix, long Rows) Wide(string name, Tensor a, long rows, int most) => rows <= most
        ? (a.to(ScalarType.Float64), rows)
        : throw new InvalidOperationException(
            $"onnx.export: '{name}' of shape {Shapes.Text(a.Sizes)} is unrolled in a file, which is done for up to "
            + $"{most} rows; compute it outside of the model, or use compile_inference.");

    /// <summary>Brings the row with the largest first element to the top, takes it out, and makes the first elements of
    /// the others zero, which are left out too.</summary>
    private static (Tensor Row, Tensor Swapped) Eliminate(ref Tensor rest, long rows)
    {
        Tensor first = rest.narrow(-1, 0, 1), pivot = first.abs().argmax(-2, keepdim: true);
        Tensor here = torch.arange(rows).reshape(rows, 1).eq(pivot);
        Tensor top = torch.where(here, rest, 0.0).sum(-2, keepdim: true);
        if (rows > 1)
        {
            long width = rest.Sizes[^1];
            Tensor others = torch.where(here, rest.narrow(-2, 0, 1), rest).narrow(-2, 1, rows - 1);
            Tensor divisor = top.narrow(-1, 0, 1);
            divisor = torch.where(divisor.eq(0), 1.0, divisor);
            Tensor factors = others.narrow(-1, 0, 1).div(divisor);
            rest = others.narrow(-1, 1, width - 1).sub(factors.mul(top.narrow(-1, 1, width - 1)));
        }

        return (top, pivot.ne(0));
    }

    /// <summary>v and 2 / |v|^2 of the reflection I - 2 v v^T / |v|^2 that makes a column zero but for its first
    /// element; 0 for the scale where it is so already.</summary>
    private static (Tensor Vector, Tensor Scale) Reflection(Tensor column, long rows)
    {
        Tensor first = column.narrow(-2, 0, 1), others = column.narrow(-2, 1, rows - 1);
        Tensor squares = others.square().sum(-2, keepdim: true);
        Tensor norm = first.square().add(squares).sqrt();
        Tensor head = first.add(torch.where(first.ge(0), norm, norm.neg()));
        Tensor zero = squares.eq(0), length = head.square().add(squares);
        Tensor scale = torch.where(zero, 0.0, torch.where(zero, 1.0, length).reciprocal().mul(2));
        return (torch.cat([head, others], -2), scale);
    }
}
