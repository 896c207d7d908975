namespace FinML.Data;

/// <summary>A generated panel with a factor structure, and the truth about it.</summary>
/// <param name="Panel">The fields close, and signal: what is known at the row's close.</param>
/// <param name="Loadings">[asset][factor].</param>
/// <param name="FactorReturns">[factor][row]: simple returns; 0 in row 0.</param>
/// <param name="PlantedReturns">The return in each row of the portfolio that holds signal / assets of each asset; NaN
/// in the first rows, which no signal reaches.</param>
public sealed record FactorSample(Panel Panel, double[][] Loadings, double[][] FactorReturns, double[] PlantedReturns);
