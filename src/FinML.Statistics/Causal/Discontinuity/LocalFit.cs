using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>A kernel-weighted polynomial fit on one side of a cutoff.</summary>
/// <param name="Powers">R, (observations, order + 1).</param>
/// <param name="Weighted">W R.</param>
/// <param name="InverseGram">(R'WR)^-1.</param>
/// <param name="Coefficients">(order + 1, columns); row 0 is the level at the cutoff.</param>
/// <param name="Bandwidth">h.</param>
/// <param name="Order">Of the polynomial.</param>
internal sealed record LocalFit(
    Matrix<double> Powers,
    Matrix<double> Weighted,
    Matrix<double> InverseGram,
    Matrix<double> Coefficients,
    double Bandwidth,
    int Order)
{
    /// <summary>The diagonal of the hat matrix.</summary>
    internal double Leverage(int row) => Powers.Row(row) * InverseGram * Weighted.Row(row);
}
