using System.Diagnostics;
using FinML.Data;

namespace FinML.Verification;

/// <summary>All reference checks, and the loop that runs them.</summary>
public static class VerificationSuite
{
    /// <summary>Every check, by area.</summary>
    public static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        .. TorchChecks.All,
        .. StatisticsChecks.All,
        .. MultipleTestingChecks.All,
        .. VolatilityChecks.All,
        .. TimeSeriesChecks.All,
        .. StylizedFactsChecks.All,
        .. ExtremesChecks.All,
        .. TimeSeriesSizeChecks.All,
        .. ResamplingChecks.All,
        .. SharpeChecks.All,
        .. ResamplingSizeChecks.All,
        .. BayesFactorChecks.All,
        .. BayesFactorSizeChecks.All,
        .. RegressionChecks.All,
        .. NistChecks.All,
        .. ForecastChecks.All,
        .. InstrumentChecks.All,
        .. PredictionChecks.All,
        .. PermutationChecks.All,
        .. DistanceChecks.All,
        .. RunScoreChecks.All,
        .. PermutationSizeChecks.All,
        .. SizeChecks.All,
        .. SamplingChecks.All,
        .. SamplingSizeChecks.All,
        .. RegressionSizeChecks.All,
        .. ForecastSizeChecks.All,
        .. CausalSizeChecks.All,
        .. NaturalExperimentChecks.All,
        .. NaturalExperimentSizeChecks.All,
        .. DataChecks.All,
        .. FeatureChecks.All,
        .. LabelChecks.All,
        .. SyntheticChecks.All,
        .. GeneratorChecks.All,
        .. MarketChecks.All,
        .. ControlTaskChecks.All,
        .. TaskChecks.All,
        .. MatchingChecks.All,
        .. MarketMakingChecks.All,
        .. ExecutionChecks.All,
        .. KyleChecks.All,
        .. BaselineChecks.All,
        .. AgentChecks.All,
        .. ControlChecks.All,
        .. EvidenceSizeChecks.All,
    ];

    /// <summary>
    /// The checks whose identifier begins with one of the <paramref name="prefixes"/>; all where there are none.
    /// </summary>
    /// <param name="prefixes">Areas or beginnings of identifiers.</param>
    /// <param name="nightly">Whether simulations of minutes are among them.</param>
    /// <exception cref="ArgumentException">A prefix matches no check.</exception>
    public static IReadOnlyList<ReferenceCheck> Select(IReadOnlyCollection<string> prefixes, bool nightly = false)
    {
        foreach (string prefix in prefixes)
        {
            if (!All.Any(check => check.Id.StartsWith(prefix, StringComparison.Ordinal)))
            {
                string areas = string.Join(", ", All.Select(check => check.Area).Distinct());
                throw new ArgumentException($"No check begins with '{prefix}'. The areas are {areas}.");
            }
        }

        return [.. All.Where(check => (nightly || !check.Nightly)
            && (prefixes.Count == 0
                || prefixes.Any(prefix => check.Id.StartsWith(prefix, StringComparison.Ordinal))))];
    }

    /// <summary>Runs one check. A check that throws has failed, and says why; one whose data may not be shipped and are
    /// not here is skipped.</summary>
    public static CheckResult Run(ReferenceCheck check, VerificationContext context)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            double got = check.Compute(context);
            return new CheckResult(check, got, clock.Elapsed, Error: null);
        }
        catch (DataException missing) when (missing.NotFetched is not null)
        {
            return new CheckResult(check, double.NaN, clock.Elapsed, missing.Message, Skipped: true);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new CheckResult(check, double.NaN, clock.Elapsed, exception.Message);
        }
    }
}
