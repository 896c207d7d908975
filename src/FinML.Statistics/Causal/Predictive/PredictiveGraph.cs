namespace FinML.Statistics;

/// <summary>
/// The graph of lagged links that <see cref="Pcmci"/> finds. Only under all its assumptions are its links causal; what
/// they say by themselves is which past values carry information that the others do not: prediction, never an effect.
/// </summary>
public sealed record PredictiveGraph : ICausalResult
{
    /// <summary>The series.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Every link tested: (series from) x (series to) x (lags 1 to the longest), in this order.</summary>
    public required IReadOnlyList<PredictiveLink> Tested { get; init; }

    /// <summary>The links found at <see cref="PcmciOptions.Alpha"/>, strongest first.</summary>
    public required IReadOnlyList<PredictiveLink> Links { get; init; }

    /// <summary>By series: the lagged series that the first stage selected as conditions, strongest first.</summary>
    public required IReadOnlyList<IReadOnlyList<(string From, int Lag)>> Parents { get; init; }

    /// <summary>By series: the selection level that was taken.</summary>
    public required IReadOnlyList<double> SelectionAlphas { get; init; }

    /// <summary>Periods in each test: the length less twice the longest lag.</summary>
    public required int Count { get; init; }

    /// <summary>The options it was made with.</summary>
    public required PcmciOptions Options { get; init; }

    /// <inheritdoc/>
    public CausalClaim Claim => CausalClaim.Prediction;

    /// <inheritdoc/>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>The link tested between two series.</summary>
    /// <exception cref="ArgumentException">There is none of this name or lag.</exception>
    public PredictiveLink Link(string from, int lag, string to) =>
        Tested.FirstOrDefault(link => link.From == from && link.Lag == lag && link.To == to)
        ?? throw new ArgumentException(
            $"No link from {from} to {to} at lag {lag} was tested; the series are {string.Join(", ", Names)} and the " +
            $"lags 1 to {Options.MaximumLag}.");
}
