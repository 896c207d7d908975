namespace FinML.Data.Tests.Synthetic;

public sealed class GarchProcessTests
{
    /// <summary>
    /// The maximum-likelihood estimate from another starting point lies within the bound of the truth, with errors from
    /// the outer products of the scores (E. Berndt, B. Hall, R. Hall, J. Hausman, 1974).
    /// </summary>
    [Fact]
    public void Maximum_likelihood_finds_the_parameters_again()
    {
        GarchProcess model = new() { Mean = 0, Constant = 0.05, Alpha = 0.12, Beta = 0.83 };
        double[] r = model.Returns(30_000, new RandomStream(11));
        double[] at = [0.08, 0.2, 0.7];
        double[,] information = new double[3, 3];
        for (int iteration = 0; iteration < 60; iteration++)
        {
            (double[] gradient, information) = Scores(r, at, model.UnconditionalVariance);
            double[] step = Solve(information, gradient);
            for (int i = 0; i < 3; i++)
            {
                at[i] = Math.Max(1e-4, at[i] + 0.5 * step[i]);
            }
        }

        double[] truth = [0.05, 0.12, 0.83];
        for (int i = 0; i < 3; i++)
        {
            double[] unit = new double[3];
            unit[i] = 1;
            double error = Math.Sqrt(Solve(information, unit)[i]);
            Assert.InRange(error, 0, 0.02);
            Estimate.Is(truth[i], at[i], error, $"parameter {i}");
        }
    }

    /// <summary>Kurtosis 3 (1 - (a + b)^2) / (1 - (a + b)^2 - 2 a^2) (Bollerslev 1986), and E[r^2] the unconditional
    /// variance; errors from 200 independent paths.</summary>
    [Fact]
    public void The_unconditional_moments_are_those_of_the_formulas()
    {
        GarchProcess model = new() { Constant = 0.1, Alpha = 0.15, Beta = 0.7 };
        List<double> second = [], fourth = [];
        for (int i = 0; i < 200; i++)
        {
            double[] r = model.Returns(1200, new RandomStream(12, (ulong)i))[200..]; // the start is not stationary
            second.Add(r.Average(x => x * x));
            fourth.Add(r.Average(x => x * x * x * x));
        }

        double variance = 0.1 / 0.15, sum = 0.85 * 0.85;
        Estimate.MeanIs(variance, second, "variance");
        Estimate.MeanIs(3 * (1 - sum) / (1 - sum - 2 * 0.15 * 0.15) * variance * variance, fourth, "fourth moment");
    }

    [Fact]
    public void Heavy_tailed_innovations_have_variance_1_and_their_tails()
    {
        GarchProcess model = new() { Constant = 1, Alpha = 0, Beta = 0, DegreesOfFreedom = 4 };
        double[] z = model.Returns(200_000, new RandomStream(13));
        // z sqrt(2) is Student's t with 4 degrees: P(|t| > 4.604) = .01, P(|t| > 2.776) = .05 (any table).
        Estimate.ShareIs(0.01, z.Count(x => Math.Abs(x) * Math.Sqrt(2) > 4.60409), z.Length, "1% tail");
        Estimate.ShareIs(0.05, z.Count(x => Math.Abs(x) * Math.Sqrt(2) > 2.77645), z.Length, "5% tail");
    }

    [Fact]
    public void Options_outside_their_range_are_refused_with_the_value()
    {
        Assert.Contains("below 1", Assert.Throws<ArgumentOutOfRangeException>(
            () => new GarchProcess { Alpha = 0.2, Beta = 0.8 }.Validate()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GarchProcess { Constant = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new GarchProcess { DegreesOfFreedom = 2 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new GarchProcess { Alpha = double.NaN }.Validate());
    }

    /// <summary>The gradient of the log-likelihood in (omega, alpha, beta), and the sum of its outer
    /// products.</summary>
    private static (double[] Gradient, double[,] Information) Scores(double[] r, double[] at, double start)
    {
        double[] gradient = new double[3], slope = new double[3];
        double[,] information = new double[3, 3];
        double h = start;
        for (int t = 1; t < r.Length; t++)
        {
            double before = h;
            h = at[0] + at[1] * r[t - 1] * r[t - 1] + at[2] * before;
            slope = [1 + at[2] * slope[0], r[t - 1] * r[t - 1] + at[2] * slope[1], before + at[2] * slope[2]];
            double factor = (r[t] * r[t] / h - 1) / (2 * h);
            for (int i = 0; i < 3; i++)
            {
                gradient[i] += factor * slope[i];
                for (int j = 0; j < 3; j++)
                {
                    information[i, j] += factor * factor * slope[i] * slope[j];
                }
            }
        }

        return (gradient, information);
    }

    /// <summary>Gauss and Jordan, 3 x 3.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        double[,] a = (double[,])matrix.Clone();
        double[] b = (double[])right.Clone();
        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < 3; i++)
            {
                double factor = i == k ? 0 : a[i, k] / a[k, k];
                for (int j = k; j < 3; j++)
                {
                    a[i, j] -= factor * a[k, j];
                }

                b[i] -= factor * b[k];
            }
        }

        return [b[0] / a[0, 0], b[1] / a[1, 1], b[2] / a[2, 2]];
    }
}
