namespace FinML.Statistics;

/// <summary>Where a chain over models was.</summary>
/// <param name="Visits">Steps at each model.</param>
/// <param name="Inclusion">(batches, predictors): steps at models with the predictor.</param>
internal sealed record ChainVisits(Dictionary<ulong, int> Visits, double[][] Inclusion);
