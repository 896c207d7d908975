using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>Forecasts against what came, over some rows.</summary>
/// <param name="Name">Which rows.</param>
/// <param name="Rank">Spearman's correlation.</param>
/// <param name="MeanSquaredError">Of the forecasts.</param>
/// <param name="ErrorOfZero">Of the forecast 0 on the same rows: what a useful forecast is below.</param>
public sealed record FoldQuality(string Name, InformationCoefficient Rank, double MeanSquaredError, double ErrorOfZero);
