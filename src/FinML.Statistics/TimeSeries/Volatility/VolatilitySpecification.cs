namespace FinML.Statistics;

/// <summary>Which volatility model is fitted.</summary>
public sealed record VolatilitySpecification
{
    /// <summary>The recursion of the variance.</summary>
    public VolatilityKind Kind { get; init; } = VolatilityKind.Garch;

    /// <summary>The law of the standardised errors.</summary>
    public InnovationLaw Innovations { get; init; } = InnovationLaw.Normal;

    /// <summary>Whether the mean has a constant.</summary>
    public bool HasConstant { get; init; } = true;

    /// <summary>Order p of the autoregression of the mean, r_t = c + sum phi_j r_{t-j} + e_t; 0 to 20. The first p
    /// values are conditioned on.</summary>
    public int Lags { get; init; }

    internal bool HasGamma => Kind != VolatilityKind.Garch;

    internal int MeanCount => (HasConstant ? 1 : 0) + Lags;

    internal int VarianceCount => HasGamma ? 4 : 3;

    internal int Count => MeanCount + VarianceCount + (Innovations == InnovationLaw.StudentT ? 1 : 0);

    /// <summary>The names of the parameters in the order in which every vector and matrix of a fit holds them:
    /// constant, ar1 ..., omega, alpha, gamma, beta, nu, as far as the model has them.</summary>
    public IReadOnlyList<string> ParameterNames =>
    [
        .. HasConstant ? ["constant"] : Array.Empty<string>(),
        .. Enumerable.Range(1, Lags).Select(lag => $"ar{lag}"),
        "omega", "alpha",
        .. HasGamma ? ["gamma"] : Array.Empty<string>(),
        "beta",
        .. Innovations == InnovationLaw.StudentT ? ["nu"] : Array.Empty<string>(),
    ];

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        Guard.InRange(Lags, 0, 20, nameof(Lags));
        if (!Enum.IsDefined(Kind))
            throw new ArgumentOutOfRangeException(nameof(Kind), $"Kind is {Kind}; it must be Garch, Gjr or Egarch.");
        if (!Enum.IsDefined(Innovations))
            throw new ArgumentOutOfRangeException(
                nameof(Innovations), $"Innovations is {Innovations}; it must be Normal or StudentT.");
    }
}
