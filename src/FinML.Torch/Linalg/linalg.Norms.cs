namespace FinML.Torch;

public static partial class torch
{
    public static partial class linalg
    {
        /// <summary>(sum |x|^ord)^(1/ord) of all elements, or along axes; see Tensor.norm for 0 and the
        /// infinities.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            input.Norm("linalg.vector_norm", dims ?? [], keepdim, ord);

        /// <summary>A norm of matrices: "fro", the root of the sum of squares; "nuc", the sum of the singular
        /// values.</summary>
        public static Tensor matrix_norm(
            Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false)
        {
            (Tensor a, int row, int column) = Planes(input, dims);
            return ord switch
            {
                "fro" => input.Norm("linalg.matrix_norm", [row, column], keepdim, 2),
                "nuc" => Kept(svdvals(a).sum(-1), row, column, keepdim),
                _ => throw new ArgumentException($"linalg.matrix_norm: ord must be \"fro\" or \"nuc\", got \"{ord}\"."),
            };
        }

        /// <summary>A norm of matrices: 1 the largest column sum of magnitudes, 2 the largest singular value, infinity
        /// the largest row sum; negative ones the smallest.</summary>
        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false)
        {
            (Tensor a, int row, int column) = Planes(input, dims);
            Tensor values = Math.Abs(ord) switch
            {
                1 => a.abs().sum(-2L),
                2 => svdvals(a),
                double.PositiveInfinity => a.abs().sum(-1L),
                _ => throw new ArgumentOutOfRangeException(
                    nameof(ord), ord, "linalg.matrix_norm: ord must be 1, 2 or infinity, or one of their negatives."),
            };
            return Kept(ord > 0 ? values.amax([-1]) : values.amin([-1]), row, column, keepdim);
        }

        /// <summary>The root of the sum of squares of all elements, or along axes.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            vector_norm(input, 2, dims, keepdim);

        /// <summary>A vector norm along one axis (or of a vector), a matrix norm along two (or of a matrix).</summary>
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            (dims?.Length ?? input.Sizes.Length) == 2
                ? matrix_norm(input, ord, dims, keepdim)
                : vector_norm(input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            norm(input, (double)ord, dims, keepdim);

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            matrix_norm(input, ord, dims, keepdim);

        /// <summary>Sums of products along an axis.</summary>
        public static Tensor vecdot(Tensor x, Tensor y, long dim = -1) => x.mul(y).sum(dim);

        /// <summary>A view of the elements (i, i + offset) of the last two axes.</summary>
        public static Tensor diagonal(Tensor input, int offset = 0, int dim1 = -2, int dim2 = -1) =>
            input.diagonal(offset, dim1, dim2);

        /// <summary>Powers 0 to N - 1 of the elements, on a new last axis.</summary>
        public static Tensor vander(Tensor input, long? N = null) => input.Powers(
            N ?? (input.Sizes.Length == 0
                ? throw new ArgumentException("linalg.vander: needs at least 1 dimension.")
                : input.Sizes[^1]),
            increasing: true);

        /// <summary>The vector product along an axis of size three.</summary>
        public static Tensor cross(Tensor input, Tensor other, long dim = -1)
        {
            long[] sizes = Shapes.Broadcast("linalg.cross", input.Sizes, other.Sizes);
            int axis = Shapes.Axis("linalg.cross", dim, sizes.Length);
            if (sizes.Length == 0 || sizes[axis] != 3)
            {
                throw new ArgumentException(
                    $"linalg.cross: dimension {dim} of shape {Shapes.Text(sizes)} must have size 3.");
            }

            Tensor a = input.expand(sizes), b = other.expand(sizes);
            return a.roll(-1, axis).mul(b.roll(1, axis)).sub(a.roll(1, axis).mul(b.roll(-1, axis)));
        }

        private static (Tensor Matrices, int Row, int Column) Planes(Tensor input, long[]? dims)
        {
            long[] axes = dims ?? [-2, -1];
            if (axes.Length != 2 || input.Sizes.Length < 2)
            {
                throw new ArgumentException(
                    $"linalg.matrix_norm: needs two axes of shape {Shapes.Text(input.Sizes)}, got "
                    + $"{Shapes.Text(axes)}.");
            }

            int[] two = Shapes.Axes("linalg.matrix_norm", axes, input.Sizes.Length);
            return (input.movedim([two[0], two[1]], [-2, -1]), two[0], two[1]);
        }

        private static Tensor Kept(Tensor norms, int row, int column, bool keepdim) => keepdim
            ? norms.unsqueeze(Math.Min(row, column)).unsqueeze(Math.Max(row, column))
            : norms;
    }
}
