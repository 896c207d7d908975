using System.Globalization;

namespace FinML.Evaluation;

/// <summary>What a forecast earns in each test row, more being better: the series that every test is made on.</summary>
public sealed class EvaluationGain
{
    private readonly Func<double[], double[], double[]> _of;

    private EvaluationGain(string name, Func<double[], double[], double[]> of)
    {
        Name = name;
        _of = of;
    }

    /// <summary>The kind and its numbers.</summary>
    public string Name { get; }

    /// <summary>The return of holding the forecast's sign over the label's horizon, less the costs of changing
    /// it.</summary>
    /// <param name="costBasisPoints">Of the traded value: from 1 to -1 trades 2. 0 or more.</param>
    public static EvaluationGain SignOfForecast(double costBasisPoints = 5)
    {
        if (!(costBasisPoints >= 0) || double.IsInfinity(costBasisPoints))
            throw new ArgumentOutOfRangeException(
                nameof(costBasisPoints), $"costBasisPoints is {costBasisPoints:R}; it must be 0 or more and finite.");
        return new EvaluationGain(
            $"sign of the forecast, {costBasisPoints.ToString("R", CultureInfo.InvariantCulture)} basis points",
            (forecasts, labels) =>
            {
                var gains = new double[labels.Length];
                double held = 0;
                for (int t = 0; t < gains.Length; t++)
                {
                    double sign = Math.Sign(forecasts[t]);
                    gains[t] = sign * labels[t] - costBasisPoints * 1e-4 * Math.Abs(sign - held);
                    held = sign;
                }

                return gains;
            });
    }

    /// <summary>By how much the squared error is below that of the forecast 0.</summary>
    public static EvaluationGain SquaredErrorBelowZeroForecast() => new(
        "squared error below that of the forecast 0",
        (forecasts, labels) =>
            [.. labels.Zip(forecasts, (label, said) => label * label - (label - said) * (label - said))]);

    internal double[] Of(double[] forecasts, double[] labels) => _of(forecasts, labels);
}
