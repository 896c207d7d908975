using FinML.Data;
using FinML.Verification;

namespace FinML.Benchmarks.Statistics;

/// <summary>The evidence of Gaussian shells in five dimensions: how long, and how far from quadrature.</summary>
internal static class NestedSamplingRows
{
    internal static void AddTo(List<Row> rows)
    {
        rows.Add(new QuantityRow("nested sampling, 5-d Gaussian shells", "s", () => [Shells().Elapsed.TotalSeconds]));
        rows.Add(new QuantityRow("nested sampling, 5-d Gaussian shells: error of the log evidence", "", () =>
        {
            CheckResult result = Shells();
            return [Math.Abs(result.Got - result.Check.Expected)];
        }));
    }

    private static CheckResult Shells() => VerificationSuite.Run(
        VerificationSuite.All.Single(check => check.Id == "statistics.bayes.nested.shells-5"),
        new VerificationContext(DataCatalog.Open()));
}
