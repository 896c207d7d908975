namespace FinML.Statistics.Tests;

/// <summary>The forecasts of make_forecasts.R.</summary>
internal static class ForecastSamples
{
    /// <summary>Errors on the Nile from origin 4 + horizon on: of the naive forecast, and of the mean of the four
    /// latest known values.</summary>
    internal static (double[] Naive, double[] Mean) NileErrors(int horizon)
    {
        double[] nile = Fixture.Nile;
        int[] times = [.. Enumerable.Range(3 + horizon, nile.Length - 3 - horizon)];
        return (
            Array.ConvertAll(times, t => nile[t] - nile[t - horizon]),
            Array.ConvertAll(times, t => nile[t] - nile[(t - horizon - 3)..(t - horizon + 1)].Average()));
    }

    internal static (double[] First, double[] Second) NileLosses(int horizon, int power)
    {
        (double[] naive, double[] mean) = NileErrors(horizon);
        return (
            Array.ConvertAll(naive, e => Math.Pow(Math.Abs(e), power)),
            Array.ConvertAll(mean, e => Math.Pow(Math.Abs(e), power)));
    }

    /// <summary>Daily 5 % value at risk of the DAX from the last 20 squared returns: returns from the 21st on, and
    /// their forecast standard deviations.</summary>
    internal static (double[] Returns, double[] Deviations) Dax()
    {
        double[] r = Fixture.Dax;
        int[] times = [.. Enumerable.Range(20, r.Length - 20)];
        return (
            Array.ConvertAll(times, t => r[t]),
            Array.ConvertAll(times, t => Math.Sqrt(r[(t - 20)..t].Average(value => value * value))));
    }

    internal static double[] ValueAtRisk =>
        Array.ConvertAll(Dax().Deviations, s => -1.6448536269514722 * s);

    internal static bool[] Hits => Violations.Below(Dax().Returns, ValueAtRisk);

    internal static double[] Transforms
    {
        get
        {
            (double[] returns, double[] deviations) = Dax();
            return [.. returns.Zip(deviations, (r, s) => StandardNormal.Cdf(r / s))];
        }
    }
}
