using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// The cubic smoothing spline at its knots: the curve that minimises squared misses plus a multiple of the integral of
/// its squared second derivative, the multiple chosen for given degrees of freedom (the trace of the smoother). C. H.
/// Reinsch (1967): fit = (I + a Q R^-1 Q')^-1 y.
/// </summary>
internal static class SmoothingSpline
{
    /// <summary>Fitted values at evenly spaced knots.</summary>
    /// <param name="y">Four or more.</param>
    /// <param name="degreesOfFreedom">Between 2 (a line) and the number of knots.</param>
    internal static double[] Fit(double[] y, double degreesOfFreedom)
    {
        int n = y.Length;
        Matrix<double> q = Matrix<double>.Build.Dense(n, n - 2), r = Matrix<double>.Build.Dense(n - 2, n - 2);
        for (int j = 0; j < n - 2; j++)
        {
            (q[j, j], q[j + 1, j], q[j + 2, j]) = (1, -2, 1);
            r[j, j] = 2 / 3.0;
            if (j > 0)
                r[j, j - 1] = r[j - 1, j] = 1 / 6.0;
        }

        // In the frame of the penalty's eigenvectors a smoother is a list of shrinkages, and its trace their sum.
        var penalty = (q * r.Inverse() * q.Transpose()).Evd(Symmetricity.Symmetric);
        double[] roughness = [.. penalty.EigenValues.Select(v => Math.Max(v.Real, 0))];
        double low = -30, high = 30; // log of the multiple
        for (int step = 0; step < 200; step++)
        {
            double middle = (low + high) / 2, scale = Math.Exp(middle);
            if (roughness.Sum(v => 1 / (1 + scale * v)) > degreesOfFreedom)
                low = middle;
            else
                high = middle;
        }

        double multiple = Math.Exp((low + high) / 2);
        Vector<double> rotated = penalty.EigenVectors.TransposeThisAndMultiply(Vector<double>.Build.Dense(y));
        for (int i = 0; i < n; i++)
            rotated[i] /= 1 + multiple * roughness[i];
        return [.. penalty.EigenVectors * rotated];
    }
}
