namespace FinML.Data.Features;

/// <summary>A fitted <see cref="RegimeModel"/>.</summary>
/// <param name="Model">The parameters.</param>
/// <param name="LogLikelihood">Of the training returns.</param>
/// <param name="Iterations">Rounds of expectation and maximisation.</param>
/// <param name="Converged">Whether a round gained less than the tolerance.</param>
public sealed record RegimeFit(RegimeModel Model, double LogLikelihood, int Iterations, bool Converged);
