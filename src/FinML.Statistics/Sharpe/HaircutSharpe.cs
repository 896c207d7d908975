using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// What is left of the best Sharpe ratio of N trials: its p-value, t = SR sqrt(n) with n - 1 degrees of freedom, is
/// corrected for the trials, and turned back into the ratio that would have it. Harvey and Liu (2015), "Backtesting".
/// Independent returns are assumed: annualise an autocorrelated series by <see cref="AnnualisedSharpe"/> first.
/// </summary>
public sealed record HaircutSharpe
{
    /// <summary>The observed ratio, per period.</summary>
    public required double Sharpe { get; init; }

    /// <summary>The ratio after the haircut, per period: from 0 to <see cref="Sharpe"/>.</summary>
    public required double Adjusted { get; init; }

    /// <summary>Two-sided p-value of the observed ratio by itself.</summary>
    public required double PValue { get; init; }

    /// <summary>After the correction (the median over the simulations, where there are any).</summary>
    public required double AdjustedPValue { get; init; }

    /// <summary>Share of the observed ratio that is cut off, from 0 to 1.</summary>
    public double Haircut => 1 - Adjusted / Sharpe;

    /// <summary>How the p-value was corrected.</summary>
    public required HaircutMethod Method { get; init; }

    /// <summary>N, this one included.</summary>
    public required double Trials { get; init; }

    /// <summary>Number of returns.</summary>
    public required int Count { get; init; }

    /// <summary>What the other trials were taken to be like; null where their number or p-values were enough.</summary>
    public TrialPopulation? Population { get; init; }

    /// <summary>Seed of the simulated trials; null where there are none.</summary>
    public ulong? Seed { get; init; }

    /// <summary>With the number of trials alone: Bonferroni, N p in closed form.</summary>
    /// <param name="sharpePerPeriod">Above 0.</param>
    /// <param name="count">Number of returns, 10 or more.</param>
    /// <param name="trials">N, 1 or more, this one included.</param>
    public static HaircutSharpe Bonferroni(double sharpePerPeriod, int count, double trials)
    {
        double p = PValueOf(sharpePerPeriod, count);
        if (!(trials >= 1) || double.IsInfinity(trials))
            throw new ArgumentOutOfRangeException(
                nameof(trials), $"trials is {Guard.Text(trials)}; it must be 1 or more and finite.");
        return Make(sharpePerPeriod, count, p, Math.Min(trials * p, 1), HaircutMethod.Bonferroni, trials);
    }

    /// <summary>The same from an estimate.</summary>
    public static HaircutSharpe Bonferroni(SharpeRatio sharpe, double trials)
    {
        ArgumentNullException.ThrowIfNull(sharpe);
        return Bonferroni(sharpe.PerPeriod, sharpe.Count, trials);
    }

    /// <summary>With the p-values of the other trials, all of them and not of the good ones only.</summary>
    /// <param name="sharpePerPeriod">Above 0.</param>
    /// <param name="count">Number of returns, 10 or more.</param>
    /// <param name="others">Two-sided p-values from 0 to 1.</param>
    /// <param name="method">How to correct.</param>
    public static HaircutSharpe Among(
        double sharpePerPeriod, int count, ReadOnlySpan<double> others, HaircutMethod method)
    {
        double p = PValueOf(sharpePerPeriod, count);
        double adjusted = AdjustedFirst([p, .. others], method);
        return Make(sharpePerPeriod, count, p, adjusted, method, others.Length + 1);
    }

    /// <summary>
    /// With the number of trials and what they are like: the others are drawn from the population 2,000 times, as in
    /// the authors' program, and the median of the corrected p-values is taken.
    /// </summary>
    /// <param name="sharpePerPeriod">Above 0.</param>
    /// <param name="count">Number of returns, 10 or more.</param>
    /// <param name="trials">N, from 1 to 100,000, this one included.</param>
    /// <param name="population">The other trials; <see cref="TrialPopulation.HarveyLiuZhu"/> is the paper's.</param>
    /// <param name="method">How to correct.</param>
    /// <param name="seed">Seed of the generator.</param>
    public static HaircutSharpe Simulated(
        double sharpePerPeriod, int count, int trials, TrialPopulation population, HaircutMethod method, ulong seed = 0)
    {
        const int Simulations = 2_000;
        double p = PValueOf(sharpePerPeriod, count);
        Guard.InRange(trials, 1, 100_000, nameof(trials));
        ArgumentNullException.ThrowIfNull(population);
        population.Validate();
        var adjusted = new double[Simulations];
        Parallel.For(0, Simulations, () => new double[trials], (simulation, _, values) =>
        {
            values[0] = p;
            Draw(values.AsSpan(1), population, seed, simulation);
            adjusted[simulation] = AdjustedFirst(values, method);
            return values;
        }, _ => { });
        return Make(sharpePerPeriod, count, p, Quantile.Type7(adjusted, 0.5), method, trials) with
        {
            Population = population,
            Seed = seed,
        };
    }

    /// <summary>Two-sided p-values of trials that share a factor: sqrt(rho) f + sqrt(1 - rho) e + mean.</summary>
    private static void Draw(Span<double> pValues, TrialPopulation population, ulong seed, int simulation)
    {
        double shared = Math.Sqrt(population.Correlation) * Normal(0).Value;
        double own = Math.Sqrt(1 - population.Correlation);
        for (int i = 0; i < pValues.Length; i++)
        {
            (double normal, double uniform) = Normal(1 + (2 * (ulong)i));
            (uint a, uint b, _, _) = Philox4x32.Block(2 + (2 * (ulong)i), (ulong)simulation, seed);
            double mean = uniform < population.NullShare
                ? 0
                : -population.MeanEffect * Math.Log(1 - Philox4x32.ToUnitDouble(a, b));
            pValues[i] = Tails.NormalTwoSided(shared + own * normal + mean);
        }

        (double Value, double Uniform) Normal(ulong counter)
        {
            (uint a, uint b, uint c, uint d) = Philox4x32.Block(counter, (ulong)simulation, seed);
            double u = Math.Max(Philox4x32.ToUnitDouble(a, b), 1e-300);
            return (StandardNormal.Quantile(u), Philox4x32.ToUnitDouble(c, d));
        }
    }

    private static double AdjustedFirst(double[] pValues, HaircutMethod method) => method switch
    {
        HaircutMethod.Bonferroni => PValueAdjustment.Bonferroni(pValues).Adjusted[0],
        HaircutMethod.Holm => PValueAdjustment.Holm(pValues).Adjusted[0],
        HaircutMethod.BenjaminiYekutieli => PValueAdjustment.BenjaminiYekutieli(pValues).Adjusted[0],
        _ => throw new ArgumentOutOfRangeException(
            nameof(method), $"method is {(int)method}; it must be a named one."),
    };

    private static double PValueOf(double sharpe, int count)
    {
        Guard.AtLeast(count, 10, nameof(count));
        if (!(sharpe > 0) || double.IsInfinity(sharpe))
            throw new ArgumentOutOfRangeException(
                nameof(sharpe), $"The Sharpe ratio is {Guard.Text(sharpe)}; there is something to cut above 0 only.");
        return Tails.StudentTwoSided(sharpe * Math.Sqrt(count), count - 1);
    }

    private static HaircutSharpe Make(
        double sharpe, int count, double p, double adjusted, HaircutMethod method, double trials) => new()
        {
            Sharpe = sharpe,
            Adjusted = adjusted <= p
                ? sharpe
                : Inverse(adjusted, count - 1, sharpe * Math.Sqrt(count)) / Math.Sqrt(count),
            PValue = p,
            AdjustedPValue = adjusted,
            Method = method,
            Trials = trials,
            Count = count,
        };

    /// <summary>The t at or below <paramref name="highest"/> with P(|T| &gt; t) = <paramref name="p"/>, by bisection:
    /// the probability is accurate in the far tail, where quantile functions are not.</summary>
    private static double Inverse(double p, double degreesOfFreedom, double highest)
    {
        double low = 0, high = highest;
        if (p >= 1)
            return 0;
        while (high - low > 1e-15 * highest && (low + high) / 2 is var middle && middle > low && middle < high)
            (low, high) = Tails.StudentTwoSided(middle, degreesOfFreedom) > p ? (middle, high) : (low, middle);
        return (low + high) / 2;
    }
}
