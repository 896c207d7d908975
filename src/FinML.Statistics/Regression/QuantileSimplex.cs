using FinML.Shared;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Exact minimum of sum_i rho_tau(y_i - x_i b), rho_tau(u) = u (tau - [u &lt; 0]): the exchange algorithm of Barrodale
/// and Roberts (1973) as Koenker and d'Orey (1987) put it. A vertex fits k rows exactly; each step leaves one of them
/// along the edge that falls fastest and goes to the weighted median of the breakpoints on it. Ties are broken by a
/// perturbation of 1e-9 of the mean residual, which is taken off again once the basis is found.
/// </summary>
internal sealed class QuantileSimplex
{
    private const double Negligible = 1e-9;

    private readonly double[] _rows, _perturbed; // row-major (n, k), columns scaled to at most 1
    private readonly double[] _y, _scales;
    private readonly double _tau;
    private readonly int _n, _k;

    private QuantileSimplex(ReadOnlySpan<double> y, DesignMatrix x, double tau)
    {
        (_n, _k, _tau, _y) = (x.Rows, x.Columns, tau, y.ToArray());
        _rows = new double[_n * _k];
        _scales = new double[_k];
        for (int j = 0; j < _k; j++)
        {
            foreach (double value in x.Column(j))
                _scales[j] = Math.Max(_scales[j], Math.Abs(value));
            for (int i = 0; i < _n; i++)
                _rows[i * _k + j] = x[i, j] / _scales[j];
        }

        _perturbed = (double[])_y.Clone();
    }

    /// <summary>The coefficients, the exchanges it took, and whether no other vertex is as good.</summary>
    internal static (double[] Coefficients, int Exchanges, bool Unique) Solve(
        ReadOnlySpan<double> y, DesignMatrix x, double tau, IReadOnlyList<double> leastSquaresResiduals)
    {
        var simplex = new QuantileSimplex(y, x, tau);
        simplex.Perturb(leastSquaresResiduals);
        return simplex.Run(simplex.FirstBasis(leastSquaresResiduals));
    }

    private (double[] Coefficients, int Exchanges, bool Unique) Run(int[] basis)
    {
        int most = 100 * (_n + _k);
        for (int exchange = 0; exchange < most; exchange++)
        {
            Matrix<double> inverse = BasisInverse(basis);
            double[] b = Coefficients(inverse, basis, _perturbed), residuals = new double[_n], s = new double[_k];
            var inBasis = new HashSet<int>(basis);
            for (int i = 0; i < _n; i++)
            {
                if (inBasis.Contains(i))
                    continue;
                residuals[i] = _perturbed[i] - Dot(i, b);
                double psi = residuals[i] > 0 ? _tau : _tau - 1;
                for (int j = 0; j < _k; j++)
                    s[j] += psi * _rows[i * _k + j];
            }

            // s_j: what the other rows gain where the fit at basis row j rises. Optimal: -tau <= s_j <= 1 - tau.
            s = inverse.LeftMultiply(new DenseVector(s)).ToArray();
            (int leaving, double steepest, bool unique) = (-1, -Negligible, true);
            for (int j = 0; j < _k; j++)
            {
                double up = 1 - _tau - s[j], down = _tau + s[j], slope = Math.Min(up, down);
                unique &= slope > Negligible;
                if (slope < steepest)
                    (leaving, steepest) = (j, slope);
            }

            if (leaving < 0)
            {
                double[] exact = Coefficients(inverse, basis, _y);
                for (int j = 0; j < _k; j++)
                    exact[j] /= _scales[j];
                return (exact, exchange, unique);
            }

            double sign = s[leaving] > 0 ? 1 : -1;
            double[] direction = [.. inverse.Column(leaving).Select(value => sign * value)];
            basis[leaving] = Entering(residuals, direction, steepest, inBasis);
        }

        throw new InvalidOperationException(
            $"The simplex did not end in {most} exchanges over {_n} rows and {_k} columns; the columns are nearly " +
            $"collinear or differ too much in scale.");
    }

    /// <summary>The row at which the objective along the direction stops falling.</summary>
    private int Entering(double[] residuals, double[] direction, double slope, HashSet<int> inBasis)
    {
        var steps = new List<(double Step, int Row, double Change)>();
        for (int i = 0; i < _n; i++)
        {
            double change = Dot(i, direction);
            if (!inBasis.Contains(i) && residuals[i] / change is > 0 and var step && double.IsFinite(step))
                steps.Add((step, i, Math.Abs(change)));
        }

        steps.Sort();
        foreach ((_, int row, double change) in steps)
        {
            slope += change;
            if (slope >= 0 && change > Negligible)
                return row;
        }

        throw new InvalidOperationException("The quantile regression is unbounded; the columns are nearly collinear.");
    }

    private void Perturb(IReadOnlyList<double> residuals)
    {
        double mean = residuals.Average(Math.Abs), largest = _y.Max(Math.Abs);
        double size = Negligible * mean + 1e-13 * largest;
        for (int i = 0; i < _n; i++)
        {
            (uint a, uint b, _, _) = Philox4x32.Block((ulong)i, 0, 0x7175616e74696cUL);
            _perturbed[i] += size * (2 * Philox4x32.ToUnitDouble(a, b) - 1);
        }
    }

    /// <summary>Independent rows, those first whose least-squares residual is nearest to its own
    /// tau-quantile.</summary>
    private int[] FirstBasis(IReadOnlyList<double> residuals)
    {
        double centre = Quantile.Type7(residuals.ToArray(), _tau);
        int[] order = [.. Enumerable.Range(0, _n).OrderBy(i => Math.Abs(residuals[i] - centre))];
        foreach (double tolerance in (double[])[1e-2, 1e-5, 1e-10])
        {
            var basis = new List<int>();
            var directions = new List<double[]>(); // orthonormal
            foreach (int i in order)
            {
                double[] row = _rows.AsSpan(i * _k, _k).ToArray();
                double length = Math.Sqrt(row.Sum(value => value * value));
                foreach (double[] direction in directions)
                {
                    double product = row.Zip(direction, (a, b) => a * b).Sum();
                    for (int j = 0; j < _k; j++)
                        row[j] -= product * direction[j];
                }

                double left = Math.Sqrt(row.Sum(value => value * value));
                if (!(left > tolerance * length))
                    continue;
                basis.Add(i);
                directions.Add([.. row.Select(value => value / left)]);
                if (basis.Count == _k)
                    return [.. basis];
            }
        }

        throw new ArgumentException("The columns are nearly collinear; leave one of them out.");
    }

    private Matrix<double> BasisInverse(int[] basis) =>
        DenseMatrix.Create(_k, _k, (i, j) => _rows[basis[i] * _k + j]).Inverse();

    private static double[] Coefficients(Matrix<double> inverse, int[] basis, double[] y) =>
        (inverse * DenseVector.OfEnumerable(basis.Select(i => y[i]))).ToArray();

    private double Dot(int row, double[] vector)
    {
        double sum = 0;
        for (int j = 0; j < _k; j++)
            sum += _rows[row * _k + j] * vector[j];
        return sum;
    }
}
