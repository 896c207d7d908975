using System.Globalization;
using FinML.Data;

namespace FinML.Verification;

/// <summary>
/// Nightly checks that draw many samples from a known truth: does a test reject a true null as often as it says, does
/// it find a planted effect, does an interval hold the truth as often as it says? Draw i reads stream i of one seed.
/// </summary>
internal static class Simulation
{
    private const ulong Seed = 20_240_229;

    /// <summary>The share of true nulls rejected at <paramref name="level"/>.</summary>
    /// <param name="id">Identifier; begins with "statistics.size.".</param>
    /// <param name="description">The test and the null it draws from.</param>
    /// <param name="draws">Samples.</param>
    /// <param name="pValue">Draws one sample and gives the p-value of the test on it.</param>
    /// <param name="level">Nominal size.</param>
    /// <param name="distortion">What the literature or asymptotics lets the size differ from nominal in samples of this
    /// length, beyond three Monte Carlo errors; say why in the description where it is not 0.</param>
    internal static ReferenceCheck Size(
        string id,
        string description,
        int draws,
        Func<RandomStream, double> pValue,
        double level = 0.05,
        double distortion = 0) =>
        Share(id, $"rejections of a true null at {level:0.###}: {description}", level, draws, distortion,
            random => pValue(random) <= level, Comparison.Within);

    /// <summary>The share of planted effects found at 5 %, at least <paramref name="atLeast"/>.</summary>
    internal static ReferenceCheck Power(
        string id,
        string description,
        int draws,
        Func<RandomStream, double> pValue,
        double atLeast,
        double level = 0.05) =>
        Share(id, $"planted effects found at {level:0.###}: {description}", atLeast, draws, 0,
            random => pValue(random) <= level, Comparison.AtLeast);

    /// <summary>The share of intervals that hold the truth.</summary>
    internal static ReferenceCheck Coverage(
        string id,
        string description,
        int draws,
        Func<RandomStream, bool> holds,
        double level = 0.95,
        double distortion = 0) =>
        Share(id, $"intervals of {level:0.###} that hold the truth: {description}", level, draws, distortion, holds,
            Comparison.Within);

    private static ReferenceCheck Share(
        string id,
        string description,
        double expected,
        int draws,
        double distortion,
        Func<RandomStream, bool> happens,
        Comparison comparison)
    {
        double error = Math.Sqrt(expected * (1 - expected) / draws);
        string source = string.Create(
            CultureInfo.InvariantCulture, $"simulation, {draws:N0} draws, Monte Carlo error {error:0.####}");
        return new ReferenceCheck(id, description, source, expected, 3 * error + distortion, Run, comparison)
        {
            Nightly = true,
        };

        double Run(VerificationContext context)
        {
            int count = 0, done = 0;
            Parallel.For(0, draws, draw =>
            {
                if (happens(new RandomStream(Seed, (ulong)draw)))
                    Interlocked.Increment(ref count);
                context.Progress?.Report(Interlocked.Increment(ref done) / (double)draws);
            });
            return count / (double)draws;
        }
    }
}
