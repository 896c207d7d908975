using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>One backtest, as it is handed to the ledger.</summary>
public sealed record TrialRecord
{
    /// <summary>The search that the trial belongs to: what is selected from together counts together.</summary>
    public required string Experiment { get; init; }

    /// <summary>What the strategy is called in tables.</summary>
    public required string Name { get; init; }

    /// <summary>Trial, baseline or control.</summary>
    public TrialKind Kind { get; init; } = TrialKind.Trial;

    /// <summary>
    /// Every setting, as a JSON object. The order of keys and the white space do not matter: the ledger keeps the
    /// canonical form.
    /// </summary>
    public required string Configuration { get; init; }

    /// <summary>The <see cref="RegistrationEntry.Id"/> that the trial answers, or null: then it is exploratory. It is
    /// not part of what identifies the run, so that none can be registered once its result is known.</summary>
    public string? Registration { get; init; }

    /// <summary>Hash of the data that were read.</summary>
    public required string DataHash { get; init; }

    /// <summary>Hash (or commit) of the code that ran.</summary>
    public required string CodeHash { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Periods in a year: 252 for daily returns.</summary>
    public required double PeriodsPerYear { get; init; }

    /// <summary>Number of returns, 2 or more.</summary>
    public required int Count { get; init; }

    /// <summary>Sharpe ratio per period, after costs.</summary>
    public required double SharpePerPeriod { get; init; }

    /// <summary>Skewness of the returns per period.</summary>
    public required double Skewness { get; init; }

    /// <summary>Raw kurtosis of the returns per period (3 for normal).</summary>
    public required RawKurtosis Kurtosis { get; init; }

    /// <summary>The record of a Sharpe ratio with its moments.</summary>
    public static TrialRecord Of(
        SharpeRatio sharpe,
        string experiment,
        string name,
        string configuration,
        string dataHash,
        string codeHash,
        ulong seed,
        TrialKind kind = TrialKind.Trial)
    {
        ArgumentNullException.ThrowIfNull(sharpe);
        return new TrialRecord
        {
            Experiment = experiment,
            Name = name,
            Kind = kind,
            Configuration = configuration,
            DataHash = dataHash,
            CodeHash = codeHash,
            Seed = seed,
            PeriodsPerYear = sharpe.PeriodsPerYear,
            Count = sharpe.Count,
            SharpePerPeriod = sharpe.PerPeriod,
            Skewness = sharpe.Skewness,
            Kurtosis = sharpe.Kurtosis,
        };
    }

    /// <summary>
    /// Throws where a field is missing or out of range, and returns the canonical form of the record.
    /// </summary>
    internal TrialRecord Canonical()
    {
        RequireText(Experiment, nameof(Experiment));
        RequireText(Name, nameof(Name));
        RequireText(DataHash, nameof(DataHash));
        RequireText(CodeHash, nameof(CodeHash));
        RequireFinite(SharpePerPeriod, nameof(SharpePerPeriod));
        RequireFinite(Skewness, nameof(Skewness));
        if (!Enum.IsDefined(Kind))
            throw new ArgumentOutOfRangeException(nameof(Kind), $"Kind is {(int)Kind}; it must be a named one.");
        if (!(PeriodsPerYear > 0) || double.IsInfinity(PeriodsPerYear))
            throw new ArgumentOutOfRangeException(
                nameof(PeriodsPerYear), $"PeriodsPerYear is {PeriodsPerYear:R}; it must be above 0 and finite.");
        if (Count < 2)
            throw new ArgumentOutOfRangeException(nameof(Count), $"Count is {Count}; it must be 2 or more.");

        // A ratio that no deflation could use is refused here, not when the report is due.
        SharpeStandardError.Mertens(SharpePerPeriod, Count, Skewness, Kurtosis);

        // The file does not keep the sign of zero; + 0.0 turns -0 into 0.
        return this with
        {
            Configuration = CanonicalJson.Of(Configuration),
            SharpePerPeriod = SharpePerPeriod + 0.0,
            Skewness = Skewness + 0.0,
        };
    }

    private static void RequireText(string value, string name)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new ArgumentException($"{name} is empty; every entry of the ledger must say it.", name);
    }

    private static void RequireFinite(double value, string name)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, $"{name} is {value:R}; it must be finite.");
    }
}
