namespace FinML.Statistics;

/// <summary>What a synthetic control rests on, and what the data say about it.</summary>
internal static class SyntheticAssumptions
{
    internal static IReadOnlyList<Assumption> Of(SyntheticControl result, DonorPanel panel)
    {
        double[] before = panel.Outcomes[panel.IndexOf(result.Treated)][..result.FirstTreated];
        double share = result.RmspeBefore / Moments.Of(before).StandardDeviation();
        (string heaviest, double weight) = result.Weights[0];
        return
        [
            new Assumption(
                "fit before the treatment", "A mixture of donors follows the treated unit while neither is treated.",
                [
                    new Diagnostic(
                        "root mean squared gap before over the outcome's standard deviation", share,
                        share > 1 ? Bearing.Contradicts : Bearing.Undecided,
                        share > 1
                            ? "the mixture is further off than a constant: no donor is like the treated unit."
                            : "the smaller, the better the counterfactual is anchored."),
                ]),
            new Assumption(
                "stability", "The mixture that fitted before would have gone on fitting without the treatment.",
                [
                    new Diagnostic(
                        $"weight of {heaviest}", weight, Bearing.Undecided,
                        "an estimate that hangs on one donor takes over all that happens to it; see LeaveOneOut."),
                ]),
            new Assumption(
                "no interference", "The treatment of the one unit does not change the outcomes of the donors."),
            new Assumption(
                "no anticipation", "The treated unit does not react before the period that is given as the first."),
        ];
    }
}
