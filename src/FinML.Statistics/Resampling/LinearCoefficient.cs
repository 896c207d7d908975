using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>One coefficient as a linear function of the errors, and its standard error, in O(n k).</summary>
internal sealed class LinearCoefficient
{
    private readonly DesignMatrix _x;
    private readonly Matrix<double> _inverseGram;
    private readonly double[] _row; // (n): the coefficient is row . y
    private readonly bool _robust;

    internal LinearCoefficient(DesignMatrix x, int column, Matrix<double> inverseGram, bool robust)
    {
        (_x, Column, _inverseGram, _robust) = (x, column, inverseGram, robust);
        _row = new double[x.Rows];
        for (int j = 0; j < x.Columns; j++)
            Add(_row, inverseGram[column, j], x.Column(j));
    }

    internal int Column { get; }

    /// <summary>Of a regression whose response is <paramref name="errors"/>.</summary>
    internal (double Coefficient, double Error) Of(double[] errors)
    {
        double coefficient = 0;
        for (int i = 0; i < errors.Length; i++)
            coefficient += _row[i] * errors[i];
        var residuals = (double[])errors.Clone();
        var projections = new double[_x.Columns];
        for (int j = 0; j < projections.Length; j++)
            projections[j] = Product(_x.Column(j), errors);
        for (int j = 0; j < projections.Length; j++)
        {
            double own = 0;
            for (int l = 0; l < projections.Length; l++)
                own += _inverseGram[j, l] * projections[l];
            Add(residuals, -own, _x.Column(j));
        }

        return (coefficient, Error(residuals));
    }

    internal double Error(double[] residuals)
    {
        double n = residuals.Length, sum = 0;
        for (int i = 0; i < residuals.Length; i++)
            sum += residuals[i] * residuals[i] * (_robust ? _row[i] * _row[i] : _inverseGram[Column, Column]);
        return Math.Sqrt(sum / (n - _x.Columns) * (_robust ? n : 1));
    }

    /// <summary>Residuals over sqrt(1 - leverage).</summary>
    internal double[] Adjusted(IReadOnlyList<double> residuals, int columns)
    {
        var adjusted = new double[residuals.Count];
        for (int i = 0; i < adjusted.Length; i++)
        {
            double leverage = 0;
            for (int j = 0; j < columns; j++)
            {
                for (int l = 0; l < columns; l++)
                    leverage += _x[i, j] * _inverseGram[j, l] * _x[i, l];
            }

            // A row that the fit goes through whatever it is has residual 0.
            adjusted[i] = leverage < 1 - 1e-9 ? residuals[i] / Math.Sqrt(1 - leverage) : 0;
        }

        return adjusted;
    }

    /// <summary>Adjusted residuals of the fit without this column.</summary>
    internal double[] Restricted(double[] y, DesignMatrix x)
    {
        if (x.Columns == 1)
            return y;
        DesignMatrix others = x.Select([.. x.Names.Where((_, j) => j != Column)]);
        LinearRegression fit = LinearRegression.Fit(y, others);
        return new LinearCoefficient(others, 0, fit.InverseGram, _robust).Adjusted(fit.Residuals, others.Columns);
    }

    private static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void Add(double[] to, double factor, ReadOnlySpan<double> column)
    {
        for (int i = 0; i < to.Length; i++)
            to[i] += factor * column[i];
    }
}
