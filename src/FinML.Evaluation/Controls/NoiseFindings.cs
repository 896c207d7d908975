namespace FinML.Evaluation;

/// <summary>What the tests say of one draw of <see cref="NoiseControls"/>: p-values of the planted strategy; of the
/// most striking one where there is none.</summary>
/// <param name="Uncorrected">The probabilistic Sharpe ratio's, as if nothing else had been tried.</param>
/// <param name="Stepwise">Romano and Wolf's StepM.</param>
/// <param name="Superior">Hansen's SPA, of the whole family.</param>
/// <param name="FalseDiscoveryRate">Benjamini and Hochberg, on the probabilistic Sharpe ratios' p-values.</param>
/// <param name="Deflated">One minus the deflated Sharpe ratio.</param>
public sealed record NoiseFindings(
    double Uncorrected, double Stepwise, double Superior, double FalseDiscoveryRate, double Deflated);
