using FinML.Markets;

namespace FinML.Evaluation;

/// <summary>How a search over trading rules is put to the test on made-up prices.</summary>
public sealed record RuleControlOptions
{
    /// <summary>Made-up histories; 1 to 100,000.</summary>
    public int Histories { get; init; } = 100;

    /// <summary>Days of each that are judged; 100 to 100,000.</summary>
    public int Days { get; init; } = 2_520;

    /// <summary>Days before them, so that every rule has its window; 0 to 10,000.</summary>
    public int WarmUp { get; init; } = 250;

    /// <summary>Whether the histories keep the mean of the returns that they are drawn from: a rule that is long more
    /// often than short then earns its share of the drift, without any timing. By default it is taken away.</summary>
    public bool KeepDrift { get; init; }

    /// <summary>The rule that is made to work; null for none.</summary>
    public MovingAverageRule? Planted { get; init; }

    /// <summary>By how much a year its Sharpe ratio is raised, while it holds something; 0 to 10.</summary>
    public double PlantedSharpe { get; init; }

    /// <summary>Resamples of each test; 99 to 1,000,000.</summary>
    public int Replicates { get; init; } = 199;

    /// <summary>The seed: of the histories and of the resamples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public RuleControlOptions Validate()
    {
        Check(Histories, 1, 100_000, nameof(Histories));
        Check(Days, 100, 100_000, nameof(Days));
        Check(WarmUp, 0, 10_000, nameof(WarmUp));
        Check(PlantedSharpe, 0, 10, nameof(PlantedSharpe));
        Check(Replicates, 99, 1_000_000, nameof(Replicates));
        if (Planted is { } rule && (rule.Band != 0 || rule.Timing != default))
            throw new ArgumentException(
                $"A rule without band, delay and holding period can be planted; {rule} has one.", nameof(Planted));
        if (PlantedSharpe > 0 && Planted is null)
            throw new ArgumentException(
                $"PlantedSharpe is {PlantedSharpe} and no rule is planted; name one.", nameof(Planted));
        return this;
    }

    private static void Check(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to be from {least} to {most}.");
    }
}
