using FinML.Shared;
using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// The live points of a nested-sampling run in the unit cube, and the walk that replaces one: slice sampling along
/// random orthonormal directions of their covariance's frame, held above a likelihood (R. M. Neal, "Slice sampling",
/// 2003, by stepping out and shrinking; W. J. Handley, M. P. Hobson, A. N. Lasenby, PolyChord, 2015).
/// </summary>
internal sealed class LivePoints
{
    private const int StepsOut = 64, Shrinks = 200;

    private readonly Func<double[], double> _logLikelihood;
    private readonly PhiloxStream _random;
    private readonly double[][] _points; // (points, dimensions)
    private readonly double[] _logs;
    private readonly int _slices;
    private readonly double[] _trial;
    private Matrix<double> _frame;
    private int _untilFrame;

    internal LivePoints(
        Func<double[], double> logLikelihood, int dimension, int count, int slices, PhiloxStream random)
    {
        (_logLikelihood, _random, _slices) = (logLikelihood, random, slices);
        _points = new double[count][];
        _logs = new double[count];
        _trial = new double[dimension];
        for (int i = 0; i < count; i++)
        {
            _points[i] = new double[dimension];
            for (int j = 0; j < dimension; j++)
                _points[i][j] = random.NextDouble();
            _logs[i] = logLikelihood(_points[i]);
        }

        _frame = Frame();
        _untilFrame = count / 2;
    }

    internal int Count => _points.Length;

    internal ReadOnlySpan<double> Logs => _logs;

    internal double[] Point(int index) => _points[index];

    internal int Lowest()
    {
        int lowest = 0;
        for (int i = 1; i < _logs.Length; i++)
        {
            if (_logs[i] < _logs[lowest])
                lowest = i;
        }

        return lowest;
    }

    /// <summary>Puts a point above <paramref name="floor"/> in the place of one, walked from another; gives how many of
    /// the others lie below it.</summary>
    internal int Replace(int index, double floor)
    {
        if (--_untilFrame < 0)
        {
            _frame = Frame();
            _untilFrame = Count / 2;
        }

        int from;
        do
            from = _random.NextInt(Count);
        while (from == index || !(_logs[from] > floor));
        var x = (double[])_points[from].Clone();
        double log = _logs[from];
        int d = x.Length;
        for (int slice = 0; slice < _slices;)
        {
            Matrix<double> directions = _frame * Rotation(d);
            for (int k = 0; k < d && slice < _slices; k++, slice++)
                log = Slice(x, directions.Column(k), floor, log);
        }

        (_points[index], _logs[index]) = (x, log);
        int below = 0;
        for (int i = 0; i < Count; i++)
            below += i != index && _logs[i] < log ? 1 : 0;
        return below;
    }

    /// <summary>One slice from x along a direction; x moves, its log likelihood comes back.</summary>
    private double Slice(double[] x, Vector<double> direction, double floor, double logHere)
    {
        double left = -_random.NextDouble(), right = left + 1;
        for (int i = 0; i < StepsOut && At(x, direction, left) > floor; i++)
            left -= 1;
        for (int i = 0; i < StepsOut && At(x, direction, right) > floor; i++)
            right += 1;
        for (int i = 0; i < Shrinks; i++)
        {
            double step = left + (right - left) * _random.NextDouble();
            double log = At(x, direction, step);
            if (log > floor)
            {
                for (int j = 0; j < x.Length; j++)
                    x[j] += step * direction[j];
                return log;
            }

            if (step < 0)
                left = step;
            else
                right = step;
        }

        return logHere; // the slice has shrunk to the point itself
    }

    private double At(double[] x, Vector<double> direction, double step)
    {
        for (int j = 0; j < x.Length; j++)
        {
            double value = x[j] + step * direction[j];
            if (value is not (>= 0 and < 1))
                return double.NegativeInfinity;
            _trial[j] = value;
        }

        return _logLikelihood(_trial);
    }

    /// <summary>A uniformly random orthonormal basis, by Gram and Schmidt.</summary>
    private Matrix<double> Rotation(int d)
    {
        var basis = new Vector<double>[d];
        for (int k = 0; k < d; k++)
        {
            Vector<double> v;
            double norm;
            do
            {
                v = Vector<double>.Build.Dense(d, _ => _random.NextNormal());
                for (int j = 0; j < k; j++)
                    v -= v.DotProduct(basis[j]) * basis[j];
                norm = v.L2Norm();
            }
            while (norm < 1e-8);
            basis[k] = v / norm;
        }

        return Matrix<double>.Build.DenseOfColumnVectors(basis);
    }

    /// <summary>A square root of the live points' covariance, scaled so that a unit step is about a chord.</summary>
    private Matrix<double> Frame()
    {
        int d = _points[0].Length, n = Count;
        var mean = new double[d];
        foreach (double[] x in _points)
        {
            for (int j = 0; j < d; j++)
                mean[j] += x[j] / n;
        }

        Matrix<double> covariance = Matrix<double>.Build.Dense(d, d);
        foreach (double[] x in _points)
        {
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j <= i; j++)
                    covariance[i, j] += (x[i] - mean[i]) * (x[j] - mean[j]) / (n - 1);
            }
        }

        for (int i = 0; i < d; i++)
            covariance[i, i] = covariance[i, i] * (1 + 1e-12) + 1e-300;
        return covariance.Cholesky().Factor * Math.Sqrt(d + 2); // the radius of a ball of unit covariance
    }
}
