namespace FinML.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// Pads, or with negative counts cuts, the last axes: pairs (before, after) from the last axis backwards, as in
        /// torch.nn.functional.pad.
        /// </summary>
        /// <param name="pad">One pair an axis.</param>
        /// <param name="mode">Constant; Reflect (without the edge), Replicate (the edge), Circular (from the other
        /// end).</param>
        /// <param name="value">The constant.</param>
        internal Tensor Pad(ReadOnlySpan<long> pad, PaddingModes mode, Scalar value)
        {
            if (pad.Length % 2 != 0 || pad.Length / 2 > Sizes.Length)
            {
                throw new ArgumentException(
                    $"pad: needs pairs for at most {Sizes.Length} axes of shape {Shapes.Text(Sizes)}, got "
                    + $"{Shapes.Text(pad)}.");
            }

            Tensor result = this;
            for (int i = 0; i < pad.Length / 2; i++)
            {
                int axis = Sizes.Length - 1 - i;
                long before = pad[2 * i], after = pad[(2 * i) + 1];
                long start = Math.Max(0, -before), end = result.Sizes[axis] - Math.Max(0, -after);
                if (start > end)
                {
                    throw new ArgumentException(
                        $"pad: {Shapes.Text(pad)} cuts more than shape {Shapes.Text(Sizes)} has.");
                }

                result = start > 0 || end < result.Sizes[axis] ? result.narrow(axis, start, end - start) : result;
                if (before > 0 || after > 0)
                {
                    result = mode == PaddingModes.Constant
                        ? result.Around(axis, Math.Max(0, before), Math.Max(0, after), value)
                        : result.Mirrored(axis, Math.Max(0, before), Math.Max(0, after), mode);
                }
            }

            if (ReferenceEquals(result, this))
                return alias();
            if (Tracer.Active && mode == PaddingModes.Constant && !pad.ContainsAnyInRange(long.MinValue, -1))
                Tracer.Record("pad", [this], result, new PaddedPairs([.. pad], value));
            return result;
        }

        internal Tensor PadConstant(ReadOnlySpan<long> pad, Scalar value) =>
            Pad(pad, PaddingModes.Constant, value);

        private Tensor Around(int axis, long before, long after, Scalar value)
        {
            List<Tensor> parts = [];
            if (before > 0)
                parts.Add(Block(before));
            parts.Add(this);
            if (after > 0)
                parts.Add(Block(after));
            return cat(parts, axis);

            Tensor Block(long length)
            {
                long[] sizes = (long[])Sizes.Clone();
                sizes[axis] = length;
                return Tracer.Constant(Uninitialized(sizes, dtype).FillWith(value));
            }
        }

        /// <summary>The axis read at positions -before .. n + after - 1, which the mode folds back into 0 .. n -
        /// 1.</summary>
        private Tensor Mirrored(int axis, long before, long after, PaddingModes mode)
        {
            long n = Sizes[axis], widest = Math.Max(before, after);
            long limit = mode switch
            {
                PaddingModes.Reflect => n - 1,
                PaddingModes.Circular => n,
                PaddingModes.Replicate => n > 0 ? long.MaxValue : 0,
                _ => throw new ArgumentException(
                    $"pad: the mode must be Constant, Reflect, Replicate or Circular, got {mode}.", nameof(mode)),
            };
            if (widest > limit)
            {
                throw new ArgumentException(
                    $"pad: {mode} padding of {widest} needs more than size {n} at dimension {axis} of shape "
                    + $"{Shapes.Text(Sizes)}.");
            }

            long[] positions = new long[before + n + after];
            for (long i = 0; i < positions.Length; i++)
            {
                long at = i - before;
                positions[i] = mode switch
                {
                    PaddingModes.Reflect => at < 0 ? -at : at >= n ? (2 * (n - 1)) - at : at,
                    PaddingModes.Circular => (at + n) % n,
                    _ => Math.Clamp(at, 0, n - 1),
                };
            }

            return index_select(axis, tensor(positions));
        }
    }

    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Pads (before, after) of the last axis, then of the one before it, and so on; negative counts
            /// cut.</summary>
            /// <exception cref="ArgumentException">The pairs do not fit the shape, or the mode cannot reach so
            /// far.</exception>
            public static Tensor pad(
                Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                ArgumentNullException.ThrowIfNull(pad);
                return input.Pad(pad, mode, value);
            }

            public static Tensor pad(
                Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                input.Pad(pad, mode, value);

            public static Tensor pad(
                Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                input.Pad([pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant,
                double value = 0) =>
                input.Pad([pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>The same padding on both sides of all axes.</summary>
            public static Tensor pad(
                Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                long[] all = new long[2 * input.Sizes.Length];
                Array.Fill(all, pad);
                return input.Pad(all, mode, value);
            }
        }
    }
}
