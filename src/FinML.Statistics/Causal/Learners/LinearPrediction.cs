namespace FinML.Statistics;

/// <summary>intercept + features b, through a link function where there is one.</summary>
internal sealed class LinearPrediction(double intercept, double[] slopes, Func<double, double>? link = null)
    : IFittedLearner
{
    internal double Intercept => intercept;

    internal IReadOnlyList<double> Slopes => slopes;

    public double[] Predict(DesignMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Columns != slopes.Length)
            throw new ArgumentException(
                $"features has {features.Columns} columns; the learner was fitted on {slopes.Length}.",
                nameof(features));
        var predictions = new double[features.Rows];
        Array.Fill(predictions, intercept);
        for (int j = 0; j < slopes.Length; j++)
        {
            if (slopes[j] == 0)
                continue;
            ReadOnlySpan<double> column = features.Column(j);
            for (int i = 0; i < predictions.Length; i++)
                predictions[i] += slopes[j] * column[i];
        }

        return link is null ? predictions : Array.ConvertAll(predictions, value => link(value));
    }
}
