using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Tails, held to the Danish fire losses and the Port Pirie sea levels.</summary>
internal static class ExtremesChecks
{
    private const string Danish = "McNeil 1997, the Danish fire losses; further digits by Newton in R";
    private const string Profile = "R: optimize and uniroot on the same profile, make_extremes.R";
    private const string Coles = "Coles 2001, section 3.4.1, sea levels at Port Pirie; further digits by R's evd";

    private static readonly double[] PortPirie =
    [
        4.03, 3.83, 3.65, 3.88, 4.01, 4.08, 4.18, 3.8, 4.36, 3.96, 3.98, 4.69, 3.85, 3.96, 3.85, 3.93, 3.75, 3.63, 3.57,
        4.25, 3.97, 4.05, 4.24, 4.22, 3.73, 4.37, 4.06, 3.71, 3.96, 4.06, 4.55, 3.79, 3.89, 4.11, 3.85, 3.86, 3.86,
        4.21, 4.01, 4.11, 4.24, 3.96, 4.21, 3.74, 3.85, 3.88, 3.66, 4.11, 3.71, 4.18, 3.9, 3.78, 3.91, 3.72, 4, 3.66,
        3.62, 4.33, 4.55, 3.75, 4.08, 3.9, 3.88, 3.94, 4.33,
    ];

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.timeseries.gpd.shape", "tail above 10 millions: shape (published .50)", Danish, 0.4969858023,
            1e-6, _ => Tail().Tail.Shape),
        new("statistics.timeseries.gpd.shape-error", "its standard error (published .14)", Danish, 0.1362838204, 1e-6,
            _ => Tail().Tail.ShapeError),
        new("statistics.timeseries.gpd.scale", "scale (published 7.0)", Danish, 6.9754680478, 1e-5,
            _ => Tail().Tail.Scale),
        new("statistics.timeseries.gpd.scale-error", "its standard error (published 1.1)", Danish, 1.1134906126, 1e-5,
            _ => Tail().Tail.ScaleError),
        new("statistics.timeseries.gpd.pwm", "shape by probability-weighted moments, above 10 millions",
            "R, fExtremes: gpdFit", 0.509809357337, 1e-10,
            _ => PeaksOverThreshold.Of(Losses, 10, ParetoMethod.ProbabilityWeightedMoments).Tail.Shape),
        new("statistics.timeseries.pot.var", "99 % value at risk", Danish, 27.289987399, 1e-5,
            _ => Tail().ValueAtRisk(0.99).Value),
        new("statistics.timeseries.pot.var-upper", "upper end of the 95 % profile interval of the 99.9 % value at risk",
            Profile, 189.097674284, 1e-3, _ => Tail().ValueAtRisk(0.999).Upper),
        new("statistics.timeseries.pot.shortfall", "99 % expected shortfall", Danish, 58.240100494, 1e-4,
            _ => Tail().ExpectedShortfall(0.99).Value),
        new("statistics.timeseries.pot.shortfall-upper", "upper end of its 95 % profile interval", Profile,
            154.981931274, 1e-3, _ => Tail().ExpectedShortfall(0.99).Upper),
        new("statistics.timeseries.hill", "Hill's shape of the 109 largest losses", "R, the formula", 0.631218058570,
            1e-10, _ => HillEstimate.Of(Losses, 109).Shape),
        new("statistics.timeseries.gev.location", "extreme-value law: location (published 3.87)", Coles, 3.8747498551,
            1e-6, _ => GeneralisedExtremeValue.Fit(PortPirie).Location),
        new("statistics.timeseries.gev.shape", "shape (published -.050)", Coles, -0.0501095317, 1e-6,
            _ => GeneralisedExtremeValue.Fit(PortPirie).Shape),
        new("statistics.timeseries.gev.shape-error", "its standard error (published .098)", Coles, 0.0982554880, 1e-5,
            _ => GeneralisedExtremeValue.Fit(PortPirie).StandardErrors[2]),
        new("statistics.timeseries.gev.level", "level of a hundred years (published 4.69)", Coles, 4.688403756, 1e-6,
            _ => GeneralisedExtremeValue.Fit(PortPirie).ReturnLevel(100).Level),
    ];

    private static double[] Losses => Samples.Column("danish_fire.csv", "loss");

    private static PeaksOverThreshold Tail() => PeaksOverThreshold.Of(Losses, 10);
}
