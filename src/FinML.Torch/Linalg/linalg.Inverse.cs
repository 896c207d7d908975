namespace FinML.Torch;

public static partial class torch
{
    public static Tensor pinverse(Tensor input, double rcond = 1e-15, bool hermitian = false) =>
        input.pinverse(rcond, hermitian);

    public static partial class linalg
    {
        /// <summary>Moore and Penrose's inverse. Singular values up to max(atol, rtol * the largest) count as zero;
        /// rtol is max(m, n) times the dtype's epsilon where neither is given.</summary>
        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false)
        {
            Tensor result;
            using (no_grad())
            {
                (Tensor u, Tensor s, Tensor vh) = svd(hermitian ? Mirrored(input) : input, fullMatrices: false);
                Tensor kept = s.gt(Cutoff(input, s, atol, rtol)), inverse = torch.where(kept, s, 1).reciprocal();
                result = vh.mT.mul(torch.where(kept, inverse, 0).unsqueeze(-2)).matmul(u.mT);
            }

            if (Node.Needed(input))
            {
                Node.Record("linalg.pinv", input, static (node, g, d) =>
                {
                    // Golub and Pereyra (1973), of a matrix whose rank does not change
                    Tensor a = node.Saved(0), p = node.Saved(1), h = g[0]!.mT;
                    Tensor inner = p.matmul(h).matmul(p).mT.neg();
                    Tensor left = h.sub(a.matmul(p.matmul(h))).matmul(p).matmul(p.mT);
                    Tensor right = p.mT.matmul(p).matmul(h.sub(h.matmul(p).matmul(a)));
                    d[0] = inner.add(left).add(right);
                }, result).Save(input, result);
                // Golub and Pereyra (1973): dP = P P^T dA^T (I - A P) + (I - P A) dA^T P^T P - P dA P
                Tangents.Carry(result, input, (a: input, p: result), static (t, s) =>
                {
                    Tensor left = s.p.matmul(s.p.mT).matmul(t.mT), right = t.mT.matmul(s.p.mT).matmul(s.p);
                    left = left.sub(left.matmul(s.a).matmul(s.p));
                    right = right.sub(s.p.matmul(s.a).matmul(right));
                    return left.add(right).sub(s.p.matmul(t).matmul(s.p));
                });
            }

            return result;
        }

        /// <summary>How many singular values are above max(atol, rtol * the largest); int64.</summary>
        public static Tensor matrix_rank(
            Tensor input, double? atol = null, double? rtol = null, bool hermitian = false)
        {
            using (no_grad())
            {
                Tensor s = svdvals(hermitian ? Mirrored(input) : input);
                return s.gt(Cutoff(input, s, atol, rtol)).sum(-1);
            }
        }

        /// <summary>The x that makes |input x - other| smallest, of the smallest norm where several do; the squared
        /// residuals (where m is above n and all ranks are n, else empty), ranks and singular values.</summary>
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(
            Tensor input, Tensor other) => LeastSquares(input, other, null);

        /// <summary>As above; singular values up to rcond times the largest count as zero.</summary>
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(
            Tensor input, Tensor other, double rcond) => LeastSquares(input, other, rcond);

        /// <summary>The condition number: the largest singular value over the smallest.</summary>
        public static Tensor cond(Tensor input)
        {
            Tensor s = svdvals(input);
            return s.select(-1, 0).div(s.select(-1, -1));
        }

        /// <summary>The condition number by a matrix norm: |A| |A^-1|.</summary>
        public static Tensor cond(Tensor input, double p) =>
            matrix_norm(input, p).mul(matrix_norm(inv(input), p));

        public static Tensor cond(Tensor input, int p) => cond(input, (double)p);

        public static Tensor cond(Tensor input, string p) => matrix_norm(input, p).mul(matrix_norm(inv(input), p));

        private static (Tensor, Tensor, Tensor, Tensor) LeastSquares(Tensor a, Tensor b, double? rcond)
        {
            bool vector = b.Sizes.Length == a.Sizes.Length - 1 && Shapes.Equal(b.Sizes, a.Sizes.AsSpan(..^1));
            bool rows = vector || (b.Sizes.Length >= 2 && a.Sizes.Length >= 2 && b.Sizes[^2] == a.Sizes[^2]);
            if (a.Sizes.Length < 2 || a.dtype != b.dtype || !rows)
            {
                throw new ArgumentException(
                    $"linalg.lstsq: needs as many rows in both and one dtype, got {a.dtype}{Shapes.Text(a.Sizes)} and "
                    + $"{b.dtype}{Shapes.Text(b.Sizes)}.");
            }

            if (Tracer.Active && a.Sizes[^2] > a.Sizes[^1])
            {
                Tracer.Read(
                    a, "linalg.lstsq",
                    "The shape of the residuals depends on the ranks; the solution is linalg.pinv(a).matmul(b).");
            }

            Tensor right = vector ? b.unsqueeze(-1) : b;
            Tensor solution = pinv(a, rtol: rcond).matmul(right), s, rank;
            using (no_grad())
            {
                s = svdvals(a);
                rank = matrix_rank(a, rtol: rcond);
            }

            bool overdetermined = a.Sizes[^2] > a.Sizes[^1] && rank.eq(a.Sizes[^1]).all().ToBoolean();
            Tensor residuals = overdetermined
                ? a.matmul(solution).sub(right).square().sum(-2)
                : empty([0], a.dtype);
            return (vector ? solution.squeeze(-1) : solution, residuals, rank, s);
        }

        private static Tensor Mirrored(Tensor a) => a.tril().add(a.tril(-1).mT);

        private static Tensor Cutoff(Tensor a, Tensor s, double? atol, double? rtol)
        {
            double epsilon = a.dtype == ScalarType.Float32 ? 1.1920929e-7 : 2.220446049250313e-16;
            double relative = rtol ?? (atol > 0 ? 0 : Math.Max(a.Sizes[^2], a.Sizes[^1]) * epsilon);
            return s.Sizes[^1] == 0 ? s : s.narrow(-1, 0, 1).mul(relative).clamp(min: atol ?? 0.0);
        }
    }

    public partial class Tensor
    {
        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) =>
            linalg.pinv(this, rtol: rcond, hermitian: hermitian);
    }
}
