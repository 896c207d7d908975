using System.Globalization;
using FinML.Statistics;
using MathNet.Numerics;

namespace FinML.Verification;

/// <summary>Marginal likelihoods by bridge and nested sampling against closed forms, and the hierarchical comparison
/// against its authors' example.</summary>
internal static class EvidenceChecks
{
    private const string Conjugate = "closed form, conjugate prior";
    private const string Shells = "Feroz, Hobson, Bridges 2009: two Gaussian shells, by quadrature";

    private static readonly double[] SleepDifferences = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.bayes.bridge.sleep", "log marginal likelihood by bridge sampling, sleep differences ~ N(mu, "
            + "1), mu ~ N(0, 1)", Conjugate, -18.33106024, 1e-3, _ => Sleep().LogMarginalLikelihood),
        new("statistics.bayes.bridge.sleep-factor", "log Bayes factor against mu = 0, sleep differences", Conjugate,
            10.14832509, 1e-3, _ => Sleep().LogMarginalLikelihood + 28.47938533),
        new("statistics.bayes.bridge.longley", "log marginal likelihood by bridge sampling, Longley's regression, "
            + "normal-inverse-gamma prior", Conjugate, -22.41497065, 0.05, Longley),
        new("statistics.bayes.nested.shells-2", "log evidence by nested sampling, Gaussian shells in 2 dimensions",
            Shells,
            -1.745642, 0.15, _ => GaussianShells(2)),
        new("statistics.bayes.nested.shells-5", "log evidence by nested sampling, Gaussian shells in 5 dimensions",
            Shells,
            -5.673601, 0.15, _ => GaussianShells(5)),
        new("statistics.bayes.nested.eggbox", "log evidence by nested sampling, 18 modes of the eggbox",
            "dynesty, tests/test_egg.py", 235.856, 0.15, _ => Eggbox()),
        new("statistics.bayes.nested.box", "log evidence by nested sampling, a normal in a box of half width 10, 3 "
            + "dimensions", "closed form, -3 log 20", -8.98719682, 0.2, _ => BoxedNormal()),
        Hierarchical("first", "naive Bayes", 0.0795, h => h.Likeliest.FirstBetter),
        Hierarchical("equivalent", "neither", 0.0365, h => h.Likeliest.Equivalent),
        Hierarchical("second", "J48", 0.884, h => h.Likeliest.SecondBetter),
    ];

    /// <summary>The authors print one run of another sampler, noise on three data sets without spread
    /// included.</summary>
    private static ReferenceCheck Hierarchical(
        string id, string outcome, double expected, Func<HierarchicalComparison, double> probability) =>
        new($"statistics.bayes.hierarchical.{id}", $"naive Bayes against J48 on 53 data sets, rope 1: {outcome} better",
            "baycomp, docs/functions.rst (Stan)", expected, 0.02, _ => probability(Classifiers.Value));

    private static readonly Lazy<HierarchicalComparison> Classifiers = new(() => HierarchicalComparison.Of(
        Scores("nbc"), Scores("j48"), rope: 1,
        new HierarchicalComparisonOptions { Sampling = new NutsOptions { Seed = 1, TargetAcceptance = 0.9 } }));

    private static double[][] Scores(string model)
    {
        const string File = "classifier_accuracies.csv";
        string[] models = Samples.Texts(File, "model");
        double[][] scores = [.. Enumerable.Range(1, 10).Select(s => Samples.Column(File, $"s{s}"))];
        return [.. Enumerable.Range(0, models.Length).Where(i => models[i] == model)
            .Select(i => scores.Select(column => column[i]).ToArray())];
    }

    private static BridgeSampling Sleep()
    {
        var model = new BayesianModel([ModelParameter.Real("mu")], (at, gradient) =>
        {
            double log = LogNormal(at[0]);
            gradient[0] = -at[0];
            foreach (double difference in SleepDifferences)
            {
                log += LogNormal(difference - at[0]);
                gradient[0] += difference - at[0];
            }

            return log;
        });
        return BridgeSampling.Of(NoUTurnSampler.Sample(model, new NutsOptions { Seed = 1 }), seed: 1);
    }

    /// <summary>Employment in millions, centred; predictors standardised; beta | s2 ~ N(0, 100 s2 I), s2 ~ inverse
    /// gamma (1, 1).</summary>
    private static double Longley(VerificationContext context)
    {
        double[][] rows = LongleyRows(context);
        int n = rows.Length;
        double[] y = Standardise([.. rows.Select(r => r[0] / 1000)], scale: false);
        double[][] x = [.. Enumerable.Range(1, 6).Select(j => Standardise([.. rows.Select(r => r[j])], scale: true))];
        ModelParameter[] parameters = [ModelParameter.Positive("s2"), .. Enumerable.Range(1, 6).Select(j =>
            ModelParameter.Real($"b{j}"))];
        var model = new BayesianModel(parameters, (at, gradient) =>
        {
            double s2 = at[0], squares = 0;
            for (int j = 1; j <= 6; j++)
                gradient[j] = -at[j] / (100 * s2);
            for (int i = 0; i < n; i++)
            {
                double residual = y[i];
                for (int j = 0; j < 6; j++)
                    residual -= at[j + 1] * x[j][i];
                squares += residual * residual;
                for (int j = 0; j < 6; j++)
                    gradient[j + 1] += residual * x[j][i] / s2;
            }

            for (int j = 1; j <= 6; j++)
                squares += at[j] * at[j] / 100;
            double power = 2 + (n + 6) / 2.0; // 1 of the inverse gamma, 1 of its density
            gradient[0] = -power / s2 + (1 + squares / 2) / (s2 * s2);
            return -power * Math.Log(s2) - (1 + squares / 2) / s2 - (n + 6) / 2.0 * Math.Log(2 * Math.PI)
                - 3 * Math.Log(100);
        });
        var draws = NoUTurnSampler.Sample(model, new NutsOptions { Seed = 1, TargetAcceptance = 0.95 });
        return BridgeSampling.Of(draws, seed: 1).LogMarginalLikelihood;
    }

    private static double[][] LongleyRows(VerificationContext context)
    {
        string[] lines = context.Catalog.ReadText("nist-longley").ReplaceLineEndings("\n").Split('\n');
        int header = Array.FindLastIndex(lines, line => line.StartsWith("Data:", StringComparison.Ordinal));
        return [.. lines.Skip(header + 1)
            .Where(line => !string.IsNullOrWhiteSpace(line))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
    }

    private static double[] Standardise(double[] values, bool scale)
    {
        Moments moments = Moments.Of(values);
        return Array.ConvertAll(values, v => (v - moments.Mean) / (scale ? moments.StandardDeviation() : 1));
    }

    /// <summary>Centres at +-3.5 on the first axis, radius 2, width .1, box (-6, 6).</summary>
    internal static double GaussianShells(int dimension) => NestedSampling.Run(
        dimension,
        Box(6),
        x =>
        {
            double rest = 0;
            for (int i = 1; i < x.Length; i++)
                rest += x[i] * x[i];
            double a = Shell(x[0] - 3.5, rest), b = Shell(x[0] + 3.5, rest), high = Math.Max(a, b);
            return high + Math.Log(Math.Exp(a - high) + Math.Exp(b - high));
        },
        new NestedSamplingOptions { LivePoints = 2000, Seed = 1 }).LogEvidence;

    private static double Shell(double first, double rest)
    {
        const double Radius = 2, Width = 0.1;
        double off = (Math.Sqrt(first * first + rest) - Radius) / Width;
        return LogNormal(off) - Math.Log(Width);
    }

    private static double Eggbox() => NestedSampling.Run(
        2,
        (cube, x) => cube.CopyTo(x),
        x => Math.Pow(
            2 + Math.Cos(2.5 * Math.PI * (2 * x[0] - 1)) * Math.Cos(2.5 * Math.PI * (2 * x[1] - 1)), 5),
        new NestedSamplingOptions { LivePoints = 2000, Seed = 1 }).LogEvidence;

    private static double BoxedNormal() => NestedSampling.Run(
        3,
        Box(10),
        x => LogNormal(x[0]) + LogNormal(x[1]) + LogNormal(x[2]),
        new NestedSamplingOptions { LivePoints = 1000, Seed = 1 }).LogEvidence;

    private static PriorTransform Box(double halfWidth) => (cube, x) =>
    {
        for (int i = 0; i < x.Length; i++)
            x[i] = halfWidth * (2 * cube[i] - 1);
    };

    private static double LogNormal(double z) => -0.5 * (z * z + Math.Log(Constants.Pi2));
}
