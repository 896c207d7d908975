using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Comparison and calibration of forecasts, held to R, statsmodels and closed forms.</summary>
internal static class ForecastChecks
{
    private const string Forecast = "R forecast::dm.test, Nile: naive against the mean of the 4 latest values";
    private const string Statsmodels = "statsmodels, test_diebold_mariano_test, 15 points, Bartlett, normal";
    private const string DaxRisk = "R by hand, DAX 1991-1998: 5 % value at risk from the last 20 squared returns";

    private static readonly double[] Outcomes =
        [0.7905291971644244, 1.3165423213858396, 2.629194824493898, 2.274163381390831, 2.3350897900078773,
         4.309556160533848, 3.2008616600117854, 3.0279620894948263, 2.567645423157318, 0.8342527751292501,
         2.0985671460216464, 3.408247061676925, 2.9699882967078457, 3.6732582708103863, 3.4609292040029644];

    private static readonly double[] First =
        [0.9824387126880363, 3.347555830856235, 1.8132440948000608, 4.501884323116638, 0.993073450965922,
         0.988116816888287, 3.7834883570834847, 2.498189378576747, 4.8566413245270965, 1.7412497391486617,
         3.4637323882747384, 3.101483832900048, 3.0411384793663037, 3.2500575506493394, 3.199491151189982];

    private static readonly double[] Second =
        [0.8002551776387801, 2.35554283908294, 2.5017107565163754, 2.9709840260800897, 2.031947528256514,
         2.044069317891979, 1.8690271476061573, 2.541558191277514, 3.0762879697739653, 3.420942734113572,
         3.9529070460967226, 3.036772850400313, 3.898343203105889, 4.397338510819033, 4.699775884928464];

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        .. Nile(1, 1, 1.460954466, 0.1473275705),
        .. Nile(1, 2, 1.218415508, 0.2260832995),
        .. Nile(3, 1, 1.452672289, 0.1496805204),
        .. Nile(3, 2, 1.972177382, 0.0515600092),
        .. Bartlett("squared-3", ForecastScore.SquaredError, null, 0.7505739975, 0.4529090749),
        .. Bartlett("squared-2", ForecastScore.SquaredError, 2, 0.8209841997, 0.4116552682),
        .. Bartlett("absolute-3", ForecastScore.AbsoluteError, null, 0.4715407519, 0.6372546253),
        new("statistics.forecasts.gw.constant",
            "Giacomini-White with a constant over uncentred Diebold-Mariano squared",
            "identity: one instrument, no lags, variance taken from 0", 1, 1e-12, _ => ConstantInstrument()),
        new("statistics.forecasts.gw.conditional",
            "Giacomini-White, constant and last difference, h = 3, squared errors",
            "R by hand, Nile", 2.8463124172893699, 1e-9,
            _ => GiacominiWhite.Test(NileLosses(3, 2).First, NileLosses(3, 2).Second, 3).Statistic),
        new("statistics.forecasts.crps.normal", "CRPS of N(.5, .7^2) where -2 came", "R: the integral",
            2.105128773203889, 1e-9, _ => ContinuousRankedProbability.Normal([-2], [0.5], [0.7]).Mean),
        new("statistics.forecasts.kupiec", "Kupiec's ratio, 103 violations in 1,839 days", DaxRisk,
            1.3477501511754966, 1e-9, context => KupiecTest.Test(Hits(context), 0.05).Statistic),
        new("statistics.forecasts.christoffersen", "Christoffersen's ratio of conditional coverage", DaxRisk,
            4.2670891080979985, 1e-7, context => ChristoffersenTest.Test(Hits(context), 0.05).ConditionalStatistic),
        new("statistics.forecasts.dynamic-quantile", "dynamic quantile statistic, 4 lags and the forecast", DaxRisk,
            30.082981482517962, 1e-8, context => DynamicQuantileTest.Test(
                Hits(context), 0.05, Array.ConvertAll(Dax(context).Deviations, s => -Z95 * s)).Statistic),
        new("statistics.forecasts.anderson-darling", "Anderson-Darling statistic of the normal forecasts' transforms",
            "R goftest, the same forecasts", 9.5384742317730797, 1e-9,
            context => AndersonDarling.TestUniform(Transforms(context)).Statistic),
        new("statistics.forecasts.berkowitz", "Berkowitz's ratio of the same transforms",
            "R arima by maximum likelihood", 104.71282952316869, 1e-5,
            context => BerkowitzTest.Test(Transforms(context)).Statistic),
    ];

    private static double Z95 => StandardNormal.Quantile(0.95);

    private static IEnumerable<ReferenceCheck> Nile(int horizon, int power, double statistic, double p)
    {
        string id = $"statistics.forecasts.dm.nile-h{horizon}-power{power}", loss = power == 1 ? "|e|" : "e^2";
        DieboldMariano Test()
        {
            (double[] first, double[] second) = NileLosses(horizon, power);
            return DieboldMariano.Test(first, second, horizon);
        }

        yield return new($"{id}.statistic", $"Diebold-Mariano, {loss}, h = {horizon}", Forecast, statistic, 1e-9,
            _ => Test().Statistic);
        yield return new($"{id}.p", $"Diebold-Mariano, {loss}, h = {horizon}: p-value", Forecast, p, 1e-9,
            _ => Test().PValue);
    }

    private delegate ForecastScore Loss(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> forecasts);

    private static IEnumerable<ReferenceCheck> Bartlett(
        string name, Loss loss, int? lags, double statistic, double p)
    {
        DieboldMariano Test() =>
            DieboldMariano.TestBartlett(loss(Outcomes, First).Losses, loss(Outcomes, Second).Losses, lags);

        yield return new($"statistics.forecasts.dm.bartlett-{name}.statistic", $"Diebold-Mariano, {name} lags",
            Statsmodels, statistic, 1e-9, _ => Test().Statistic);
        yield return new($"statistics.forecasts.dm.bartlett-{name}.p", $"Diebold-Mariano, {name} lags: p-value",
            Statsmodels, p, 1e-9, _ => Test().PValue);
    }

    private static (double[] First, double[] Second) NileLosses(int horizon, int power)
    {
        double[] nile = Samples.Column("nile.csv", "nile");
        int[] times = [.. Enumerable.Range(3 + horizon, nile.Length - 3 - horizon)];
        return (
            Array.ConvertAll(times, t => Math.Pow(Math.Abs(nile[t] - nile[t - horizon]), power)),
            Array.ConvertAll(times, t => Math.Pow(
                Math.Abs(nile[t] - nile[(t - horizon - 3)..(t - horizon + 1)].Average()), power)));
    }

    private static double ConstantInstrument()
    {
        (double[] first, double[] second) = NileLosses(1, 2);
        DieboldMariano plain = DieboldMariano.TestBartlett(first, second, 0);
        double centred = plain.StandardError * plain.StandardError * first.Length;
        double squared = plain.Statistic * plain.Statistic * centred
            / (centred + plain.MeanDifference * plain.MeanDifference);
        return GiacominiWhite.Test(first, second, DesignMatrix.Intercept(first.Length)).Statistic / squared;
    }

    private static (double[] Returns, double[] Deviations) Dax(VerificationContext context)
    {
        double[] prices = context.Catalog.Load("eu-indices").Column("DAX", "close").ToArray();
        double[] r = [.. Enumerable.Range(1, prices.Length - 1).Select(t => Math.Log(prices[t] / prices[t - 1]))];
        return (
            r[20..],
            [.. Enumerable.Range(20, r.Length - 20).Select(t => Math.Sqrt(r[(t - 20)..t].Average(x => x * x)))]);
    }

    private static bool[] Hits(VerificationContext context)
    {
        (double[] returns, double[] deviations) = Dax(context);
        return Violations.Below(returns, Array.ConvertAll(deviations, s => -Z95 * s));
    }

    private static double[] Transforms(VerificationContext context)
    {
        (double[] returns, double[] deviations) = Dax(context);
        return [.. returns.Zip(deviations, (r, s) => StandardNormal.Cdf(r / s))];
    }
}
