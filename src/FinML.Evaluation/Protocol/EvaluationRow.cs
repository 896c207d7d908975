namespace FinML.Evaluation;

/// <summary>One model on one data set, over all seeds.</summary>
public sealed record EvaluationRow
{
    /// <summary>"model @ data set", as the family has it.</summary>
    public required string Name { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The data set.</summary>
    public required string Set { get; init; }

    /// <summary>Mean gain a period over all seeds and test rows.</summary>
    public required double Mean { get; init; }

    /// <summary>Its standard error over both sources: time (block bootstrap of the mean over seeds) and
    /// seeds.</summary>
    public required double StandardError { get; init; }

    /// <summary>Lower end of the interval of the mean.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end.</summary>
    public required double Upper { get; init; }

    /// <summary>Of the interval, by Satterthwaite's rule; infinite where the seeds do not matter.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>The share of the squared standard error that comes from the seeds.</summary>
    public required double SeedShare { get; init; }

    /// <summary>Sharpe ratio of the gains a year, by seed in their order: never the best of them alone.</summary>
    public required IReadOnlyList<double> SharpeBySeed { get; init; }

    /// <summary>Sharpe ratio a year of the mean over the seeds.</summary>
    public required double Sharpe { get; init; }

    /// <summary>Whether it is in the declared family.</summary>
    public required bool Declared { get; init; }

    /// <summary>Of the mean gain being 0 or less, uncorrected.</summary>
    public required double PValue { get; init; }

    /// <summary>Corrected by Holm over the family; NaN outside of it.</summary>
    public required double Holm { get; init; }

    /// <summary>Corrected by Benjamini and Hochberg over the family; NaN outside of it.</summary>
    public required double FalseDiscoveryRate { get; init; }

    /// <summary>Romano and Wolf's StepM over the family, given the seeds that were drawn; NaN outside of it.</summary>
    public required double Stepwise { get; init; }

    /// <summary>Whether it is in the set of models that holds the best of its data set; given the seeds.</summary>
    public required bool InConfidenceSet { get; init; }

    /// <summary>Deflated Sharpe ratio of the mean over the seeds by the ledger's raw number of trials.</summary>
    public required double Deflated { get; init; }

    /// <summary>Its entries in the ledger, one a seed.</summary>
    public required IReadOnlyList<TrialEntry> Entries { get; init; }
}
