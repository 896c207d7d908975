using FinML.Statistics;
using Normal = MathNet.Numerics.Distributions.Normal;
using StudentT = MathNet.Numerics.Distributions.StudentT;

namespace FinML.Evaluation;

/// <summary>
/// The mean of gains over time and over seeds, both of which are samples. Its variance is that of the series averaged
/// over the seeds (stationary bootstrap over time) plus s^2 / S, s^2 the variance of the seeds' means: the seeds are a
/// random factor, so that more days on the same few seeds do not make it certain. Degrees of freedom by Satterthwaite
/// (1946).
/// </summary>
/// <remarks>What a seed does to single days is in both parts, so that the error is a little too large, never too
/// small.</remarks>
public sealed record SeedAveragedMean
{
    /// <summary>Mean over all periods and seeds.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard error over both sources; 0 where nothing varies.</summary>
    public required double StandardError { get; init; }

    /// <summary>The part of it that comes from time.</summary>
    public required double TimeError { get; init; }

    /// <summary>The part of it that comes from the seeds.</summary>
    public required double SeedError { get; init; }

    /// <summary>Infinite where the seeds do not matter.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>Lower end of the interval.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end.</summary>
    public required double Upper { get; init; }

    /// <summary>Of the mean being 0 or less; 1 where nothing varies and the mean is not above 0.</summary>
    public required double PValue { get; init; }

    /// <summary>Mean length of the blocks of time.</summary>
    public required double BlockLength { get; init; }

    /// <summary>Mean over error.</summary>
    public double Statistic => StandardError > 0 ? Mean / StandardError : 0;

    /// <summary>Estimates.</summary>
    /// <param name="gains">By seed, by period: 2 or more seeds of 16 or more periods, aligned.</param>
    /// <param name="options">Resamples, level and seed.</param>
    /// <param name="shortestBlock">At least the periods that a label spans.</param>
    public static SeedAveragedMean Of(
        IReadOnlyList<double[]> gains, BootstrapOptions? options = null, double shortestBlock = 1)
    {
        ArgumentNullException.ThrowIfNull(gains);
        options ??= new BootstrapOptions();
        options.Validate();
        int seeds = gains.Count;
        if (seeds < 2)
            throw new ArgumentException($"There are the gains of {seeds} seed; at least 2 are needed.", nameof(gains));
        int n = gains[0].Length;
        if (n < 16 || gains.Any(own => own.Length != n))
            throw new ArgumentException(
                $"The gains have {string.Join(", ", gains.Select(own => own.Length))} periods; all seeds need the same "
                + "number, 16 or more.", nameof(gains));
        if (!(shortestBlock >= 1 && shortestBlock <= n))
            throw new ArgumentOutOfRangeException(
                nameof(shortestBlock), $"shortestBlock is {shortestBlock:R}; it must be from 1 to {n}.");

        double[] average = Average(gains);
        double mean = average.Average();
        double seedVariance = Moments.Of([.. gains.Select(own => own.Average())]).Variance() / seeds;
        double timeError = 0, block = shortestBlock;
        if (!Moments.Of(average).IsConstant)
        {
            block = Math.Min(n, Math.Max(shortestBlock, PolitisWhiteBlockLength.Select(average).Stationary));
            timeError = new StationaryBootstrap(block).Interval(average, SampleStatistic.Mean, options).StandardError;
        }

        double variance = timeError * timeError + seedVariance, error = Math.Sqrt(variance);
        double freedom = seedVariance > 0
            ? variance * variance / (seedVariance * seedVariance / (seeds - 1))
            : double.PositiveInfinity;
        double quantile = Quantile(freedom, 0.5 + options.Level / 2);
        return new SeedAveragedMean
        {
            Mean = mean,
            StandardError = error,
            TimeError = timeError,
            SeedError = Math.Sqrt(seedVariance),
            DegreesOfFreedom = freedom,
            Lower = mean - quantile * error,
            Upper = mean + quantile * error,
            PValue = error > 0 ? UpperTail(freedom, mean / error) : mean > 0 ? 0 : 1,
            BlockLength = block,
        };
    }

    /// <summary>The series averaged over the seeds.</summary>
    internal static double[] Average(IReadOnlyList<double[]> gains)
    {
        var average = new double[gains[0].Length];
        foreach (double[] own in gains)
        {
            for (int t = 0; t < average.Length; t++)
                average[t] += own[t] / gains.Count;
        }

        return average;
    }

    private static double Quantile(double freedom, double p) =>
        freedom > 1e6 ? Normal.InvCDF(0, 1, p) : StudentT.InvCDF(0, 1, freedom, p);

    private static double UpperTail(double freedom, double t) =>
        freedom > 1e6 ? Normal.CDF(0, 1, -t) : StudentT.CDF(0, 1, freedom, -t);
}
