namespace FinML.Torch;

public static partial class torch
{
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    public static Tensor nonzero(Tensor input) => input.nonzero();

    public static Tensor argwhere(Tensor input) => input.argwhere();

    /// <summary>Positions of the non-zero elements, one int64 vector an axis.</summary>
    public static Tensor[] where(Tensor condition) => condition.nonzero().unbind(1);

    public partial class Tensor
    {
        /// <summary>This where the condition holds, else y.</summary>
        public Tensor where(Tensor condition, Tensor y) => torch.where(condition, this, y);

        /// <summary>A copy with <paramref name="value"/> where the mask, which broadcasts, is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => torch.where(mask, Number(value, this), this);

        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            InPlace.Replace("masked_fill_", this, masked_fill(mask, value));

        /// <summary>The elements where the mask is true, as a vector; tensor and mask broadcast.</summary>
        public Tensor masked_select(Tensor mask)
        {
            CheckMask("masked_select", mask);
            if (Tracer.Active)
                Tracer.Read(mask, "masked_select", "The number of elements depends on them; use torch.where.");
            long[] sizes = Shapes.Broadcast("masked_select", Sizes, mask.Sizes);
            return expand(sizes).flatten().index_select(0, TruePositions(mask.expand(sizes)));
        }

        /// <summary>A copy with the elements of <paramref name="value"/>, in order, where the mask, which broadcasts,
        /// is true.</summary>
        /// <exception cref="ArgumentException">The value has fewer elements than the mask has true ones.</exception>
        public Tensor masked_scatter(Tensor mask, Tensor value)
        {
            CheckMask("masked_scatter", mask);
            long[] sizes = Shapes.Broadcast("masked_scatter", Sizes, mask.Sizes);
            if (Tracer.Recording && !Tracer.IsConstant(mask))
                return ScatteredByCount(mask.expand(sizes), value);
            Tensor positions = TruePositions(mask.expand(sizes));
            if (value.count < positions.count || value.dtype != dtype)
            {
                throw new ArgumentException(
                    $"masked_scatter: {value.dtype}{Shapes.Text(value.Sizes)} does not fill {positions.count} places "
                    + $"of {dtype}{Shapes.Text(sizes)}.");
            }

            Tensor source = value.flatten().narrow(0, 0, positions.count);
            return expand(sizes).flatten().index_copy(0, positions, source).reshape(sizes);
        }

        /// <summary>masked_scatter of operations that record: the n-th true place takes the n-th value.</summary>
        private Tensor ScatteredByCount(Tensor mask, Tensor value)
        {
            if (value.dtype != dtype || value.count < mask.count)
            {
                throw new InvalidOperationException(
                    $"trace: 'masked_scatter' by a mask of {mask.count} elements that depends on the inputs needs as "
                    + $"many values of {dtype}, got {value.count} of {value.dtype}.");
            }

            Tensor place = mask.flatten().to(ScalarType.Int64).cumsum(0).sub(1).clamp(min: 0);
            Tensor spread = value.flatten().index_select(0, place).reshape(mask.Sizes);
            return torch.where(mask, spread, expand(mask.Sizes));
        }

        public Tensor masked_scatter_(Tensor mask, Tensor value) =>
            InPlace.Replace("masked_scatter_", this, masked_scatter(mask, value));

        /// <summary>Positions of the non-zero elements, one row each: (count, dimensions), int64.</summary>
        public Tensor nonzero()
        {
            if (Tracer.Active)
                Tracer.Read(this, "nonzero", "The number of positions depends on them; use torch.where.");
            Tensor flat = TruePositions(this);
            Tensor result = Uninitialized([flat.count, Sizes.Length], ScalarType.Int64);
            Span<long> from = flat.Span<long>(), to = result.Span<long>();
            for (int i = 0; i < from.Length; i++)
            {
                long rest = from[i];
                for (int axis = Sizes.Length - 1; axis >= 0; axis--)
                {
                    to[(i * Sizes.Length) + axis] = rest % Sizes[axis];
                    rest /= Sizes[axis];
                }
            }

            return Tracer.Active && Tracer.IsConstant(flat) ? Tracer.Constant(result) : result;
        }

        public Tensor argwhere() => nonzero();

        /// <summary>Positions of the non-zero elements, one int64 vector an axis.</summary>
        public IList<Tensor> nonzero_as_list() => nonzero().unbind(1);

        private static void CheckMask(string name, Tensor mask)
        {
            if (mask.dtype != ScalarType.Bool)
                throw new ArgumentException($"{name}: the mask must be Bool, got {mask.dtype}.");
        }

        private static Tensor TruePositions(Tensor mask)
        {
            Tensor flat = mask.detach().to(ScalarType.Bool).contiguous();
            ReadOnlySpan<bool> values = flat.Span<bool>();
            Tensor result = Uninitialized([values.Count(true)], ScalarType.Int64);
            Span<long> positions = result.Span<long>();
            for (int i = 0, at = 0; i < values.Length; i++)
            {
                if (values[i])
                    positions[at++] = i;
            }

            return Tracer.Active && Tracer.IsConstant(flat) ? Tracer.Constant(result) : result;
        }
    }
}
