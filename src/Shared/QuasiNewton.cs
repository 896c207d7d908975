namespace FinML.Shared;

/// <summary>
/// Minimises a smooth function of a few variables by the method of Broyden, Fletcher, Goldfarb and Shanno with a weak
/// Wolfe line search by bisection. Deterministic. One source, compiled into each project that uses it.
/// Source: J. Nocedal and S. J. Wright, Numerical Optimization (2nd edition, 2006), algorithm 6.1; the line search is
/// that of A. S. Lewis and M. L. Overton, "Nonsmooth optimization via quasi-Newton methods", Mathematical Programming
/// 141 (2013), algorithm 2.6.
/// </summary>
internal static class QuasiNewton
{
    private const double SufficientDecrease = 1e-4, Curvature = 0.9;
    private const int LineSearchSteps = 60;

    /// <summary>The function at x; writes its gradient. Where it is not defined it is NaN or infinite.</summary>
    internal delegate double Objective(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>Where the search ended: the largest component of the gradient tells how well.</summary>
    internal sealed record Result(double[] X, double Value, double LargestGradient, int Iterations);

    /// <summary>Searches from a point where the function is defined until no component of the gradient is above the
    /// tolerance, no step makes it smaller, or the iterations are used up.</summary>
    internal static Result Minimise(
        Objective objective, ReadOnlySpan<double> start, double gradientTolerance, int maximumIterations)
    {
        int n = start.Length;
        double[] x = start.ToArray(), gradient = new double[n], direction = new double[n];
        double[] nextX = new double[n], nextGradient = new double[n], change = new double[n];
        double[] inverse = Identity(n); // of the Hessian, row-major
        double value = objective(x, gradient);
        bool scaled = false;
        int iterations = 0;
        while (iterations < maximumIterations && Largest(gradient) > gradientTolerance)
        {
            Multiply(inverse, gradient, direction, -1);
            double slope = Dot(gradient, direction);
            if (!(slope < 0))
            {
                inverse = Identity(n);
                Multiply(inverse, gradient, direction, -1);
                slope = Dot(gradient, direction);
            }

            if (!Step(objective, x, value, direction, slope, nextX, nextGradient, out double nextValue))
                break;
            iterations++;
            for (int i = 0; i < n; i++)
            {
                direction[i] = nextX[i] - x[i];
                change[i] = nextGradient[i] - gradient[i];
            }

            double curvature = Dot(direction, change);
            if (curvature > 0)
            {
                if (!scaled)
                {
                    double scale = curvature / Dot(change, change);
                    inverse = [.. inverse.Select(v => v * scale)];
                    scaled = true;
                }

                Update(inverse, direction, change, curvature);
            }

            (x, nextX) = (nextX, x);
            (gradient, nextGradient) = (nextGradient, gradient);
            value = nextValue;
        }

        return new Result(x, value, Largest(gradient), iterations);
    }

    private static bool Step(Objective objective, double[] x, double value, double[] direction, double slope,
        double[] nextX, double[] nextGradient, out double nextValue)
    {
        double low = 0, high = double.PositiveInfinity, step = 1;
        for (int k = 0; k < LineSearchSteps; k++)
        {
            for (int i = 0; i < x.Length; i++)
                nextX[i] = x[i] + step * direction[i];
            nextValue = objective(nextX, nextGradient);
            if (!(nextValue <= value + SufficientDecrease * step * slope))
                high = step;
            else if (Dot(nextGradient, direction) < Curvature * slope)
                low = step;
            else
                return nextValue < value;
            step = double.IsInfinity(high) ? 2 * low : (low + high) / 2;
        }

        nextValue = value;
        return false;
    }

    /// <summary>H becomes (I - s y'/c) H (I - y s'/c) + s s'/c.</summary>
    private static void Update(double[] inverse, double[] s, double[] y, double c)
    {
        int n = s.Length;
        double[] hy = new double[n];
        Multiply(inverse, y, hy, 1);
        double factor = (1 + Dot(y, hy) / c) / c;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                inverse[i * n + j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / c;
        }
    }

    private static double[] Identity(int n)
    {
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
            matrix[i * n + i] = 1;
        return matrix;
    }

    private static void Multiply(double[] matrix, double[] vector, double[] result, double factor)
    {
        int n = vector.Length;
        for (int i = 0; i < n; i++)
            result[i] = factor * Dot(matrix.AsSpan(i * n, n), vector);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static double Largest(double[] gradient)
    {
        double largest = 0;
        foreach (double g in gradient)
            largest = Math.Max(largest, Math.Abs(g)); // NaN stays NaN, and ends the search
        return largest;
    }
}
