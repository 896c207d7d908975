namespace FinML.Torch;

/// <summary>
/// JacobiRotations of operations that a file has operators for: a fixed number of sweeps, in each of which the rounds
/// of a tournament rotate disjoint pairs at once (Brent and Luk, 1985). The error falls quadratically, so that these
/// sweeps reach float64's rounding at the sizes that are allowed.
/// </summary>
internal static class ComposedJacobi
{
    /// <summary>A round costs about forty operators, and there are nearly n of them in a sweep: with so many a file
    /// stays below ten thousand.</summary>
    private const int MostRows = 16;

    /// <summary>Eigenvalues, rising, and vectors, the largest entry of each positive, of one triangle.</summary>
    internal static Tensor[] Eigen(Tensor a, bool lower)
    {
        (Tensor matrix, long n) = ComposedMatrices.Wide("linalg.eigh", a, a.Sizes[^1], MostRows);
        Tensor half = lower ? matrix : matrix.mT;
        matrix = half.tril().add(half.tril(-1).mT);
        Tensor vectors = torch.eye(n, dtype: ScalarType.Float64);
        foreach (Round round in Rounds(n))
        {
            Tensor flat = matrix.flatten(-2, -1);
            Tensor p = flat.index_select(-1, round.Diagonal(round.First, n));
            Tensor q = flat.index_select(-1, round.Diagonal(round.Second, n));
            Tensor off = flat.index_select(-1, round.OffDiagonal(n));
            Tensor rotation = Rotation(round, q.sub(p), off, off.eq(0), n);
            matrix = rotation.mT.matmul(matrix).matmul(rotation);
            vectors = vectors.matmul(rotation);
        }

        Tensor values = matrix.diagonal(0, -2, -1), order = values.argsort(-1);
        vectors = Ordered(vectors.add(matrix.mul(0)), order);
        Tensor largest = vectors.gather(-2, vectors.abs().argmax(-2, keepdim: true));
        vectors = vectors.mul(torch.where(largest.lt(0), -1.0, torch.ones([], ScalarType.Float64)));
        return [values.gather(-1, order).to(a.dtype), vectors.to(a.dtype)];
    }

    /// <summary>U, S and Vh. A column of U of a singular value that is zero to rounding is zero.</summary>
    internal static Tensor[] Singular(Tensor a, bool fullMatrices)
    {
        long m = a.Sizes[^2], n = a.Sizes[^1];
        if (m != n && fullMatrices)
        {
            throw new InvalidOperationException(
                $"onnx.export: 'linalg.svd' of shape {Shapes.Text(a.Sizes)} with fullMatrices completes a basis, for "
                + "which a file has no operators; use fullMatrices: false.");
        }

        if (m < n)
        {
            Tensor[] turned = Singular(a.mT, false);
            return [turned[2].mT, turned[1], turned[0].mT];
        }

        Tensor columns = ComposedMatrices.Wide("linalg.svd", a, m, MostRows).Matrix;
        Tensor vectors = torch.eye(n, dtype: ScalarType.Float64).add(columns.narrow(-2, 0, n).mul(0));
        foreach (Round round in Rounds(n))
        {
            Tensor p = columns.index_select(-1, round.First), q = columns.index_select(-1, round.Second);
            Tensor alpha = p.square().sum(-2), beta = q.square().sum(-2), gamma = p.mul(q).sum(-2);
            Tensor negligible = gamma.abs().le(alpha.mul(beta).sqrt().mul(1e-16));
            Tensor rotation = Rotation(round, beta.sub(alpha), gamma, negligible, n);
            columns = columns.matmul(rotation);
            vectors = vectors.matmul(rotation);
        }

        Tensor values = columns.square().sum(-2).sqrt(), order = values.argsort(-1, descending: true);
        values = values.gather(-1, order);
        Tensor known = values.gt(values.narrow(-1, 0, 1).mul(m * 2.3e-16)).unsqueeze(-2);
        Tensor left = torch.where(
            known, Ordered(columns, order).div(torch.where(known, values.unsqueeze(-2), 1.0)), 0.0);
        return [left.to(a.dtype), values.to(a.dtype), Ordered(vectors, order).mT.to(a.dtype)];
    }

    private static Tensor Ordered(Tensor columns, Tensor order) =>
        columns.gather(-1, order.unsqueeze(-2).expand(columns.Sizes));

    /// <summary>The rounds of all sweeps: every pair meets once in a sweep, none twice in a round.</summary>
    private static IEnumerable<Round> Rounds(long n)
    {
        if (n < 2)
            yield break;
        long players = n + (n % 2), sweeps = n == 2 ? 2 : 6 + (long)Math.Ceiling(Math.Log2(n));
        for (long i = 0; i < sweeps * (players - 1); i++)
        {
            List<long> first = [], second = [];
            for (long pair = 0; pair < players / 2; pair++)
            {
                // The last player stays, the others move around the table.
                long a = pair == 0 ? players - 1 : (i + pair) % (players - 1);
                long b = (i + players - 1 - pair) % (players - 1);
                if (Math.Max(a, b) < n)
                {
                    first.Add(Math.Min(a, b));
                    second.Add(Math.Max(a, b));
                }
            }

            yield return new Round(first, second);
        }
    }

    /// <summary>The rotation of each pair (p, q) by the angle whose double has the cotangent difference / (2 off).
    /// </summary>
    private static Tensor Rotation(Round round, Tensor difference, Tensor off, Tensor negligible, long n)
    {
        Tensor cotangent = difference.div(torch.where(negligible, 1.0, off).mul(2));
        Tensor tangent = cotangent.abs().add(cotangent.square().add(1).sqrt()).reciprocal();
        tangent = torch.where(negligible, 0.0, torch.where(cotangent.lt(0), tangent.neg(), tangent));
        Tensor cosine = tangent.square().add(1).rsqrt(), sine = tangent.mul(cosine);
        Tensor zero = cosine.narrow(-1, 0, 1).mul(0);
        Tensor entries = torch.cat([cosine, sine, sine.neg(), zero, zero.add(1)], -1);
        return entries.index_select(-1, round.Entries(n)).unflatten(-1, n, n);
    }

    private sealed class Round(List<long> first, List<long> second)
    {
        internal Tensor First => torch.tensor([.. first]);

        internal Tensor Second => torch.tensor([.. second]);

        internal Tensor Diagonal(Tensor axis, long n) => axis.mul(n + 1);

        internal Tensor OffDiagonal(long n) => First.mul(n).add(Second);

        /// <summary>For each element of the rotation, row by row, its place among the cosines, the sines, their
        /// negatives, zero and one.</summary>
        internal Tensor Entries(long n)
        {
            int pairs = first.Count;
            long[] places = new long[n * n];
            for (long i = 0; i < places.Length; i++)
                places[i] = i % (n + 1) == 0 ? (3 * pairs) + 1 : 3 * pairs;
            for (int i = 0; i < pairs; i++)
            {
                (long p, long q) = (first[i], second[i]);
                places[p * (n + 1)] = places[q * (n + 1)] = i;
                places[(p * n) + q] = pairs + i;
                places[(q * n) + p] = (2 * pairs) + i;
            }

            return torch.tensor(places);
        }
    }
}
