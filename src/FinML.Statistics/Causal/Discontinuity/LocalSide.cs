using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// One side of the cutoff: the distance x - c in ascending order, and the columns regressed on it: outcome, then
/// treatment (fuzzy designs), then covariates.
/// </summary>
internal sealed class LocalSide
{
    private readonly double[] _x;
    private readonly Matrix<double> _columns; // (observations, 1 + treatment + covariates)

    private LocalSide(double[] x, Matrix<double> columns)
    {
        (_x, _columns) = (x, columns);
    }

    internal int Count => _x.Length;

    internal int Distinct => _x.Distinct().Count();

    internal double Farthest => _x.Max(Math.Abs);

    /// <summary>The observations of one side, sorted by x, ties in their given order.</summary>
    internal static LocalSide Of(ReadOnlySpan<double> x, double cutoff, bool above, double[][] columns)
    {
        double[] distance = x.ToArray();
        for (int i = 0; i < distance.Length; i++)
            distance[i] -= cutoff;
        int[] rows = [.. Enumerable.Range(0, distance.Length).Where(i => distance[i] >= 0 == above)
            .OrderBy(i => distance[i])];
        return new LocalSide(
            [.. rows.Select(i => distance[i])],
            Matrix<double>.Build.Dense(rows.Length, columns.Length, (i, j) => columns[j][rows[i]]));
    }

    /// <summary>How many lie inside the bandwidth.</summary>
    internal int Within(LocalKernel kernel, double bandwidth) => _x.Count(x => Weight(kernel, x / bandwidth) > 0);

    /// <summary>The distance that holds <paramref name="count"/> distinct values.</summary>
    internal double DistanceOf(int count)
    {
        double[] distances = [.. _x.Select(Math.Abs).Distinct().Order()];
        return distances[Math.Min(count, distances.Length) - 1];
    }

    /// <summary>The side without the observations that neither bandwidth weighs.</summary>
    internal LocalSide Inside(LocalKernel kernel, double bandwidth)
    {
        int[] rows = [.. Enumerable.Range(0, Count).Where(i => Weight(kernel, _x[i] / bandwidth) > 0)];
        return new LocalSide(
            [.. rows.Select(i => _x[i])],
            Matrix<double>.Build.Dense(rows.Length, _columns.ColumnCount, (i, j) => _columns[rows[i], j]));
    }

    /// <summary>A weighted polynomial fit of every column.</summary>
    internal LocalFit Fit(LocalKernel kernel, double bandwidth, int order)
    {
        int n = Count;
        int distinct = _x.Where(x => Weight(kernel, x / bandwidth) > 0).Distinct().Count();
        if (distinct <= order + 1)
            throw new ArgumentException(
                $"Within {Guard.Text(bandwidth)} of the cutoff there are {distinct} distinct values of the running "
                + $"variable on one side; a local polynomial of order {order} needs {order + 2} or more.");
        Matrix<double> powers = Powers(order), weighted = powers.Clone();
        for (int i = 0; i < n; i++)
            weighted.SetRow(i, powers.Row(i) * (Weight(kernel, _x[i] / bandwidth) / bandwidth));
        Matrix<double> gram = weighted.TransposeThisAndMultiply(powers);
        Matrix<double> inverse = gram.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(order + 1));
        return new LocalFit(
            powers, weighted, inverse, inverse * weighted.TransposeThisAndMultiply(_columns), bandwidth, order);
    }

    /// <summary>sum over covariates of Z'W(D - fit): the parts of the normal equations of common slopes of the
    /// covariates, (covariates, columns).</summary>
    internal Matrix<double> CovariateProducts(LocalFit fit, int covariates)
    {
        int first = _columns.ColumnCount - covariates;
        Matrix<double> weighted = _columns.SubMatrix(0, Count, first, covariates).Clone();
        for (int i = 0; i < Count; i++)
            weighted.SetRow(i, weighted.Row(i) * fit.Weighted[i, 0]); // power 0 is 1: its weight
        return weighted.TransposeThisAndMultiply(_columns - fit.Powers * fit.Coefficients);
    }

    /// <summary>scores' diag(e^2) scores, where e = residuals * <paramref name="selector"/>.</summary>
    internal Matrix<double> Meat(
        Matrix<double> scores, LocalFit fit, Vector<double> selector, RegressionDiscontinuityOptions options)
    {
        Vector<double> residuals = options.Variance == DiscontinuityVariance.NearestNeighbours
            ? NeighbourResiduals(options.Neighbours) * selector
            : (_columns - fit.Powers * fit.Coefficients) * selector;
        Matrix<double> scaled = scores.Clone();
        for (int i = 0; i < Count; i++)
            scaled.SetRow(i, scores.Row(i) * (residuals[i] * Scale(fit, i, options.Variance)));
        return scaled.TransposeThisAndMultiply(scaled);
    }

    /// <summary>Powers 0 .. order of the distance.</summary>
    internal Matrix<double> Powers(int order)
    {
        Matrix<double> powers = Matrix<double>.Build.Dense(Count, order + 1, 1);
        for (int j = 1; j <= order; j++)
        {
            for (int i = 0; i < Count; i++)
                powers[i, j] = powers[i, j - 1] * _x[i];
        }

        return powers;
    }

    internal double this[int row] => _x[row];

    internal static double Weight(LocalKernel kernel, double u)
    {
        double distance = Math.Abs(u);
        if (distance > 1)
            return 0;
        return kernel switch
        {
            LocalKernel.Epanechnikov => 0.75 * (1 - u * u),
            LocalKernel.Uniform => 0.5,
            _ => 1 - distance,
        };
    }

    private double Scale(LocalFit fit, int row, DiscontinuityVariance variance) => variance switch
    {
        DiscontinuityVariance.HC1 => Math.Sqrt(Count / (double)(Count - fit.Order - 1)),
        DiscontinuityVariance.HC2 => 1 / Math.Sqrt(Math.Max(1 - fit.Leverage(row), 1e-8)),
        DiscontinuityVariance.HC3 => 1 / Math.Max(1 - fit.Leverage(row), 1e-8),
        _ => 1,
    };

    /// <summary>sqrt(J / (J + 1)) (y - mean of the J nearest others): J at least the number asked for, all that are
    /// tied with the last one among them.</summary>
    private Matrix<double> NeighbourResiduals(int neighbours)
    {
        int n = Count, wanted = Math.Min(neighbours, n - 1);
        Matrix<double> residuals = Matrix<double>.Build.Dense(n, _columns.ColumnCount);
        for (int i = 0; i < n; i++)
        {
            int first = i, last = i;
            GrowDown(ref first, _x[i]);
            GrowUp(ref last, _x[i]);
            while (last - first < wanted)
            {
                double below = first > 0 ? _x[i] - _x[first - 1] : double.PositiveInfinity;
                double above = last < n - 1 ? _x[last + 1] - _x[i] : double.PositiveInfinity;
                if (below <= above)
                    GrowDown(ref first, _x[first - 1]);
                if (above <= below)
                    GrowUp(ref last, _x[last + 1]);
            }

            double count = last - first;
            for (int j = 0; j < _columns.ColumnCount; j++)
            {
                double sum = -_columns[i, j];
                for (int k = first; k <= last; k++)
                    sum += _columns[k, j];
                residuals[i, j] = Math.Sqrt(count / (count + 1)) * (_columns[i, j] - sum / count);
            }
        }

        return residuals;

        void GrowDown(ref int first, double value)
        {
            while (first > 0 && _x[first - 1] == value)
                first--;
        }

        void GrowUp(ref int last, double value)
        {
            while (last < n - 1 && _x[last + 1] == value)
                last++;
        }
    }
}
