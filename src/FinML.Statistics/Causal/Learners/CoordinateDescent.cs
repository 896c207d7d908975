namespace FinML.Statistics;

/// <summary>
/// The lasso min 1/(2n) |y - X b|^2 + sum_j l_j |b_j| by cyclic coordinate descent on the Gram matrix (Friedman, Hastie
/// and Tibshirani 2010, "covariance updates"): a pass costs p for each coefficient that moves, whatever n is.
/// </summary>
internal sealed class CoordinateDescent
{
    private const int MaximumPasses = 100_000;
    private readonly double[][] _gram; // X'X / n
    private readonly double[] _product; // X'y / n
    private readonly double _scale; // of y, for the tolerance

    internal CoordinateDescent(double[][] columns, double[] y)
    {
        int n = y.Length, p = columns.Length;
        _product = Array.ConvertAll(columns, column => InnerProduct.Of(column, y) / n);
        _gram = [.. Enumerable.Range(0, p).Select(_ => new double[p])];
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j <= i; j++)
                _gram[i][j] = _gram[j][i] = InnerProduct.Of(columns[i], columns[j]) / n;
        }

        _scale = Math.Sqrt(InnerProduct.Of(y, y) / n);
    }

    /// <summary>The smallest common penalty at which every coefficient is 0.</summary>
    internal double LargestPenalty => _product.Max(Math.Abs);

    /// <summary>Solves from <paramref name="start"/>, in place.</summary>
    /// <exception cref="InvalidOperationException">It did not converge.</exception>
    internal void Solve(double[] start, ReadOnlySpan<double> penalties, double tolerance = 1e-10)
    {
        int p = start.Length;
        double[] gradient = (double[])_product.Clone(); // X'(y - X b) / n
        for (int j = 0; j < p; j++)
            Move(gradient, j, start[j]);
        for (int pass = 0; pass < MaximumPasses; pass++)
        {
            double largest = 0;
            for (int j = 0; j < p; j++)
            {
                if (_gram[j][j] == 0)
                    continue;
                double old = start[j], raw = gradient[j] + _gram[j][j] * old;
                start[j] = Math.Sign(raw) * Math.Max(0, Math.Abs(raw) - penalties[j]) / _gram[j][j];
                double change = start[j] - old;
                if (change == 0)
                    continue;
                Move(gradient, j, change);
                largest = Math.Max(largest, Math.Abs(change) * Math.Sqrt(_gram[j][j]));
            }

            if (largest <= tolerance * _scale)
                return;
        }

        throw new InvalidOperationException(
            $"The lasso did not converge in {MaximumPasses} passes; the features are nearly collinear at this " +
            $"penalty.");
    }

    private void Move(double[] gradient, int j, double change)
    {
        if (change == 0)
            return;
        double[] column = _gram[j];
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] -= change * column[i];
    }
}
