namespace FinML.Torch;

/// <summary>
/// Logarithms of draws of Gamma(a, 1), and their derivative by a along the quantile, d log x / da = -(dF/da) / (x f)
/// (Figurnov, Mohamed and Mnih, NeurIPS 2018). The logarithm does not underflow where a is small.
/// </summary>
internal static class StandardGamma
{
    // Beyond it the draw is its normal approximation to all digits that matter.
    private const double Large = 1e6;

    /// <summary>log x for every element of <paramref name="shape"/>.</summary>
    internal static Tensor Log(Tensor shape, torch.Generator? generator)
    {
        Tensor source = shape.contiguous();
        using Tensor wide = source.detach().to(ScalarType.Float64);
        using Tensor draws = Tensor.Uninitialized(source.Sizes, ScalarType.Float64);
        Draw(wide.Span<double>(), draws.Span<double>(), generator ?? torch.Generator.Default);
        Tensor result = draws.to(source.dtype, copy: true);
        if (Node.Needed(source))
        {
            Node.Record("standard_gamma", source, static (node, g, d) =>
                d[0] = g[0]!.mul(Derivative(node.Saved(0), node.Saved(1))), result).Save(source, result);
            Tangents.Carry(result, source, (source, result), static (t, s) => t.mul(Derivative(s.source, s.result)));
        }

        return result;
    }

    /// <summary>d log x / da for a draw x of Gamma(a, 1).</summary>
    internal static double Derivative(double a, double logX)
    {
        double x = Math.Exp(logX);
        if (a > Large)
        {
            // Wilson and Hilferty (1931): x = a (1 - 1/(9a) + z / (3 sqrt a))^3 with z fixed.
            double root = Math.Cbrt(x / a), z = (root - 1 + (1 / (9 * a))) * 3 * Math.Sqrt(a);
            return (1 / a) + (3 / root * ((1 / (9 * a * a)) - (z / (6 * a * Math.Sqrt(a)))));
        }

        return x <= a + 1 ? BySeries(a, x, logX) : ByFraction(a, x, logX);
    }

    /// <summary>The distribution function F(x) of Gamma(a, 1), both tensors of one shape.</summary>
    internal static Tensor Cdf(Tensor shape, Tensor x)
    {
        Tensor a = shape.contiguous(), value = x.contiguous();
        using Tensor left = a.detach().to(ScalarType.Float64), right = value.detach().to(ScalarType.Float64);
        using Tensor wide = Tensor.Uninitialized(a.Sizes, ScalarType.Float64);
        ReadOnlySpan<double> shapes = left.Span<double>(), points = right.Span<double>();
        Span<double> results = wide.Span<double>();
        for (int i = 0; i < results.Length; i++)
            results[i] = Cdf(shapes[i], points[i]);
        Tensor result = wide.to(a.dtype, copy: true);
        if (Node.Needed(a, value))
        {
            BackwardFunction backward = static (node, g, d) =>
            {
                // x f(x) = x^a e^-x / Gamma(a)
                Tensor a = node.Saved(0), x = node.Saved(1), log = x.log();
                Tensor mass = ((a * log) - x - a.lgamma()).exp();
                if (node.Needs(0))
                    d[0] = g[0]!.mul(mass).mul(Derivative(a, log)).neg();
                if (node.Needs(1))
                    d[1] = g[0]!.mul(mass).div(x);
            };
            Node.Record("gamma_cdf", a, value, backward, result).Save(a, value);
            Tangents.Carry("gamma_cdf", result, a, value, backward);
        }

        return result;
    }

    private static double Cdf(double a, double x)
    {
        if (!(x > 0) || double.IsNaN(a))
            return x <= 0 ? 0 : double.NaN;
        if (double.IsPositiveInfinity(x))
            return 1;
        double mass = Math.Exp((a * Math.Log(x)) - x - GammaFunctions.LogGamma(a));
        if (x > a + 1)
            return 1 - (mass * Fraction(a, x).Value);
        double term = 1 / a, sum = 0;
        for (int n = 1; term > 1e-17 * sum && n < 100_000; n++)
        {
            sum += term;
            term *= x / (a + n);
        }

        return mass * sum;
    }

    // F = x^a e^-x sum x^n / Gamma(a + n + 1): each term is differentiated.
    private static double BySeries(double a, double x, double logX)
    {
        double term = 1 / a, digamma = GammaFunctions.Digamma(a + 1), sum = 0;
        for (int n = 1; n < 100_000; n++)
        {
            double part = term * (logX - digamma);
            sum += part;
            if (Math.Abs(part) <= 1e-17 * Math.Abs(sum) && term < 1e-3)
                break;
            digamma += 1 / (a + n);
            term *= x / (a + n);
        }

        return -sum;
    }

    // 1 - F = x f h, h = 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...))), inside out, each
    // value with its derivative by a.
    private static double ByFraction(double a, double x, double logX)
    {
        (double h, double slope) = Fraction(a, x);
        return (h * (logX - GammaFunctions.Digamma(a))) + slope;
    }

    private static (double Value, double Slope) Fraction(double a, double x)
    {
        int depth = 60 + (int)(8 * Math.Sqrt(a));
        double value = x + (2 * depth) + 1 - a, slope = -1;
        for (int k = depth; k >= 1; k--)
        {
            double numerator = -k * (k - a);
            slope = -1 + (k / value) - (numerator * slope / (value * value));
            value = x + (2 * k) - 1 - a + (numerator / value);
        }

        double h = 1 / value;
        return (h, -slope * h * h);
    }

    private static Tensor Derivative(Tensor shape, Tensor logs)
    {
        Tensor result = Tensor.Uninitialized(shape.Sizes, shape.dtype);
        if (shape.dtype == ScalarType.Float32)
        {
            ReadOnlySpan<float> a = shape.Span<float>(), x = logs.Span<float>();
            Span<float> y = result.Span<float>();
            for (int i = 0; i < y.Length; i++)
                y[i] = (float)Derivative(a[i], x[i]);
        }
        else
        {
            ReadOnlySpan<double> a = shape.Span<double>(), x = logs.Span<double>();
            Span<double> y = result.Span<double>();
            for (int i = 0; i < y.Length; i++)
                y[i] = Derivative(a[i], x[i]);
        }

        if (Node.Needed(shape, logs))
        {
            Node.Record("standard_gamma_grad", shape, logs, static (_, _, _) => throw new InvalidOperationException(
                "the gradient of a gamma draw has no gradient itself, as in PyTorch."), result);
        }

        return result;
    }

    // Marsaglia and Tsang (ACM TOMS 2000): d v with v = (1 + z / sqrt(9 d))^3 and d = a - 1/3, accepted by a squeeze; a
    // below 1 takes a draw of a + 1 times u^(1/a). Rounds over what is still open, so that every draw is in order.
    private static void Draw(ReadOnlySpan<double> a, Span<double> logs, torch.Generator generator)
    {
        int[] open = [.. Enumerable.Range(0, a.Length)];
        while (open.Length > 0)
        {
            double[] normals = new double[open.Length], uniforms = new double[open.Length];
            Draws.Normal(generator, normals);
            Draws.Uniform(generator, uniforms);
            int left = 0;
            for (int i = 0; i < open.Length; i++)
            {
                double shape = a[open[i]], d = (shape < 1 ? shape + 1 : shape) - (1.0 / 3), z = normals[i];
                double root = 1 + (z / Math.Sqrt(9 * d)), v = root * root * root;
                double bound = (0.5 * z * z) + d - (d * v) + (d * Math.Log(v));
                if (v > 0 && Math.Log(1 - uniforms[i]) < bound)
                    logs[open[i]] = Math.Log(d) + Math.Log(v);
                else
                    open[left++] = open[i];
            }

            Array.Resize(ref open, left);
        }

        double[] boosts = new double[a.Length];
        Draws.Uniform(generator, boosts);
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] < 1)
                logs[i] += Math.Log(1 - boosts[i]) / a[i];
        }
    }
}
