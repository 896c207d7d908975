namespace FinML.Torch;

public static partial class torch
{
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    public static Tensor tril_(Tensor input, long diagonal = 0) => input.tril_(diagonal);

    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);

    public static Tensor triu_(Tensor input, long diagonal = 0) => input.triu_(diagonal);

    /// <summary>Row and column numbers of the lower triangle, row by row: (2, count).</summary>
    public static Tensor tril_indices(
        long row, long col, long offset = 0L, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        TriangleIndices("tril_indices", row, col, (i, j) => j - i <= offset, dtype);

    /// <summary>Row and column numbers of the upper triangle, row by row: (2, count).</summary>
    public static Tensor triu_indices(
        long row, long col, long offset = 0L, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        TriangleIndices("triu_indices", row, col, (i, j) => j - i >= offset, dtype);

    private static Tensor TriangleIndices(
        string name, long row, long col, Func<long, long, bool> inside, ScalarType dtype)
    {
        if (row < 0 || col < 0)
            throw new ArgumentException($"{name}: sizes must not be negative, got {row} and {col}.");
        List<long> rows = [], columns = [];
        for (long i = 0; i < row; i++)
        {
            for (long j = 0; j < col; j++)
            {
                if (inside(i, j))
                {
                    rows.Add(i);
                    columns.Add(j);
                }
            }
        }

        return tensor([.. rows, .. columns], [2, rows.Count], dtype);
    }

    public partial class Tensor
    {
        /// <summary>The lower triangle of the last two axes, zeros above diagonal
        /// <paramref name="diagonal"/>.</summary>
        public Tensor tril(long diagonal = 0) => Kept(Triangle("tril", diagonal, lower: true));

        /// <summary>The upper triangle of the last two axes, zeros below diagonal
        /// <paramref name="diagonal"/>.</summary>
        public Tensor triu(long diagonal = 0) => Kept(Triangle("triu", diagonal, lower: false));

        public Tensor tril_(long diagonal = 0) => InPlace.Replace("tril_", this, tril(diagonal));

        public Tensor triu_(long diagonal = 0) => InPlace.Replace("triu_", this, triu(diagonal));

        /// <summary>Zero, whatever the element was, where the mask is false.</summary>
        private Tensor Kept(Tensor mask) => torch.where(mask, this, dtype == ScalarType.Bool ? false : 0);

        private Tensor Triangle(string name, long diagonal, bool lower)
        {
            if (Sizes.Length < 2)
                throw new ArgumentException($"{name}: needs at least 2 dimensions, got shape {Shapes.Text(Sizes)}.");
            Tensor row = arange(Sizes[^2]).unsqueeze(1), column = arange(Sizes[^1]).unsqueeze(0).sub(diagonal);
            return lower ? column.le(row) : column.ge(row);
        }
    }
}
