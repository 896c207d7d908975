namespace FinML.Torch;

/// <summary>A batch of matrices as the factorisations see it: float64, row by row, one after the other. float32 is
/// computed in float64 too and rounded once.</summary>
internal sealed class Matrices
{
    private Matrices(Tensor values, string name, ScalarType type)
    {
        Values = values;
        Name = name;
        Type = type;
        Batch = values.Sizes[..^2];
        Rows = (int)values.Sizes[^2];
        Columns = (int)values.Sizes[^1];
        Count = (int)Shapes.Count(Batch);
    }

    internal Tensor Values { get; }

    internal string Name { get; }

    internal ScalarType Type { get; }

    /// <summary>The leading axes.</summary>
    internal long[] Batch { get; }

    internal int Count { get; }

    internal int Rows { get; }

    internal int Columns { get; }

    /// <summary>The elements of a contiguous float64 tensor themselves.</summary>
    internal static Matrices On(string name, Tensor values) => new(values, name, ScalarType.Float64);

    /// <summary>A copy of matrices, (..., rows, columns).</summary>
    /// <exception cref="ArgumentException">The tensor is not floating, or has fewer than two axes.</exception>
    internal static Matrices Of(string name, Tensor tensor)
    {
        if (tensor.Sizes.Length < 2 || !tensor.dtype.IsFloating())
        {
            throw new ArgumentException(
                $"{name}: needs matrices of Float32 or Float64, got {tensor.dtype}{Shapes.Text(tensor.Sizes)}.");
        }

        return new(tensor.detach().to(ScalarType.Float64).clone(), name, tensor.dtype);
    }

    /// <summary>A copy of square matrices.</summary>
    internal static Matrices Square(string name, Tensor tensor)
    {
        Matrices result = Of(name, tensor);
        return result.Rows == result.Columns ? result : throw new ArgumentException(
            $"{name}: needs square matrices, got shape {Shapes.Text(tensor.Sizes)}.");
    }

    /// <summary>Zeros of the same batch.</summary>
    internal Matrices Like(int rows, int columns) =>
        new(zeros([.. Batch, rows, columns], ScalarType.Float64), Name, Type);

    /// <summary>Matrix <paramref name="i"/> of the batch.</summary>
    internal Span<double> this[int i] => Values.Span<double>().Slice(i * Rows * Columns, Rows * Columns);

    /// <summary>The matrices in the dtype of the input.</summary>
    internal Tensor Result() => Values.to(Type);

    /// <summary>As vectors: the matrices have one row.</summary>
    internal Tensor VectorResult() => Values.squeeze(-2).to(Type);

    /// <summary>Where in the batch matrix <paramref name="i"/> is, for messages.</summary>
    internal string Place(int i)
    {
        if (Batch.Length == 0)
            return "the matrix";
        long[] position = new long[Batch.Length];
        for (int axis = Batch.Length - 1; axis >= 0; axis--)
        {
            position[axis] = i % Batch[axis];
            i /= (int)Batch[axis];
        }

        return $"matrix {Shapes.Text(position)} of the batch";
    }
}
