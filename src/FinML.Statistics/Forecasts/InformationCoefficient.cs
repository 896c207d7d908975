using MathNet.Numerics.Statistics;

namespace FinML.Statistics;

/// <summary>
/// Spearman's rank correlation of forecasts and what came, ties at their mean rank. The standard error 1/sqrt(n - 1) is
/// that of independent pairs: give it outcomes that do not overlap.
/// </summary>
public sealed record InformationCoefficient
{
    /// <summary>Rank correlation, -1 to 1.</summary>
    public required double Value { get; init; }

    /// <summary>Standard error under no relation, 1/sqrt(n - 1).</summary>
    public required double StandardError { get; init; }

    /// <summary>Pairs.</summary>
    public required int Count { get; init; }

    /// <summary>Two-sided p-value of no relation, from the normal distribution.</summary>
    public double PValue => Math.Min(1, 2 * StandardNormal.UpperTail(Math.Abs(Value) / StandardError));

    /// <summary>The coefficient of three or more pairs; neither side may be constant.</summary>
    /// <exception cref="ArgumentException">Lengths differ, fewer than three pairs, or a value that is not
    /// finite.</exception>
    public static InformationCoefficient Of(ReadOnlySpan<double> forecasts, ReadOnlySpan<double> outcomes)
    {
        Guard.Series(forecasts, 3, nameof(forecasts));
        Guard.Series(outcomes, 3, nameof(outcomes));
        if (forecasts.Length != outcomes.Length)
            throw new ArgumentException(
                $"{forecasts.Length} forecasts stand against {outcomes.Length} outcomes; there must be one for each.",
                nameof(outcomes));
        Guard.NotConstant(forecasts, nameof(forecasts));
        Guard.NotConstant(outcomes, nameof(outcomes));
        return new InformationCoefficient
        {
            Value = Correlation.Spearman(forecasts.ToArray(), outcomes.ToArray()),
            StandardError = 1 / Math.Sqrt(forecasts.Length - 1),
            Count = forecasts.Length,
        };
    }
}
