namespace FinML.Statistics;

/// <summary>
/// Posterior of the slopes under a g prior: mean s b, b least squares; covariance
/// Residual SST (X'X)^-1 + Variance b b'.
/// </summary>
/// <param name="Mean">E[s | data], s = g / (1 + g).</param>
/// <param name="Variance">Var[s | data].</param>
/// <param name="Residual">E[s sigma^2 | data] over the total sum of squares.</param>
internal readonly record struct Shrinkage(double Mean, double Variance, double Residual);
