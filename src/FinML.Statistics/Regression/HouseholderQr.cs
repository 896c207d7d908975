using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// X = Q R by Householder reflections, columns in their order, each scaled by a power of two (which rounds nothing);
/// least squares by iterative refinement of the augmented system, residuals in twice the precision: Bjorck (1967),
/// "Iterative refinement of linear least squares solutions I". A column that its predecessors span is refused by name.
/// </summary>
internal sealed class HouseholderQr
{
    /// <summary>Part of a column's length that must be left when the columns before it are projected out. NIST's Filip
    /// leaves 4e-10; a sum of decimal columns 1e-16.</summary>
    internal const double RankTolerance = 1e-11;

    private const int Refinements = 2;

    private readonly double[] _original, _reflectors, _diagonal, _scales; // column-major
    private readonly int _rows, _columns;

    private HouseholderQr(double[] original, int rows, int columns)
    {
        (_original, _rows, _columns) = (original, rows, columns);
        _reflectors = (double[])original.Clone();
        _diagonal = new double[columns];
        _scales = new double[columns];
    }

    /// <summary>Decomposes; <paramref name="values"/> are column-major and kept, not changed.</summary>
    /// <exception cref="ArgumentException">Fewer rows than columns, or a column that others span.</exception>
    internal static HouseholderQr Of(double[] values, int rows, IReadOnlyList<string> names)
    {
        if (rows < names.Count)
            throw new ArgumentException(
                $"There are {rows} rows and {names.Count} columns; at least as many rows as columns are needed.");
        var qr = new HouseholderQr(values, rows, names.Count);
        for (int j = 0; j < names.Count; j++)
            qr.Reflect(j, names);
        return qr;
    }

    /// <summary>The coefficients b that minimise |y - X b|, and the residuals.</summary>
    internal (double[] Coefficients, double[] Residuals) Solve(ReadOnlySpan<double> y)
    {
        var b = new double[_columns];
        var r = new double[_rows];
        for (int pass = 0; pass <= Refinements; pass++)
        {
            // r + X b = y and X'r = 0, solved for what is still missing: f = y - r - X b, g = -X'r.
            double[] f = Missing(y, r, b), z = new double[_columns];
            for (int j = 0; j < _columns; j++)
                z[j] = -Dot(_original.AsSpan(j * _rows, _rows), r) * _scales[j];
            SolveTransposed(z);
            ApplyTransposed(f);
            var step = new double[_columns];
            for (int j = 0; j < _columns; j++)
                (step[j], f[j]) = (f[j] - z[j], z[j]);
            SolveUpper(step);
            Apply(f);
            for (int j = 0; j < _columns; j++)
                b[j] += step[j] * _scales[j];
            for (int i = 0; i < _rows; i++)
                r[i] += f[i];
        }

        return (b, r);
    }

    /// <summary>(X'X)^-1 = R^-1 R^-T.</summary>
    internal Matrix<double> InverseGram()
    {
        Matrix<double> inverse = DenseMatrix.Create(_columns, _columns, 0); // R^-1, scaled back
        for (int j = 0; j < _columns; j++)
        {
            var unit = new double[_columns];
            unit[j] = 1;
            SolveUpper(unit);
            for (int i = 0; i <= j; i++)
                inverse[i, j] = unit[i] * _scales[i];
        }

        return inverse.TransposeAndMultiply(inverse);
    }

    /// <summary>Diagonal of Q Q', the weight of each row in its own fit; they sum to the number of columns.</summary>
    internal double[] Leverages()
    {
        var leverages = new double[_rows];
        for (int j = 0; j < _columns; j++)
        {
            var q = new double[_rows];
            q[j] = 1;
            Apply(q);
            for (int i = 0; i < _rows; i++)
                leverages[i] += q[i] * q[i];
        }

        return leverages;
    }

    private void Reflect(int j, IReadOnlyList<string> names)
    {
        Span<double> column = _reflectors.AsSpan(j * _rows, _rows);
        double largest = 0;
        foreach (double value in column)
            largest = Math.Max(largest, Math.Abs(value));
        if (largest == 0)
            throw new ArgumentException($"Column '{names[j]}' is 0 in all {_rows} rows; it explains nothing.");
        _scales[j] = Math.ScaleB(1, Math.Min(1000, -Math.ILogB(largest)));
        double length = 0;
        for (int i = 0; i < _rows; i++)
        {
            column[i] *= _scales[j];
            length += column[i] * column[i];
        }

        for (int i = 0; i < j; i++)
            Reflect(i, column);
        Span<double> tail = column[j..];
        double norm = Math.Sqrt(Dot(tail, tail));
        if (norm <= RankTolerance * Math.Sqrt(length))
            throw new ArgumentException(Dependence(j, names));
        _diagonal[j] = tail[0] > 0 ? -norm : norm;
        double head = tail[0] - _diagonal[j], unit = Math.Sqrt(-head * _diagonal[j]); // |v|^2 = -2 head diagonal
        tail[0] = head;
        for (int i = 0; i < tail.Length; i++)
            tail[i] /= unit; // v with |v|^2 = 2, so that the reflection is x - v (v'x)
    }

    private string Dependence(int j, IReadOnlyList<string> names)
    {
        double[] combination = _reflectors.AsSpan(j * _rows, j).ToArray();
        for (int i = j - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < j; k++)
                combination[i] -= _reflectors[k * _rows + i] * combination[k];
            combination[i] /= _diagonal[i];
        }

        IEnumerable<string> others = Enumerable.Range(0, j)
            .Where(i => Math.Abs(combination[i]) > 1e-6)
            .Select(i => $"'{names[i]}'");
        return $"Column '{names[j]}' is a linear combination of {string.Join(", ", others)}; leave one of them out.";
    }

    private void Reflect(int i, Span<double> vector)
    {
        ReadOnlySpan<double> v = _reflectors.AsSpan(i * _rows + i, _rows - i);
        Span<double> tail = vector[i..];
        double product = Dot(v, tail);
        for (int t = 0; t < tail.Length; t++)
            tail[t] -= product * v[t];
    }

    private void ApplyTransposed(double[] vector)
    {
        for (int i = 0; i < _columns; i++)
            Reflect(i, vector);
    }

    private void Apply(double[] vector)
    {
        for (int i = _columns - 1; i >= 0; i--)
            Reflect(i, vector);
    }

    private void SolveUpper(double[] x)
    {
        for (int i = _columns - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < _columns; k++)
                x[i] -= _reflectors[k * _rows + i] * x[k];
            x[i] /= _diagonal[i];
        }
    }

    private void SolveTransposed(double[] x)
    {
        for (int i = 0; i < _columns; i++)
        {
            for (int k = 0; k < i; k++)
                x[i] -= _reflectors[i * _rows + k] * x[k];
            x[i] /= _diagonal[i];
        }
    }

    private double[] Missing(ReadOnlySpan<double> y, double[] r, double[] b)
    {
        var missing = new double[_rows];
        for (int i = 0; i < _rows; i++)
        {
            var sum = default(CompensatedSum);
            sum.Add(y[i]);
            sum.Add(-r[i]);
            for (int j = 0; j < _columns; j++)
                sum.AddProduct(-_original[j * _rows + i], b[j]);
            missing[i] = sum.Value;
        }

        return missing;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = default(CompensatedSum);
        for (int i = 0; i < a.Length; i++)
            sum.AddProduct(a[i], b[i]);
        return sum.Value;
    }
}
