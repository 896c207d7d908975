namespace FinML.Data.Features;

/// <summary>
/// Two hidden regimes that follow each other as a Markov chain, each with its own mean and volatility of normal
/// returns. Source: J. D. Hamilton, "A new approach to the economic analysis of nonstationary time series and the
/// business cycle", Econometrica 57 (1989).
/// </summary>
public sealed record RegimeModel
{
    /// <summary>Of the calm regime, in the unit of the returns.</summary>
    public required double CalmMean { get; init; }

    /// <summary>Of the calm regime; above 0.</summary>
    public required double CalmVolatility { get; init; }

    /// <summary>The probability that a calm row follows a calm row, in (0, 1).</summary>
    public required double CalmStays { get; init; }

    /// <summary>Of the turbulent regime.</summary>
    public required double TurbulentMean { get; init; }

    /// <summary>Of the turbulent regime; above 0.</summary>
    public required double TurbulentVolatility { get; init; }

    /// <summary>The probability that a turbulent row follows a turbulent row, in (0, 1).</summary>
    public required double TurbulentStays { get; init; }

    /// <summary>The part of all rows that is turbulent in the long run.</summary>
    public double TurbulentShare => (1 - CalmStays) / (2 - CalmStays - TurbulentStays);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public void Validate()
    {
        if (!double.IsFinite(CalmMean) || !double.IsFinite(TurbulentMean))
        {
            throw new ArgumentOutOfRangeException(nameof(RegimeModel), this, "The means of both regimes must be "
                + "finite.");
        }

        FeatureGuard.AboveZero(CalmVolatility, nameof(CalmVolatility));
        FeatureGuard.AboveZero(TurbulentVolatility, nameof(TurbulentVolatility));
        FeatureGuard.Between(CalmStays, 0, 1, nameof(CalmStays));
        FeatureGuard.Between(TurbulentStays, 0, 1, nameof(TurbulentStays));
    }

    /// <summary>The two densities of a return, less the logarithm of a common factor, so that the larger is
    /// 1.</summary>
    internal (double Calm, double Turbulent, double LogFactor) Densities(double r)
    {
        double calm = LogDensity(r, CalmMean, CalmVolatility);
        double turbulent = LogDensity(r, TurbulentMean, TurbulentVolatility);
        double larger = Math.Max(calm, turbulent);
        return (Math.Exp(calm - larger), Math.Exp(turbulent - larger), larger);
    }

    private static double LogDensity(double r, double mean, double volatility)
    {
        double z = (r - mean) / volatility;
        return -z * z / 2 - Math.Log(volatility) - Math.Log(2 * Math.PI) / 2;
    }
}
