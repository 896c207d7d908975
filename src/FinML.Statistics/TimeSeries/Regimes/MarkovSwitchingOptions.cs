namespace FinML.Statistics;

/// <summary>Which regimes are fitted, and how.</summary>
public sealed record MarkovSwitchingOptions
{
    /// <summary>K, from 2 to 8.</summary>
    public int Regimes { get; init; } = 2;

    /// <summary>Order p of the autoregression of deviations from the regimes' means; 0 to 8, and K^(p+1) up to
    /// 4,096.</summary>
    public int Lags { get; init; }

    /// <summary>Whether each regime has its own standard deviation.</summary>
    public bool SwitchingVariance { get; init; } = true;

    /// <summary>Whether each regime has its own autoregression.</summary>
    public bool SwitchingAutoregression { get; init; }

    /// <summary>The regime of the first value.</summary>
    public InitialRegime Initial { get; init; } = InitialRegime.Stationary;

    /// <summary>The most rounds of expectation and maximisation from each start, without autoregression; 1 or
    /// more.</summary>
    public int MaximumRounds { get; init; } = 1000;

    /// <summary>The gain of log-likelihood a value below which a round is the last; above 0.</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>Whether a quasi-Newton method goes on from there to the maximum. Always with autoregression, and with a
    /// stationary start.</summary>
    public bool Polish { get; init; } = true;

    /// <summary>Whether the best maximum from several starts is taken; the maximum from the first one where
    /// not.</summary>
    public bool SeveralStarts { get; init; } = true;

    /// <summary>The smallest standard deviation of a regime, as a part of that of all values, in (0, 1): it keeps a
    /// regime from closing in on a single value, where the likelihood has no bound.</summary>
    public double SmallestDeviation { get; init; } = 0.01;

    internal bool UsesGradient => Polish || Lags > 0 || Initial == InitialRegime.Stationary;

    internal int DeviationCount => SwitchingVariance ? Regimes : 1;

    internal int AutoregressionCount => SwitchingAutoregression ? Regimes * Lags : Lags;

    /// <summary>Parameters without the initial distribution.</summary>
    internal int ParameterCount => Regimes * (Regimes - 1) + Regimes + DeviationCount + AutoregressionCount;

    /// <summary>The names of the parameters in their order: p(i to j) for all regimes i and all j but the last,
    /// mean(k), deviation(k), ar(k, lag).</summary>
    public IReadOnlyList<string> ParameterNames
    {
        get
        {
            var names = new List<string>();
            for (int i = 0; i < Regimes; i++)
            {
                for (int j = 0; j < Regimes - 1; j++)
                    names.Add($"p({i} to {j})");
            }

            for (int k = 0; k < Regimes; k++)
                names.Add($"mean({k})");
            for (int k = 0; k < DeviationCount; k++)
                names.Add(SwitchingVariance ? $"deviation({k})" : "deviation");
            for (int k = 0; k < (SwitchingAutoregression ? Regimes : 1); k++)
            {
                for (int lag = 1; lag <= Lags; lag++)
                    names.Add(SwitchingAutoregression ? $"ar({k}, {lag})" : $"ar({lag})");
            }

            return names;
        }
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        Guard.InRange(Regimes, 2, 8, nameof(Regimes));
        Guard.InRange(Lags, 0, 8, nameof(Lags));
        if (Math.Pow(Regimes, Lags + 1) > 4096)
            throw new ArgumentOutOfRangeException(nameof(Lags),
                $"Regimes is {Regimes} and Lags is {Lags}; Regimes^(Lags + 1) must be 4096 or less.");
        if (Initial == InitialRegime.Estimated && Lags > 0)
            throw new ArgumentOutOfRangeException(nameof(Initial),
                $"Initial is Estimated and Lags is {Lags}; with an autoregression it must be Stationary.");
        Guard.AtLeast(MaximumRounds, 1, nameof(MaximumRounds));
        Guard.Positive(Tolerance, nameof(Tolerance));
        Guard.Between(SmallestDeviation, 0, 1, nameof(SmallestDeviation));
    }
}
