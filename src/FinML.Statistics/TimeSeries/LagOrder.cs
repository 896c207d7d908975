namespace FinML.Statistics;

/// <summary>
/// The order of a vector autoregression by the criteria of Akaike, Hannan and Quinn, and Schwarz, all orders fitted to
/// one sample: the periods after the first <see cref="Maximum"/>. Akaike's tends to take too many lags, Schwarz's too
/// few in short samples (Luetkepohl 2005, section 4.3).
/// </summary>
public sealed record LagOrder
{
    /// <summary>The order with the smallest Akaike criterion.</summary>
    public required int Aic { get; init; }

    /// <summary>The order with the smallest Hannan-Quinn criterion.</summary>
    public required int HannanQuinn { get; init; }

    /// <summary>The order with the smallest Schwarz criterion.</summary>
    public required int Bic { get; init; }

    /// <summary>The largest order tried.</summary>
    public required int Maximum { get; init; }

    /// <summary>The models of order 0 to <see cref="Maximum"/>, with their criteria.</summary>
    public required IReadOnlyList<VectorAutoregression> Models { get; init; }

    /// <summary>Tries the orders from 0 to <paramref name="maximum"/>.</summary>
    /// <param name="series">Aligned series of one length, by name, oldest value first.</param>
    /// <param name="maximum">1 or more.</param>
    /// <param name="terms">What stands beside the lags.</param>
    public static LagOrder Select(
        IReadOnlyList<(string Name, double[] Values)> series,
        int maximum,
        DeterministicTerms terms = DeterministicTerms.Constant)
    {
        Guard.AtLeast(maximum, 1, nameof(maximum));
        VectorAutoregression[] models =
            [.. Enumerable.Range(0, maximum + 1).Select(p => VectorAutoregression.Fit(series, p, terms, maximum))];
        return new LagOrder
        {
            Aic = models.MinBy(model => model.Aic)!.Lags,
            HannanQuinn = models.MinBy(model => model.HannanQuinn)!.Lags,
            Bic = models.MinBy(model => model.Bic)!.Lags,
            Maximum = maximum,
            Models = models,
        };
    }
}
