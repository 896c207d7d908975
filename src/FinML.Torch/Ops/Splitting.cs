namespace FinML.Torch;

public static partial class torch
{
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0L) => input.chunk(chunks, dim);

    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0L) =>
        tensor.split(split_size_or_sections, dim);

    public static Tensor[] unbind(Tensor input, long dim = 0L) => input.unbind(dim);

    public static Tensor[] tensor_split(Tensor input, long indices_or_sections, long dim = 0L) =>
        input.tensor_split(indices_or_sections, dim);

    public static Tensor[] tensor_split(Tensor input, long[] indices_or_sections, long dim = 0L) =>
        input.tensor_split(indices_or_sections, dim);

    public static Tensor[] hsplit(Tensor input, long indices_or_sections) => input.hsplit(indices_or_sections);

    public static Tensor[] hsplit(Tensor input, long[] indices_or_sections) => input.hsplit(indices_or_sections);

    public static Tensor[] vsplit(Tensor input, long[] indices_or_sections) => input.vsplit(indices_or_sections);

    public static Tensor[] dsplit(Tensor input, long size) => input.dsplit(size);

    public static Tensor[] dsplit(Tensor input, long[] indices_or_sections) => input.dsplit(indices_or_sections);

    public partial class Tensor
    {
        /// <summary>Exactly <paramref name="size"/> views along an axis; the first are longer by one where it does not
        /// divide.</summary>
        public Tensor[] tensor_split(long size, long dim = 0L)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
            long length = this.size((int)dim), start = 0;
            Tensor[] parts = new Tensor[size];
            for (int i = 0; i < parts.Length; i++)
            {
                long width = (length / size) + (i < length % size ? 1 : 0);
                parts[i] = narrow(dim, start, width);
                start += width;
            }

            return parts;
        }

        /// <summary>Views before, between and behind the given positions of an axis.</summary>
        public Tensor[] tensor_split(long[] sizes, long dim = 0L)
        {
            Tensor[] parts = new Tensor[sizes.Length + 1];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = slice(
                    dim, i == 0 ? 0 : sizes[i - 1], i < sizes.Length ? sizes[i] : long.MaxValue, 1);
            }

            return parts;
        }

        /// <summary>By a number of parts, or by the positions of an int64 vector.</summary>
        public Tensor[] tensor_split(Tensor indices, long dim = 0L) => indices.Sizes.Length switch
        {
            0 => tensor_split(indices.ToInt64(), dim),
            1 => tensor_split(indices.to(ScalarType.Int64).data<long>().ToArray(), dim),
            _ => throw new ArgumentException(
                $"tensor_split: the indices must be a number or a vector, got shape {Shapes.Text(indices.Sizes)}."),
        };

        /// <summary>tensor_split along the columns (of a vector, along its only axis).</summary>
        public Tensor[] hsplit(long size) => Even("hsplit", size, Sizes.Length > 1 ? 1 : 0, 1);

        public Tensor[] hsplit(params long[] sizes) => tensor_split(sizes, Sizes.Length > 1 ? 1 : 0);

        /// <summary>tensor_split along the rows.</summary>
        public Tensor[] vsplit(long size) => Even("vsplit", size, 0, 2);

        public Tensor[] vsplit(params long[] sizes) => tensor_split(sizes, 0);

        /// <summary>tensor_split along the third axis.</summary>
        public Tensor[] dsplit(long size) => Even("dsplit", size, 2, 3);

        public Tensor[] dsplit(params long[] sizes) => tensor_split(sizes, 2);

        /// <summary>At least one axis: a number becomes a vector.</summary>
        public Tensor atleast_1d() => Sizes.Length >= 1 ? this : reshape(1);

        /// <summary>At least two axes: a vector becomes a row.</summary>
        public Tensor atleast_2d() => Sizes.Length >= 2 ? this : atleast_1d().unsqueeze(0);

        /// <summary>At least three axes: a matrix (m, n) becomes (m, n, 1).</summary>
        public Tensor atleast_3d() => Sizes.Length >= 3 ? this : atleast_2d().unsqueeze(-1);

        private Tensor[] Even(string name, long size, int axis, int needed)
        {
            if (Sizes.Length < needed || size < 1 || Sizes[axis] % size != 0)
            {
                throw new ArgumentException(
                    $"{name}: shape {Shapes.Text(Sizes)} has no dimension {axis} that splits into {size} equal parts.");
            }

            return tensor_split(size, axis);
        }
    }
}
