namespace FinML.Statistics;

/// <summary>
/// What the trials are taken to be like of which only one result is kept: a share of them is worthless, the
/// t-statistics of the others have an exponentially distributed mean; any two have the same correlation.
/// </summary>
public sealed record TrialPopulation
{
    // Harvey and Liu's program: rho, share of worthless trials, mean monthly return of the others.
    private static readonly (double Correlation, double NullShare, double MeanReturn)[] HarveyLiuZhuRows =
    [
        (0, 0.39660, 0.0054995), (0.2, 0.44589, 0.0055508), (0.4, 0.48604, 0.0055413),
        (0.6, 0.59902, 0.0055512), (0.8, 0.83901, 0.0055956),
    ];

    /// <summary>Correlation of any two t-statistics, from 0 to below 1.</summary>
    public required double Correlation { get; init; }

    /// <summary>Share of worthless trials, from 0 to 1.</summary>
    public required double NullShare { get; init; }

    /// <summary>Mean of the exponential distribution of the other trials' expected t-statistics, above 0.</summary>
    public required double MeanEffect { get; init; }

    /// <summary>All trials worthless.</summary>
    public static TrialPopulation Worthless(double correlation) => new()
    {
        Correlation = correlation,
        NullShare = 1,
        MeanEffect = 1,
    };

    /// <summary>
    /// The factors published in finance as Harvey, Liu and Zhu (2016) estimate them, with the numbers of Harvey and
    /// Liu's (2015) program Haircut_SR, on a straight line between its correlations; returns of 15 % a year in standard
    /// deviation over 240 months. Above .8 the last row holds.
    /// </summary>
    public static TrialPopulation HarveyLiuZhu(double correlation)
    {
        RequireCorrelation(correlation);
        double at = Math.Min(correlation, 0.8) / 0.2;
        int row = Math.Min((int)at, 3);
        var (low, high) = (HarveyLiuZhuRows[row], HarveyLiuZhuRows[row + 1]);
        double share = at - row, error = 0.15 / Math.Sqrt(12) / Math.Sqrt(240);
        return new TrialPopulation
        {
            Correlation = correlation,
            NullShare = low.NullShare + share * (high.NullShare - low.NullShare),
            MeanEffect = (low.MeanReturn + share * (high.MeanReturn - low.MeanReturn)) / error,
        };
    }

    internal void Validate()
    {
        RequireCorrelation(Correlation);
        if (!(NullShare >= 0 && NullShare <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(NullShare), $"NullShare is {Guard.Text(NullShare)}; it must be from 0 to 1.");
        Guard.Positive(MeanEffect, nameof(MeanEffect));
    }

    private static void RequireCorrelation(double correlation)
    {
        if (!(correlation >= 0 && correlation < 1))
            throw new ArgumentOutOfRangeException(
                nameof(correlation), $"correlation is {Guard.Text(correlation)}; it must be from 0 to below 1.");
    }
}
