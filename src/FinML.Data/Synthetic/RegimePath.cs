namespace FinML.Data;

/// <summary>A path of a regime-switching process: a logarithmic return a step, and the regime that it came
/// from.</summary>
/// <param name="Returns">The returns.</param>
/// <param name="Regimes">The number of the regime of each step.</param>
public sealed record RegimePath(double[] Returns, int[] Regimes);
