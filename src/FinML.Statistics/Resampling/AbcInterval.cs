namespace FinML.Statistics;

/// <summary>
/// Approximate bootstrap confidence interval of DiCiccio and Efron (1992): the BCa interval without resampling, for a
/// smooth statistic of independent observations. Acceleration, bias and curvature come from numerical derivatives by
/// the observations' weights (step .001 / n, as in R's boot), so that about seven digits are right.
/// </summary>
public sealed record AbcInterval
{
    /// <summary>The statistic at equal weights.</summary>
    public required double Estimate { get; init; }

    /// <summary>Lower end.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end.</summary>
    public required double Upper { get; init; }

    /// <summary>Nominal coverage.</summary>
    public required double Level { get; init; }

    /// <summary>sqrt(sum l^2) / n, l the influence values: the infinitesimal jackknife.</summary>
    public required double StandardError { get; init; }

    /// <summary>a = sum l^3 / (6 (sum l^2)^1.5).</summary>
    public required double Acceleration { get; init; }

    /// <summary>z0, the bias in standard errors with the curvature taken off.</summary>
    public required double BiasCorrection { get; init; }

    /// <summary>Number of observations.</summary>
    public required int Count { get; init; }

    /// <summary>Computes it, with 2 n + 4 calls of the statistic.</summary>
    /// <param name="count">n, 3 or more.</param>
    /// <param name="statistic">Of the weights.</param>
    /// <param name="level">Nominal coverage, between 0 and 1.</param>
    public static AbcInterval Of(int count, WeightedFunction statistic, double level = 0.95)
    {
        Guard.AtLeast(count, 3, nameof(count));
        ArgumentNullException.ThrowIfNull(statistic);
        Guard.Between(level, 0, 1, nameof(level));
        double n = count, step = 0.001 / n;
        var equal = new double[count];
        Array.Fill(equal, 1 / n);
        double estimate = Finite(statistic(equal));

        // First and second derivatives towards each observation.
        double[] first = new double[count];
        double secondSum = 0;
        for (int i = 0; i < count; i++)
        {
            double up = Finite(statistic(Towards(i, step))), down = Finite(statistic(Towards(i, -step)));
            first[i] = (up - down) / (2 * step);
            secondSum += (up - 2 * estimate + down) / (step * step);
        }

        double squares = 0;
        foreach (double l in first)
            squares += l * l;
        double error = Math.Sqrt(squares) / n;
        if (error == 0)
            throw new ArgumentException(
                $"The statistic is {Guard.Text(estimate)} whatever the weights of the {count} observations; it must " +
                "depend on them.", nameof(statistic));
        double acceleration = BlockJackknife.Of(first), bias = secondSum / (2 * n * n);
        double[] direction = Array.ConvertAll(first, l => l / (n * n * error));
        double curvature = (Along(step) - 2 * estimate + Along(-step)) / (2 * step * step * error);
        double correction = acceleration - (bias / error - curvature);
        return new AbcInterval
        {
            Estimate = estimate,
            Lower = End((1 - level) / 2),
            Upper = End((1 + level) / 2),
            Level = level,
            StandardError = error,
            Acceleration = acceleration,
            BiasCorrection = correction,
            Count = count,
        };

        double[] Towards(int i, double by)
        {
            double[] weights = Array.ConvertAll(equal, w => (1 - by) * w);
            weights[i] += by;
            return weights;
        }

        double Along(double by) => Finite(statistic([.. equal.Zip(direction, (w, d) => w + by * d)]));

        double End(double probability)
        {
            double w = correction + StandardNormal.Quantile(probability);
            return Along(w / ((1 - acceleration * w) * (1 - acceleration * w)));
        }
    }

    private static double Finite(double value) => double.IsFinite(value)
        ? value
        : throw new ArgumentException(
            $"The statistic of a weighting is {Guard.Text(value)}; it must be finite for weights near 1 / n.");
}
