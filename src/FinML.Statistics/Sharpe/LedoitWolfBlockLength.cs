using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Block length for <see cref="LedoitWolfBootstrap"/> by algorithm 3.1 of Ledoit and Wolf (2008): a VAR(1) with
/// stationary-bootstrap residuals stands in for the truth; the length is taken whose test of the true difference
/// rejects on pairs of series simulated from it nearest to as often as it should.
/// </summary>
public sealed record LedoitWolfBlockLength
{
    private const int BurnIn = 50;

    /// <summary>The length whose rejections are nearest to nominal; the shorter one of equals.</summary>
    public required int Chosen { get; init; }

    /// <summary>The lengths that were tried.</summary>
    public required IReadOnlyList<int> Candidates { get; init; }

    /// <summary>Share of simulated pairs on which the true difference was rejected, by candidate.</summary>
    public required IReadOnlyList<double> Rejections { get; init; }

    /// <summary>Standard error of a share from the finite number of simulated pairs, at the nominal size.</summary>
    public required double MonteCarloError { get; init; }

    /// <summary>Number of simulated pairs of series.</summary>
    public required int Samples { get; init; }

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Runs the simulation.</summary>
    /// <param name="first">Excess returns of one strategy.</param>
    /// <param name="second">Excess returns of the other, aligned with the first; 20 or more.</param>
    /// <param name="options">Candidates, size, numbers, seed.</param>
    public static LedoitWolfBlockLength Calibrate(
        ReturnSeries first, ReturnSeries second, LedoitWolfBlockLengthOptions? options = null)
    {
        options ??= new LedoitWolfBlockLengthOptions();
        double truth = LedoitWolfTest.Run(first, second).Difference; // checks the two series
        options.Validate(first.Count);
        int n = first.Count, k = options.Candidates.Count;
        Matrix<double> data = DenseMatrix.OfColumnArrays(first.Values.ToArray(), second.Values.ToArray());
        Matrix<double> before = data.SubMatrix(0, n - 1, 0, 2).InsertColumn(0, DenseVector.Create(n - 1, 1));
        Matrix<double> after = data.SubMatrix(1, n - 1, 0, 2);
        Matrix<double> coefficients = before.QR().Solve(after); // (3, 2): constant, lag of a, lag of b
        double[,] residuals = (after - before * coefficients).ToArray();
        double[,] c = coefficients.ToArray();
        var scheme = new StationaryBootstrap(Math.Min(options.ResidualBlockLength, n - 1));

        CircularBlockBootstrap[] schemes =
            [.. options.Candidates.Select(length => new CircularBlockBootstrap(length))];
        var rejections = new int[k];
        Parallel.For(0, options.Samples, BootstrapMeans.Threads(options.MaxThreads), sample =>
        {
            (double[] a, double[] b) = Simulate(data, c, residuals, scheme, options.Seed, sample);
            LedoitWolfTest kernel = LedoitWolfTest.Run(
                ReturnSeries.Log(a, first.PeriodsPerYear), ReturnSeries.Log(b, first.PeriodsPerYear), prewhiten: true);
            double observed = Math.Abs(kernel.Difference - truth) / kernel.StandardError;
            for (int j = 0; j < k; j++)
            {
                double[] sizes = LedoitWolfBootstrap.Sizes(a, b, schemes[j], new BootstrapOptions
                {
                    Replicates = options.Replicates,
                    Seed = options.Seed + 1 + (ulong)sample,
                    MaxThreads = 1,
                });
                if (BootstrapTest.PValueOf(observed, sizes, Alternative.Greater) <= options.Size)
                    Interlocked.Increment(ref rejections[j]);
            }
        });
        double[] shares = Array.ConvertAll(rejections, count => (double)count / options.Samples);
        return new LedoitWolfBlockLength
        {
            Chosen = Enumerable.Range(0, k).OrderBy(j => Math.Abs(shares[j] - options.Size))
                .ThenBy(j => options.Candidates[j]).Select(j => options.Candidates[j]).First(),
            Candidates = [.. options.Candidates],
            Rejections = shares,
            MonteCarloError = Math.Sqrt(options.Size * (1 - options.Size) / options.Samples),
            Samples = options.Samples,
            Seed = options.Seed,
        };
    }

    /// <summary>n values of the VAR(1) after a burn-in, driven by resampled residuals.</summary>
    private static (double[] A, double[] B) Simulate(
        Matrix<double> data, double[,] c, double[,] residuals, StationaryBootstrap scheme, ulong seed, int sample)
    {
        int n = data.RowCount, rounds = (n + BurnIn) / (n - 1) + 1;
        int[] drawn = [.. Enumerable.Range(0, rounds).SelectMany(
            round => scheme.Indices(n - 1, seed, sample * rounds + round))];
        double[] a = new double[n], b = new double[n];
        (double x, double y) = (data[0, 0], data[0, 1]);
        for (int t = 1 - BurnIn; t < n; t++)
        {
            int at = drawn[t + BurnIn - 1];
            (x, y) = (
                c[0, 0] + c[1, 0] * x + c[2, 0] * y + residuals[at, 0],
                c[0, 1] + c[1, 1] * x + c[2, 1] * y + residuals[at, 1]);
            if (t >= 0)
                (a[t], b[t]) = (x, y);
        }

        return (a, b);
    }
}
