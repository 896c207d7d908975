namespace FinML.Statistics;

/// <summary>A lagged dependence between two series that the conditions of its test do not explain: a link of a graph of
/// prediction, which is no effect.</summary>
/// <param name="From">The earlier series.</param>
/// <param name="Lag">By how many periods it is earlier.</param>
/// <param name="To">The later series.</param>
/// <param name="PartialCorrelation">Given the parents of both.</param>
/// <param name="PValue">Two-sided, for this link alone.</param>
/// <param name="AdjustedPValue">By Benjamini and Hochberg over all links tested.</param>
/// <param name="Conditions">How many variables it was conditioned on.</param>
public sealed record PredictiveLink(
    string From, int Lag, string To, double PartialCorrelation, double PValue, double AdjustedPValue, int Conditions);
