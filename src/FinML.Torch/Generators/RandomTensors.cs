namespace FinML.Torch;

public static partial class torch
{
    /// <summary>Uniform on [0, 1).</summary>
    public static Tensor rand(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Leaf(empty(size, dtype).uniform_(0, 1, generator), requires_grad);

    public static Tensor rand(
        long dim0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        rand([dim0], dtype, device, requires_grad, generator);

    public static Tensor rand(
        long dim0, long dim1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => rand([dim0, dim1], dtype, device, requires_grad, generator);

    public static Tensor rand(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => rand([dim0, dim1, dim2], dtype, device, requires_grad, generator);

    /// <summary>Standard normal.</summary>
    public static Tensor randn(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Leaf(empty(size, dtype).normal_(0, 1, generator), requires_grad);

    public static Tensor randn(
        long dim0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        randn([dim0], dtype, device, requires_grad, generator);

    public static Tensor randn(
        long dim0, long dim1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => randn([dim0, dim1], dtype, device, requires_grad, generator);

    public static Tensor randn(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => randn([dim0, dim1, dim2], dtype, device, requires_grad, generator);

    public static Tensor rand_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => rand(input.Sizes, dtype ?? input.dtype, device, requires_grad, generator);

    public static Tensor randn_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => randn(input.Sizes, dtype ?? input.dtype, device, requires_grad, generator);

    /// <summary>Integers in [low, high), all equally likely, in the input's shape and, if none is given, its dtype.
    /// </summary>
    public static Tensor randint_like(
        Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        randint(low, high, input.Sizes, dtype ?? input.dtype, device, generator).requires_grad_(requires_grad);

    /// <summary>Integers in [low, high), all equally likely.</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, Generator? generator = null)
    {
        if (low >= high)
        {
            throw new ArgumentException($"randint: low must be below high, got {low} and {high}.");
        }

        Tensor result = empty(size, ScalarType.Int64);
        Draws.Integers(generator ?? Generator.Default, low, high, result.Span<long>());
        return result.to(dtype ?? ScalarType.Int64);
    }

    /// <summary>Integers in [0, high), all equally likely.</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, Generator? generator = null) =>
        randint(0, high, size, dtype, device, generator);

    /// <summary>The integers below n in random order (Fisher and Yates).</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, Generator? generator = null)
    {
        Tensor result = arange(n);
        Span<long> items = result.Span<long>();
        double[] draws = new double[Math.Max(0, items.Length - 1)];
        Draws.Uniform(generator ?? Generator.Default, draws);
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)(draws[i - 1] * (i + 1));
            (items[i], items[j]) = (items[j], items[i]);
        }

        return result.to(dtype ?? ScalarType.Int64);
    }

    /// <summary>1 with the probability that the input holds, else 0.</summary>
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    /// <summary>Positions drawn with the weights that rows of the input hold.</summary>
    public static Tensor multinomial(
        Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);

    /// <summary>Normal with the given means and standard deviations.</summary>
    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) =>
        mean.add(std.mul(randn_like(mean, generator: generator)));

    public partial class Tensor
    {
        /// <summary>Overwritten with draws uniform on [from, to).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null)
        {
            if (!(from <= to) || !double.IsFinite(to - from))
            {
                throw new ArgumentException($"uniform_: needs finite from <= to, got {from} and {to}.");
            }

            return Draw("uniform_", generator, normal: false, to - from, from);
        }

        /// <summary>Overwritten with normal draws.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => std >= 0
            ? Draw("normal_", generator, normal: true, std, mean)
            : throw new ArgumentOutOfRangeException(nameof(std), std, "normal_: std must be at least 0.");

        /// <summary>1 with the probability that each element holds, else 0, in this tensor's dtype.</summary>
        public Tensor bernoulli(Generator? generator = null)
        {
            using (no_grad())
            {
                if (!dtype.IsFloating() || !ge(0).logical_and(le(1)).all().ToBoolean())
                {
                    throw new ArgumentException(
                        $"bernoulli: needs floating probabilities in [0, 1], got {dtype}{Shapes.Text(Sizes)}.");
                }

                return torch.rand_like(this, generator: generator).lt(this).to(dtype);
            }
        }

        /// <summary>Overwritten with 1 with probability p, else 0.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            InPlace.Check("bernoulli_", this);
            if (!(p >= 0 && p <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(p), p, "bernoulli_: p must be in [0, 1].");
            }

            Copying.Copy(rand(Sizes, ScalarType.Float64, generator: generator).lt(p), this);
            return MarkWritten("bernoulli_");
        }

        /// <summary>Positions (int64) drawn with the weights that each row holds; (..., num_samples).</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null)
        {
            if (Sizes.Length is < 1 or > 2 || !dtype.IsFloating() || Sizes[^1] == 0)
            {
                throw new ArgumentException(
                    $"multinomial: needs floating weights of shape (n) or (rows, n), got {dtype}{Shapes.Text(Sizes)}.");
            }

            int n = (int)Sizes[^1], rows = (int)(count / n);
            if (num_samples < 1 || (!replacement && num_samples > n))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(num_samples),
                    num_samples,
                    $"multinomial: num_samples must be in [1, {n}] without replacement.");
            }

            double[] weights = detach().to(ScalarType.Float64).contiguous().Span<double>().ToArray();
            double[] draws = new double[rows * num_samples];
            Draws.Uniform(generator ?? Generator.Default, draws);
            Tensor result = Uninitialized([.. Sizes[..^1], num_samples], ScalarType.Int64);
            Span<long> chosen = result.Span<long>();
            for (int i = 0; i < chosen.Length; i++)
            {
                Span<double> row = weights.AsSpan(i / (int)num_samples * n, n);
                chosen[i] = Pick(row, draws[i]);
                if (!replacement)
                {
                    row[(int)chosen[i]] = 0;
                }
            }

            return result;
        }

        /// <summary>The first position whose running weight exceeds a share of the whole.</summary>
        private static int Pick(ReadOnlySpan<double> weights, double share)
        {
            double total = 0;
            int last = -1;
            for (int i = 0; i < weights.Length; i++)
            {
                if (!(weights[i] >= 0) || double.IsInfinity(weights[i]))
                {
                    throw new ArgumentException(
                        $"multinomial: weights must be finite and at least 0, got {weights[i]}.");
                }

                total += weights[i];
                last = weights[i] > 0 ? i : last;
            }

            if (last < 0)
            {
                throw new ArgumentException("multinomial: a row has too few positive weights.");
            }

            double running = 0, limit = share * total;
            for (int i = 0; i < last; i++)
            {
                running += weights[i];
                if (running > limit)
                {
                    return i;
                }
            }

            return last;
        }

        private Tensor Draw(string name, Generator? generator, bool normal, double scale, double shift)
        {
            _ = storage ?? throw Disposed(name);
            InPlace.Check(name, this);
            if (dtype == ScalarType.BFloat16)
            {
                using Tensor draws = Uninitialized(Sizes, ScalarType.Float32);
                Copying.Copy(draws.Draw(name, generator, normal, scale, shift), this);
                return MarkWritten(name);
            }

            Generator source = generator ?? Generator.Default;
            Tensor target = IsContiguous ? this : Uninitialized(Sizes, dtype);
            if (dtype == ScalarType.Float32)
            {
                Span<float> items = target.Span<float>();
                if (normal)
                {
                    Draws.Normal(source, items);
                }
                else
                {
                    Draws.Uniform(source, items);
                }
            }
            else if (dtype == ScalarType.Float64)
            {
                Span<double> items = target.Span<double>();
                if (normal)
                {
                    Draws.Normal(source, items);
                }
                else
                {
                    Draws.Uniform(source, items);
                }
            }
            else
            {
                throw new ArgumentException($"{name}: needs a floating tensor, got {dtype}{Shapes.Text(Sizes)}.");
            }

            if (scale != 1)
            {
                Elementwise.ScalarInto<MultiplyOperation>(name, target, scale, target);
            }

            if (shift != 0)
            {
                Elementwise.ScalarInto<AddOperation>(name, target, shift, target);
            }

            if (!ReferenceEquals(target, this))
            {
                Copying.Copy(target, this);
                target.Dispose();
            }

            return MarkWritten(name);
        }
    }
}
