using FinML.Statistics;

namespace FinML.Verification;

/// <summary>
/// NIST's Statistical Reference Datasets: the smallest log relative error -log10(|got - certified| / |certified|), that
/// is the number of right digits, of each data set.
/// </summary>
internal static class NistChecks
{
    private const string Source = "NIST StRD, certified to 15 digits";
    private const double Most = 15; // digits that the certified values have

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        .. Linear("norris", 13, 13, 13),
        .. Linear("pontius", 12, 12, 12),
        .. Linear("noint1", 13, 14, 14),
        .. Linear("noint2", 14, 13, 14),
        .. Linear("filip", 7, 7, 8),
        .. Linear("longley", 12, 12, 13),
        .. Linear("wampler1", 13, 13, 13),
        .. Linear("wampler2", 12, 13, 13),
        .. Linear("wampler3", 13, 12, 13),
        .. Linear("wampler4", 13, 12, 13),
        .. Linear("wampler5", 13, 12, 12),
        .. Univariate("lew", Sample("lew"), -177.435, 277.332168044316, -0.307304800605679, 13),
        .. Univariate("lottery", Sample("lottery"), 518.958715596330, 291.699727470969, -0.120948622967393, 13),
        .. Univariate("mavro", Sample("mavro"), 2.001856, 0.000429123454003053, 0.937989183438248, 11),
        .. Univariate("michelso", Sample("michelso"), 299.8524, 0.0790105478190518, 0.535199668621283, 11),
        .. Univariate("numacc1", [10000001, 10000003, 10000002], 10000002, 1, -0.5, 15),
        .. Univariate("numacc2", Alternating(1.2m), 1.2, 0.1, -0.999, 13),
        .. Univariate("numacc3", Alternating(1000000.2m), 1000000.2, 0.1, -0.999, 9),
        .. Univariate("numacc4", Alternating(10000000.2m), 10000000.2, 0.1, -0.999, 8),
        .. Variance("atmwtag", () => Groups("atmwtag"), 15.9467335677930, 0.257426544538321, 1.51048314446410e-05, 9),
        .. Variance("sirstv", () => Groups("sirstv"), 1.18046237440255, 0.190999039051129, 0.104076068334656, 12),
        .. Simon("smls01", 0, 21, 21, 0.482758620689655, 13),
        .. Simon("smls02", 0, 201, 201, 0.471830985915493, 13),
        .. Simon("smls03", 0, 2001, 2001, 0.470712773465067, 13),
        .. Simon("smls04", 1_000_000, 21, 21, 0.482758620689655, 9),
        .. Simon("smls05", 1_000_000, 201, 201, 0.471830985915493, 9),
        .. Simon("smls06", 1_000_000, 2001, 2001, 0.470712773465067, 9),
        .. Simon("smls07", 1_000_000_000_000, 21, 21, 0.482758620689655, 4),
        .. Simon("smls08", 1_000_000_000_000, 201, 201, 0.471830985915493, 4),
        .. Simon("smls09", 1_000_000_000_000, 2001, 2001, 0.470712773465067, 4),
    ];

    private static IEnumerable<ReferenceCheck> Linear(string name, double estimates, double errors, double summary)
    {
        string id = $"statistics.nist.{name}";
        yield return Digits($"{id}.coefficients", $"right digits of {name}'s coefficients", estimates, context =>
            Fitted(context, (set, fit) => Fewest(set.Estimates, fit.Coefficients)));
        yield return Digits($"{id}.errors", $"right digits of {name}'s standard errors", errors, context =>
            Fitted(context, (set, fit) => Fewest(set.Errors, fit.StandardErrors)));
        string parts = $"right digits of {name}'s residual deviation, R2 and F";
        yield return Digits($"{id}.summary", parts, summary, context =>
            Fitted(context, (set, fit) => Fewest(
                [set.Deviation, set.RSquared, set.Statistic],
                [fit.ResidualStandardDeviation, fit.RSquared, fit.Overall!.Statistic])));

        double Fitted(VerificationContext context, Func<NistRegression, LinearRegression, double> digits)
        {
            NistRegression set = NistRegression.Parse(context.Catalog.ReadText($"nist-{name}"));
            return digits(set, LinearRegression.Fit(set.Y, set.X));
        }
    }

    private static IEnumerable<ReferenceCheck> Univariate(
        string name, double[] values, double mean, double deviation, double autocorrelation, double digits) =>
    [
        Digits($"statistics.nist.{name}", $"right digits of {name}'s mean, deviation and autocorrelation", digits, _ =>
        {
            Moments moments = Moments.Of(values);
            return Fewest(
                [mean, deviation, autocorrelation],
                [moments.Mean, moments.StandardDeviation(), Autocorrelation.At(values, 1)]);
        }),
    ];

    private static IEnumerable<ReferenceCheck> Variance(
        string name, Func<double[][]> groups, double statistic, double r2, double deviation, double digits) =>
    [
        Digits($"statistics.nist.{name}", $"right digits of {name}'s F, R2 and residual deviation", digits, _ =>
        {
            OneWayAnova anova = OneWayAnova.Test(groups());
            return Fewest(
                [statistic, r2, deviation], [anova.Statistic, anova.RSquared, anova.ResidualStandardDeviation]);
        }),
    ];

    /// <summary>
    /// The sets of Simon and Lesage (1989), by their construction. Where doubles hold the leading digits and few others
    /// (SmLs07-09), exact arithmetic on the rounded data has 4 right digits; all of them come back without the leading
    /// ones.
    /// </summary>
    private static IEnumerable<ReferenceCheck> Simon(
        string name, decimal leading, int replicates, double statistic, double r2, double digits)
    {
        IEnumerable<ReferenceCheck> stored = Variance(name, () => Treatments(leading), statistic, r2, 0.1, digits);
        return leading < 1e12m
            ? stored
            : [.. stored, .. Variance($"{name}.centred", () => Treatments(0), statistic, r2, 0.1, 10)];

        double[][] Treatments(decimal origin) => [.. Enumerable.Range(0, 9).Select(treatment =>
        {
            decimal centre = (origin == 0 && leading == 0 ? 1 : origin)
                + (treatment == 0 ? 0.4m : treatment % 2 == 1 ? 0.3m : 0.5m);
            return Enumerable.Range(0, replicates).Select(i =>
                (double)(centre + (i == 0 ? 0 : i % 2 == 1 ? -0.1m : 0.1m))).ToArray();
        })];
    }

    private static double[] Alternating(decimal centre) => [.. Enumerable.Range(0, 1001).Select(i =>
        (double)(centre + (i == 0 ? 0 : i % 2 == 1 ? -0.1m : 0.1m)))];

    private static double[] Sample(string column) =>
        [.. Samples.Column("nist.csv", column).Where(value => !double.IsNaN(value))];

    private static double[][] Groups(string column) =>
        [.. Samples.Column("nist.csv", $"{column}_group").Zip(Samples.Column("nist.csv", column))
            .Where(pair => !double.IsNaN(pair.First))
            .GroupBy(pair => pair.First, pair => pair.Second)
            .Select(group => group.ToArray())];

    private static ReferenceCheck Digits(
        string id, string description, double least, Func<VerificationContext, double> compute) =>
        new(id, description, Source, least, 0, compute, Comparison.AtLeast);

    private static double Fewest(IEnumerable<double> certified, IEnumerable<double> got) =>
        certified.Zip(got, RightDigits).Min();

    private static double RightDigits(double certified, double got)
    {
        if (double.IsInfinity(certified))
            return Math.Min(Most, Math.Log10(got));
        double error = certified == 0 ? Math.Abs(got) : Math.Abs((got - certified) / certified);
        return error == 0 ? Most : Math.Min(Most, -Math.Log10(error));
    }
}
