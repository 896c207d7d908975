namespace FinML.Statistics;

/// <summary>One point of a <see cref="PriorSensitivity"/>.</summary>
/// <param name="Scale">Scale of the prior.</param>
/// <param name="LogBayesFactor">Natural logarithm of BF10 with that prior.</param>
public sealed record SensitivityPoint(double Scale, double LogBayesFactor);
