using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// sum_j k(j / S) Gamma_j over the lags, optionally of scores that a VAR(1) without constant made whiter and that are
/// recoloured after: Andrews and Monahan (1992), as R's vcovHAC (which does not hold the VAR's roots below 1; here a
/// root on or outside the unit circle is refused).
/// </summary>
internal sealed class KernelCovariance(HacKernel kernel, Bandwidth bandwidth, bool prewhiten, SmallSampleFactor factor)
    : CovarianceEstimator
{
    private const double Negligible = 1e-7; // weights are followed to the last one above this, as in sandwich

    internal override CovarianceEstimator WithoutFactor() =>
        new KernelCovariance(kernel, bandwidth, prewhiten, SmallSampleFactor.None);

    internal override ScoreCovariance Of(Scores scores)
    {
        int k = scores.Columns, n = scores.Rows;
        int needed = prewhiten ? 2 * k + 2 : 2;
        if (n < needed)
            throw new ArgumentException(
                $"There are {n} rows of {k} scores; a covariance over time {(prewhiten ? "with prewhitening " : "")}" +
                $"needs {needed} or more.");
        double[] rows = scores.Values;
        Matrix<double>? recolour = null;
        if (prewhiten)
            (rows, recolour) = Whiten(scores);
        double width = bandwidth.For(kernel, rows, k, scores.InterceptColumn, prewhiten);
        Matrix<double> sum = WeightedSum(rows, k, width);
        if (recolour is not null)
            sum = recolour * sum * recolour.Transpose();
        return new ScoreCovariance(sum * (Factor(factor, scores) / n), Describe(width)) { Bandwidth = width };
    }

    /// <summary>k(x); 1 at 0.</summary>
    internal static double Weight(HacKernel kernel, double x)
    {
        switch (kernel)
        {
            case HacKernel.Truncated:
                return x <= 1 ? 1 : 0;
            case HacKernel.Bartlett:
                return Math.Max(0, 1 - x);
            case HacKernel.Parzen:
                return x < 0.5 ? 1 - 6 * x * x * (1 - x) : x <= 1 ? 2 * Math.Pow(1 - x, 3) : 0;
            default:
                double y = 6 * Math.PI * x / 5;
                return y < 1e-2 ? 1 - y * y / 10 + y * y * y * y / 280 : 3 / (y * y) * (Math.Sin(y) / y - Math.Cos(y));
        }
    }

    private Matrix<double> WeightedSum(double[] rows, int k, double width)
    {
        int n = rows.Length / k, last = n - 1;
        double At(int lag) => lag == 0 ? 1 : width > 0 ? Weight(kernel, lag / width) : 0;
        while (last > 0 && Math.Abs(At(last)) <= Negligible)
            last--;
        Matrix<double> sum = CrossProduct(rows, k) * 0.5;
        for (int lag = 1; lag <= last; lag++)
        {
            double weight = At(lag);
            if (weight != 0)
                sum += CrossProduct(rows, k, lag) * weight;
        }

        return sum + sum.Transpose();
    }

    /// <summary>s_t = A s_{t-1} + u_t by least squares: the u, one row fewer, and (I - A)^-1.</summary>
    private static (double[] Rows, Matrix<double> Recolour) Whiten(Scores scores)
    {
        int k = scores.Columns, n = scores.Rows;
        var all = new DenseMatrix(k, n, (double[])scores.Values.Clone()); // column t is row t of the scores
        Matrix<double> before = all.SubMatrix(0, k, 0, n - 1), after = all.SubMatrix(0, k, 1, n - 1);
        Matrix<double> a = before.Transpose().QR().Solve(after.Transpose()).Transpose();
        double root = a.Evd().EigenValues.Max(value => value.Magnitude);
        if (!(root < 1))
            throw new ArgumentException(
                $"The scores' VAR(1) has a root of modulus {Guard.Text(root)}; prewhitening needs one below 1. Do " +
                $"without it, or take differences.");
        Matrix<double> u = after - a * before;
        return (u.ToColumnMajorArray(), (DenseMatrix.CreateIdentity(k) - a).Inverse());
    }

    private string Describe(double width) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{kernel} kernel, bandwidth {width:0.####}{(prewhiten ? ", VAR(1) prewhitened" : "")}" +
        $"{(factor == SmallSampleFactor.None ? "" : ", n / (n - k)")}");
}
