namespace FinML.Statistics;

/// <summary>The forecasts whose probability lies from <paramref name="Lower"/> to <paramref name="Upper"/>.</summary>
/// <param name="Lower">Lower end, inside.</param>
/// <param name="Upper">Upper end, outside but for 1.</param>
/// <param name="Count">Number of forecasts.</param>
/// <param name="MeanProbability">Mean forecast.</param>
/// <param name="Frequency">Share of them after which the event came.</param>
public sealed record CalibrationBin(double Lower, double Upper, int Count, double MeanProbability, double Frequency);
