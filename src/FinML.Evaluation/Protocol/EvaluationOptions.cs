using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>How a rigorous evaluation is run.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The search that it belongs to in the ledger.</summary>
    public required string Experiment { get; init; }

    /// <summary>The hypothesis, registered before the data were read: its family is what is corrected for. Null for a
    /// search, whose family is all that ran, and whose trials are exploratory.</summary>
    public RegistrationEntry? Registration { get; init; }

    /// <summary>How the data are cut.</summary>
    public EvaluationSplit Split { get; init; } = EvaluationSplit.PurgedKFold();

    /// <summary>The seeds that every model is run with: a random sample of all seeds. At least 2, 5 or more to say how
    /// much they matter.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [1, 2, 3, 4, 5];

    /// <summary>What a forecast earns.</summary>
    public EvaluationGain Gain { get; init; } = EvaluationGain.SignOfForecast();

    /// <summary>Resamples, level and seed of intervals and tests.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();

    /// <summary>The error rate of every correction.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Fits side by side, 0 for one a processor; changes the time and nothing else.</summary>
    public int Threads { get; init; }

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Experiment);
        ArgumentNullException.ThrowIfNull(Split);
        ArgumentNullException.ThrowIfNull(Gain);
        if (Seeds.Count < 2 || Seeds.Distinct().Count() != Seeds.Count)
            throw new ArgumentException(
                $"Seeds are ({string.Join(", ", Seeds)}); 2 or more distinct ones are needed: one run says nothing of "
                + "the next.");
        if (!(Alpha > 0 && Alpha < 0.5))
            throw new ArgumentOutOfRangeException(
                nameof(Alpha), $"Alpha is {Alpha:R}; it must be above 0 and below .5.");
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        Bootstrap.Validate();
        if (Registration is { } entry && entry.Registration.Experiment != Experiment)
            throw new ArgumentException(
                $"The registration is of experiment '{entry.Registration.Experiment}', not of '{Experiment}'.");
    }
}
