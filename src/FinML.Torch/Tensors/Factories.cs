namespace FinML.Torch;

public static partial class torch
{
    /// <summary>Zeros of the given shape.</summary>
    public static Tensor zeros(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(size, 0, dtype ?? defaultType, device, requires_grad);

    public static Tensor zeros(
        long dim0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([dim0], dtype, device, requires_grad);

    public static Tensor zeros(
        long dim0, long dim1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([dim0, dim1], dtype, device, requires_grad);

    public static Tensor zeros(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor zeros(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        zeros([dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>Ones of the given shape.</summary>
    public static Tensor ones(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(size, 1, dtype ?? defaultType, device, requires_grad);

    public static Tensor ones(long dim0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([dim0], dtype, device, requires_grad);

    public static Tensor ones(
        long dim0, long dim1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([dim0, dim1], dtype, device, requires_grad);

    public static Tensor ones(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor ones(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        ones([dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>A tensor whose elements are undefined until written.</summary>
    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Shapes.Check("empty", size);
        return Leaf(Tensor.Uninitialized((long[])size.Clone(), dtype ?? defaultType), requires_grad);
    }

    public static Tensor empty(
        long dim0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty([dim0], dtype, device, requires_grad);

    public static Tensor empty(
        long dim0, long dim1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty([dim0, dim1], dtype, device, requires_grad);

    public static Tensor empty(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty([dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor empty(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        empty([dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>One value everywhere; its kind gives the dtype where none is given.</summary>
    public static Tensor full(
        long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Shapes.Check("full", size);
        ScalarType type = dtype
            ?? (value.Type.IsFloating() ? defaultType : value.Type == ScalarType.Bool ? value.Type : ScalarType.Int64);
        return Leaf(Tensor.Uninitialized((long[])size.Clone(), type).FillWith(value), requires_grad);
    }

    public static Tensor full(
        long size, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        full([size], value, dtype, device, requires_grad);

    public static Tensor full(
        long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        full([rows, columns], value, dtype, device, requires_grad);

    public static Tensor full(
        long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        full([dim0, dim1, dim2], value, dtype, device, requires_grad);

    public static Tensor full(
        long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        full([dim0, dim1, dim2, dim3], value, dtype, device, requires_grad);

    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros(input.Sizes, dtype ?? input.dtype, device, requires_grad);

    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones(input.Sizes, dtype ?? input.dtype, device, requires_grad);

    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty(input.Sizes, dtype ?? input.dtype, device, requires_grad);

    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(input.Sizes, value, dtype ?? input.dtype, device, requires_grad);

    /// <summary>0, 1, ... below stop.</summary>
    public static Tensor arange(
        Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>start, start + step, ... before stop; int64 where all three are integers.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        double first = start.Double, hop = step.Double, length = Math.Ceiling((stop.Double - first) / hop);
        if (!(length >= 0) || !double.IsFinite(length))
        {
            throw new ArgumentException($"arange: no steps of {step} lead from {start} to {stop}.");
        }

        bool whole = !start.Type.IsFloating() && !stop.Type.IsFloating() && !step.Type.IsFloating();
        ScalarType type = dtype ?? (whole ? ScalarType.Int64 : defaultType);
        Tensor result = Tensor.Uninitialized([(long)length], whole ? ScalarType.Int64 : ScalarType.Float64);
        for (int i = 0; i < result.Count; i++)
        {
            if (whole)
            {
                result.Span<long>()[i] = start.Long + (i * step.Long);
            }
            else
            {
                result.Span<double>()[i] = first + (i * hop);
            }
        }

        return Leaf(result.to(type), requires_grad);
    }

    /// <summary>Evenly spaced numbers from start to end, both included.</summary>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        Tensor result = Tensor.Uninitialized([steps], ScalarType.Float64);
        Span<double> items = result.Span<double>();
        double hop = steps > 1 ? (end - start) / (steps - 1) : 0;
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = i < items.Length / 2 || steps == 1 ? start + (i * hop) : end - ((steps - 1 - i) * hop);
        }

        return Leaf(result.to(dtype ?? defaultType), requires_grad);
    }

    /// <summary>Powers of the base, their exponents evenly spaced from start to end, both included.</summary>
    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        Tensor exponents = linspace(start, end, steps, ScalarType.Float64);
        foreach (ref double exponent in exponents.Span<double>())
            exponent = Math.Pow(@base, exponent);
        return Leaf(exponents.to(dtype ?? defaultType), requires_grad);
    }

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Tensor result = zeros([rows, columns < 0 ? rows : columns], dtype);
        for (long i = 0; i < Math.Min(result.Sizes[0], result.Sizes[1]); i++)
        {
            using Tensor one = result.select(0, i), cell = one.select(0, i);
            cell.FillWith(1);
        }

        return Leaf(result, requires_grad);
    }

    private static Tensor Leaf(Tensor tensor, bool requires_grad)
    {
        if (Tracer.Active)
        {
            Tracer.Constant(tensor);
        }

        return requires_grad ? tensor.requires_grad_() : tensor;
    }

    public partial class Tensor
    {
        public Tensor fill_(Scalar value) => Fill("fill_", value);

        public Tensor zero_() => Fill("zero_", 0);

        private Tensor Fill(string name, Scalar value)
        {
            if (Tracer.Recording)
            {
                Tracer.Replace(name, this, full([], value, dtype));
                return this;
            }

            InPlace.Check(name, this);
            FillWith(value);
            MarkWritten(name);
            if (Node.Needed(this))
            {
                Rebase(torch.zeros_like(this).expand(Sizes));
            }

            return this;
        }
    }
}
