using FinML.Data;

namespace FinML.Verification;

/// <summary>Market data, held to numbers that others computed from the same files.</summary>
internal static class DataChecks
{
    private const string RepeatSource =
        "Zeng et al., \"Are transformers effective for time series forecasting?\", AAAI 2023: Repeat on exchange_rate";

    private const string NaiveSource =
        "Lai et al., SIGIR 2018: the RSE of LSTNet's evaluation, of the last value on exchange_rate, recomputed";

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        Repeat(96, 0.081),
        Repeat(192, 0.167),
        Repeat(336, 0.306),
        Repeat(720, 0.810),
        Naive(3, 0.0171),
        Naive(6, 0.0238),
        Naive(12, 0.0329),
        Naive(24, 0.0434),
        new("data.dow30.sharpe", "annual Sharpe ratio of equal weight in the Dow 30, daily, 1991-2000 (survivors)",
            "fBasics, DowJones30, recomputed", 1.45, 0.005, EqualWeightSharpe),
        new("data.nyse.sessions", "sessions of the New York Stock Exchange, 1990-2020",
            "R, timeDate 4022.108: weekdays that are not holidayNYSE(), and 2018-12-05", 7812, 0, _ => NyseCalendar
                .Instance.Sessions(new DateOnly(1990, 1, 1), new DateOnly(2020, 12, 31)).Count()),
    ];

    private static ReferenceCheck Repeat(int horizon, double expected) => new(
        $"data.repeat.{horizon}", $"MSE of the last value repeated over {horizon} days, standardised, 70/10/20",
        RepeatSource, expected, 0.0005, context => RepeatError(Rates(context), horizon));

    private static ReferenceCheck Naive(int horizon, double expected) => new(
        $"data.naive.{horizon}", $"relative squared error of the value {horizon} days before, last 20 %", NaiveSource,
        expected, 0.00005, context => NaiveError(Rates(context), horizon));

    private static Panel Rates(VerificationContext context) => context.Catalog.Load("exchange-rate");

    /// <summary>Mean over all windows of the test part, days ahead and currencies. Windows begin an input's length
    /// before the part, so that each day of it is forecast.</summary>
    private static double RepeatError(Panel rates, int horizon)
    {
        int train = (int)(0.7 * rates.Length), first = rates.Length - (int)(0.2 * rates.Length);
        double sum = 0;
        long count = 0;
        for (int asset = 0; asset < rates.Assets.Count; asset++)
        {
            ReadOnlySpan<double> x = rates.Column(asset, 0);
            (double mean, double variance) = Moments(x[..train]);
            for (int origin = first - 1; origin + horizon < x.Length; origin++)
            {
                for (int ahead = 1; ahead <= horizon; ahead++, count++)
                    sum += (x[origin + ahead] - x[origin]) * (x[origin + ahead] - x[origin]) / variance;
            }
        }

        return sum / count;
    }

    /// <summary>sqrt(sum (x - forecast)^2 / sum (x - mean of all)^2) over the last fifth of the days and all
    /// currencies.</summary>
    private static double NaiveError(Panel rates, int horizon)
    {
        int first = (int)(0.8 * rates.Length), assets = rates.Assets.Count;
        double[] last = [.. Enumerable.Range(0, assets).SelectMany(a => rates.Column(a, 0)[first..].ToArray())];
        double error = 0;
        for (int asset = 0; asset < assets; asset++)
        {
            ReadOnlySpan<double> x = rates.Column(asset, 0);
            for (int t = first; t < x.Length; t++)
                error += (x[t] - x[t - horizon]) * (x[t] - x[t - horizon]);
        }

        return Math.Sqrt(error / (Moments(last).Variance * last.Length));
    }

    private static double EqualWeightSharpe(VerificationContext context)
    {
        Panel panel = context.Catalog.Load("dow30");
        double[] returns = new double[panel.Length - 1];
        for (int t = 1; t < panel.Length; t++)
        {
            for (int asset = 0; asset < panel.Assets.Count; asset++)
                returns[t - 1] += (panel[t, asset, 0] / panel[t - 1, asset, 0] - 1) / panel.Assets.Count;
        }

        (double mean, double variance) = Moments(returns);
        return mean / Math.Sqrt(variance * returns.Length / (returns.Length - 1)) * Math.Sqrt(252);
    }

    /// <summary>The mean and the variance with divisor n.</summary>
    private static (double Mean, double Variance) Moments(ReadOnlySpan<double> values)
    {
        double mean = 0, square = 0;
        foreach (double x in values)
            mean += x / values.Length;
        foreach (double x in values)
            square += (x - mean) * (x - mean) / values.Length;
        return (mean, square);
    }
}
