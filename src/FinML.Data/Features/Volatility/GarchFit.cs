namespace FinML.Data.Features;

/// <summary>A fitted GARCH model.</summary>
/// <param name="Model">The parameters of the highest likelihood that was found.</param>
/// <param name="LogLikelihood">Of all returns, under normal innovations.</param>
/// <param name="Iterations">Steps of the optimiser.</param>
/// <param name="LargestGradient">The largest component of the gradient of the mean log-likelihood where it stopped; at
/// a bound of the parameters it need not be small.</param>
public sealed record GarchFit(GarchModel Model, double LogLikelihood, int Iterations, double LargestGradient);
