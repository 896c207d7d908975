namespace FinML.Markets;

/// <summary>What an iterative solver of weights found.</summary>
/// <param name="Weights">They sum to 1, (assets).</param>
/// <param name="Iterations">Sweeps over the assets.</param>
/// <param name="Residual">The largest violation of the first-order condition, relative; see the solver.</param>
public sealed record WeightSolution(IReadOnlyList<double> Weights, int Iterations, double Residual);
