namespace FinML.Torch;

public static partial class torch
{
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    public static Tensor fliplr(Tensor input) => input.fliplr();

    public static Tensor flipud(Tensor input) => input.flipud();

    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);

    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);

    public static Tensor roll(Tensor input, (long, long) shifts, (long, long) dims) => input.roll(shifts, dims);

    public static Tensor rot90(Tensor input, long k = 1, (long, long)? dims = null) => input.rot90(k, dims);

    public static Tensor tile(Tensor input, long[] dims) => input.tile(dims);

    public static Tensor repeat_interleave(Tensor input, long repeats, long? dim = null, long? output_size = null) =>
        input.repeat_interleave(repeats, dim, output_size);

    public static Tensor repeat_interleave(Tensor input, Tensor repeats, long? dim = null, long? output_size = null) =>
        input.repeat_interleave(repeats, dim, output_size);

    public partial class Tensor
    {
        /// <summary>A copy with the order along the given axes reversed.</summary>
        public Tensor flip(params long[] dims)
        {
            int[] axes = Shapes.Axes("flip", dims, Sizes.Length);
            Tensor result = Uninitialized(Sizes, dtype);
            if (Sizes.Length == 0)
            {
                Copying.Copy(this, result);
            }
            else if (count > 0)
            {
                // A view that walks this tensor backwards: negative strides from the last position.
                long[] steps = (long[])Strides.Clone();
                long offset = Offset;
                foreach (int axis in axes)
                {
                    offset += (Sizes[axis] - 1) * steps[axis];
                    steps[axis] = -steps[axis];
                }

                using Tensor backwards = Share(Sizes, steps, (int)offset);
                Copying.Copy(backwards, result);
            }

            if (Tracer.Active)
            {
                Tracer.Record("flip", [this], result, axes);
            }

            if (Node.Needed(this))
            {
                Node.Record("flip", this, static (node, g, d) => d[0] = g[0]!.flip((long[])node.State!), result)
                    .State = dims;
                Tangents.Carry(result, this, dims, static (t, along) => t.flip(along));
            }

            return result;
        }

        /// <summary>Columns in reverse order.</summary>
        public Tensor fliplr() => Sizes.Length >= 2
            ? flip(1)
            : throw new ArgumentException($"fliplr: needs at least 2 dimensions, got {Shapes.Text(Sizes)}.");

        /// <summary>Rows in reverse order.</summary>
        public Tensor flipud() => Sizes.Length >= 1
            ? flip(0)
            : throw new ArgumentException("flipud: needs at least 1 dimension.");

        /// <summary>Elements rolled forward along an axis, the last ones to the front; without an axis the flattened
        /// tensor is rolled.</summary>
        public Tensor roll(long shifts, long? dims = null)
        {
            if (dims is not { } dim)
                return flatten().roll(shifts, 0).reshape(Sizes);
            long n = size((int)dim);
            long shift = n == 0 ? 0 : ((shifts % n) + n) % n;
            return shift == 0 ? clone() : cat([narrow(dim, n - shift, shift), narrow(dim, 0, n - shift)], dim);
        }

        public Tensor roll(long[] shifts, long[] dims)
        {
            if (shifts.Length != dims.Length || dims.Length == 0)
            {
                throw new ArgumentException(
                    $"roll: needs one shift an axis, got {Shapes.Text(shifts)} for axes {Shapes.Text(dims)}.");
            }

            Tensor result = this;
            for (int i = 0; i < dims.Length; i++)
                result = result.roll(shifts[i], dims[i]);
            return result;
        }

        public Tensor roll((long, long) shifts, (long, long) dims) =>
            roll([shifts.Item1, shifts.Item2], [dims.Item1, dims.Item2]);

        /// <summary>Turned by k quarters in the plane of two axes, from the first towards the second.</summary>
        public Tensor rot90(long k = 1, (long, long)? dims = null)
        {
            (long from, long to) = dims ?? (0, 1);
            if (Sizes.Length < 2
                || Shapes.Axis("rot90", from, Sizes.Length) == Shapes.Axis("rot90", to, Sizes.Length))
            {
                throw new ArgumentException(
                    $"rot90: needs two different axes of shape {Shapes.Text(Sizes)}, got {from} and {to}.");
            }

            return (((k % 4) + 4) % 4) switch
            {
                0 => clone(),
                1 => flip(to).transpose(from, to),
                2 => flip(from, to),
                _ => transpose(from, to).flip(to),
            };
        }

        /// <summary>repeat, with counts of 1 put before those given where they are too few.</summary>
        public Tensor tile(long[] reps) =>
            repeat([.. Enumerable.Repeat(1L, Math.Max(0, Sizes.Length - reps.Length)), .. reps]);

        /// <summary>Each position of an axis (of the flattened tensor where none is given) repeated in
        /// place.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            repeat_interleave(tensor(repeats, ScalarType.Int64), dim, output_size);

        /// <summary>Position i of an axis repeated repeats[i] times.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null)
        {
            if (Tracer.Active)
                Tracer.Read(repeats, "repeat_interleave");
            Tensor source = dim is null ? flatten() : this;
            int axis = Shapes.Axis("repeat_interleave", dim ?? 0, source.Sizes.Length);
            if (source.Sizes.Length == 0)
                throw new ArgumentException("repeat_interleave: a tensor without dimensions has no axis.");
            long n = source.Sizes[axis];
            Tensor counts = repeats.to(ScalarType.Int64).expand(n).contiguous();
            List<long> positions = [];
            for (int i = 0; i < n; i++)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(counts.Span<long>()[i], nameof(repeats));
                positions.AddRange(Enumerable.Repeat((long)i, (int)counts.Span<long>()[i]));
            }

            if (output_size is { } expected && expected != positions.Count)
            {
                throw new ArgumentException(
                    $"repeat_interleave: the repeats add up to {positions.Count}, not to output_size {expected}.");
            }

            return source.index_select(axis, tensor([.. positions]));
        }
    }
}
