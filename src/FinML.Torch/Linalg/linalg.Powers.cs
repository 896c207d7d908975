namespace FinML.Torch;

public static partial class torch
{
    public static Tensor matrix_exp(Tensor input) => linalg.matrix_exp(input);

    public static Tensor matrix_power(Tensor input, int n) => linalg.matrix_power(input, n);

    public static partial class linalg
    {
        /// <summary>The exponential of square matrices.</summary>
        public static Tensor matrix_exp(Tensor input)
        {
            Matrices a = Matrices.Square("linalg.matrix_exp", input);
            Matrices results = a.Like(a.Rows, a.Rows);
            new MatrixExponential(a.Rows).Run(a, results);
            Tensor result = results.Result();
            if (Tracer.Active)
                TraceAs("linalg.matrix_exp", [input], [result], static x => [ComposedMatrices.Exponential(x[0])]);
            if (Node.Needed(input))
            {
                Node.Record("linalg.matrix_exp", input, static (node, g, d) =>
                    d[0] = ExponentialSlope(node.Saved(0).mT, g[0]!), result).Save(input);
                Tangents.Carry(result, input, input, static (t, a) => ExponentialSlope(a, t));
            }

            return result;
        }

        /// <summary>How exp(A) moves along T: the upper right block of exp of [[A, T], [0, A]] (Mathias, 1996).
        /// </summary>
        private static Tensor ExponentialSlope(Tensor a, Tensor t)
        {
            long n = a.Sizes[^1];
            Tensor upper = cat([a, t], -1), lower = cat([zeros_like(a), a], -1);
            return matrix_exp(cat([upper, lower], -2)).narrow(-2, 0, n).narrow(-1, n, n);
        }

        /// <summary>The product of n factors, by squaring; of the inverse where n is below zero.</summary>
        internal static Tensor matrix_power(Tensor input, int n)
        {
            if (input.Sizes.Length < 2 || input.Sizes[^1] != input.Sizes[^2])
            {
                throw new ArgumentException(
                    $"linalg.matrix_power: needs square matrices, got shape {Shapes.Text(input.Sizes)}.");
            }

            if (n == 0)
                return eye(input.Sizes[^1], dtype: input.dtype).expand(input.Sizes).clone();
            Tensor power = n < 0 ? inv(input) : input;
            Tensor? result = null;
            for (long rest = Math.Abs((long)n); ; power = power.matmul(power))
            {
                if (rest % 2 == 1)
                    result = result?.matmul(power) ?? power;
                rest /= 2;
                if (rest == 0)
                    return result!;
            }
        }

        /// <summary>The product of matrices from left to right, bracketed for the fewest multiplications; the first and
        /// the last may be vectors.</summary>
        public static Tensor multi_dot(IList<Tensor> tensors)
        {
            int count = tensors.Count;
            if (count == 0)
                throw new ArgumentException("linalg.multi_dot: needs at least one matrix.", nameof(tensors));
            if (count == 1)
                return tensors[0].alias();
            Tensor[] all = [.. tensors];
            bool row = all[0].Sizes.Length == 1, column = all[^1].Sizes.Length == 1;
            all[0] = row ? all[0].unsqueeze(0) : all[0];
            all[^1] = column ? all[^1].unsqueeze(1) : all[^1];
            for (int i = 0; i < count; i++)
            {
                if (all[i].Sizes.Length != 2 || (i > 0 && all[i - 1].Sizes[1] != all[i].Sizes[0]))
                {
                    throw new ArgumentException(
                        $"linalg.multi_dot: operand {i} of shape {Shapes.Text(tensors[i].Sizes)} does not multiply.");
                }
            }

            Tensor result = Bracketed(all);
            result = row ? result.squeeze(0) : result;
            return column ? result.squeeze(-1) : result;
        }

        /// <summary>The usual dynamic programme: cost[i, j] is the least cost of the factors i to j.</summary>
        private static Tensor Bracketed(Tensor[] factors)
        {
            int n = factors.Length;
            double[,] cost = new double[n, n];
            int[,] split = new int[n, n];
            for (int length = 1; length < n; length++)
            {
                for (int i = 0; i + length < n; i++)
                {
                    int j = i + length;
                    cost[i, j] = double.PositiveInfinity;
                    for (int k = i; k < j; k++)
                    {
                        double own = (double)factors[i].Sizes[0] * factors[k].Sizes[1] * factors[j].Sizes[1];
                        double total = cost[i, k] + cost[k + 1, j] + own;
                        if (total < cost[i, j])
                            (cost[i, j], split[i, j]) = (total, k);
                    }
                }
            }

            return Product(0, n - 1);

            Tensor Product(int i, int j) =>
                i == j ? factors[i] : Product(i, split[i, j]).mm(Product(split[i, j] + 1, j));
        }
    }

    public partial class Tensor
    {
        public Tensor matrix_exp() => linalg.matrix_exp(this);

        public Tensor matrix_power(int n) => linalg.matrix_power(this, n);
    }
}
