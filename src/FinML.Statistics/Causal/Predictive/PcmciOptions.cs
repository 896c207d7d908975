namespace FinML.Statistics;

/// <summary>Options of <see cref="Pcmci"/>.</summary>
public sealed record PcmciOptions
{
    /// <summary>The longest lag of a link, 1 or more.</summary>
    public int MaximumLag { get; init; } = 1;

    /// <summary>
    /// Levels of the tests that select conditions, each between 0 and 1; where there are several, each series takes the
    /// one whose selected parents have the smallest Akaike criterion. They are no error rates: a generous level costs
    /// power only. The defaults are tigramite's.
    /// </summary>
    public IReadOnlyList<double> SelectionAlphas { get; init; } = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5];

    /// <summary>Level at which <see cref="PredictiveGraph.Links"/> are reported, between 0 and 1.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>
    /// Whether p-values are corrected for the number of links by Benjamini and Hochberg before they are held to
    /// <see cref="Alpha"/>.
    /// </summary>
    public bool ControlFalseDiscoveries { get; init; } = true;

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Says the range and the value.</exception>
    public void Validate()
    {
        Guard.AtLeast(MaximumLag, 1, nameof(MaximumLag));
        Guard.Between(Alpha, 0, 1, nameof(Alpha));
        ArgumentNullException.ThrowIfNull(SelectionAlphas);
        Guard.AtLeast(SelectionAlphas.Count, 1, $"The number of {nameof(SelectionAlphas)}");
        foreach (double alpha in SelectionAlphas)
            Guard.Between(alpha, 0, 1, nameof(SelectionAlphas));
    }
}
