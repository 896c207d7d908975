namespace FinML.Statistics;

/// <summary>What a regression discontinuity rests on, and what the data say about it.</summary>
internal static class DiscontinuityAssumptions
{
    internal static IReadOnlyList<Assumption> Of(
        RegressionDiscontinuity result, double[] outcome, double[] running, double[] treatment,
        IReadOnlyList<(string Name, double[] Values)> covariates)
    {
        RegressionDiscontinuityOptions options = result.Options;
        var assumptions = new List<Assumption>
        {
            new("continuity", "Without the treatment, the expected outcome would pass the cutoff without a jump.",
                [.. covariates.Select(Balance), .. PlaceboCutoffs()]),
            new("no manipulation", "Nobody can place himself exactly on a side of the cutoff.", Density()),
            new("bandwidth", "The estimate is not an accident of the window that it was computed in.",
                [.. new[] { 0.5, 2 }.SelectMany(OtherBandwidth)]),
        };
        if (result.FirstStage is { } stage)
            assumptions.Add(new Assumption(
                "relevance", "The chance of treatment jumps at the cutoff.",
                [
                    Diagnostic.TestOfFailure(
                        "first-stage jump", stage.Jump, Tails.NormalTwoSided(stage.Jump / stage.StandardError),
                        "the treatment does not jump"),
                ]));
        return assumptions;

        Diagnostic Balance((string Name, double[] Values) covariate)
        {
            RegressionDiscontinuity jump = RegressionDiscontinuity.Estimated(
                covariate.Values, running, options with { Bandwidth = 0, BiasBandwidth = 0 }, default, []);
            return Diagnostic.Test(
                $"jump of {covariate.Name}", jump.BiasCorrected, jump.PValue, $"{covariate.Name} does not jump");
        }

        // At the median of each side, on that side alone: nothing happens there.
        IEnumerable<Diagnostic> PlaceboCutoffs()
        {
            foreach (bool above in new[] { false, true })
            {
                int[] rows = [.. Enumerable.Range(0, running.Length).Where(i => running[i] >= options.Cutoff == above)];
                double[] x = [.. rows.Select(i => running[i])], y = [.. rows.Select(i => outcome[i])];
                double median = Quantile.Type7(x, 0.5);
                if (x.Count(v => v < median) < 20 || x.Count(v => v >= median) < 20)
                    continue;
                RegressionDiscontinuity? placebo = Try(() => RegressionDiscontinuity.Estimated(
                    y, x, options with { Cutoff = median, Bandwidth = 0, BiasBandwidth = 0 }, default, []));
                if (placebo is not null)
                    yield return Diagnostic.Test(
                        FormattableString.Invariant($"placebo cutoff {median:g4}"), placebo.BiasCorrected,
                            placebo.PValue,
                        "the outcome does not jump where no treatment sets in");
            }
        }

        IReadOnlyList<Diagnostic> Density()
        {
            DensityDiscontinuity? density = running.Length < 50
                ? null
                : Try(() => DensityDiscontinuity.Test(running, options.Cutoff));
            return density is null
                ? []
                : [Diagnostic.Test("McCrary log difference of the density", density.LogDifference, density.PValue,
                    "the density of the running variable does not jump")];
        }

        IEnumerable<Diagnostic> OtherBandwidth(double factor)
        {
            RegressionDiscontinuity? other = Try(() => RegressionDiscontinuity.Estimated(
                outcome, running,
                options with { Bandwidth = factor * result.Bandwidth, BiasBandwidth = factor * result.BiasBandwidth },
                treatment, covariates));
            if (other is null)
                yield break;
            yield return new Diagnostic(
                FormattableString.Invariant($"estimate at {factor} times the bandwidth"), other.BiasCorrected,
                Bearing.Undecided,
                FormattableString.Invariant(
                    $"[{other.Interval.Lower:g4}, {other.Interval.Upper:g4}] with a window of {other.Bandwidth:g4}."));
        }
    }

    /// <summary>A diagnostic that the data are too thin for is left out, not the result.</summary>
    private static T? Try<T>(Func<T> compute)
        where T : class
    {
        try
        {
            return compute();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
