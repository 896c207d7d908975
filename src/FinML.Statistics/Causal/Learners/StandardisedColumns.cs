namespace FinML.Statistics;

/// <summary>Features centred and divided by their standard deviation (ddof 0), with what takes coefficients back; a
/// constant feature is 0 and has coefficient 0.</summary>
internal sealed class StandardisedColumns
{
    private readonly double[] _means, _scales;

    internal StandardisedColumns(DesignMatrix features)
    {
        int p = features.Columns;
        (_means, _scales, Columns) = (new double[p], new double[p], new double[p][]);
        for (int j = 0; j < p; j++)
        {
            ReadOnlySpan<double> column = features.Column(j);
            Moments moments = Moments.Of(column);
            (_means[j], _scales[j]) = (moments.Mean, Guard.IsConstant(column) ? 0 : moments.StandardDeviation(0));
            Columns[j] = new double[column.Length];
            for (int i = 0; i < column.Length && _scales[j] > 0; i++)
                Columns[j][i] = (column[i] - _means[j]) / _scales[j];
        }
    }

    /// <summary>(features) by (rows).</summary>
    internal double[][] Columns { get; }

    internal LinearPrediction Prediction(double level, double[] slopes, Func<double, double>? link = null)
    {
        double[] original = [.. slopes.Select((slope, j) => _scales[j] > 0 ? slope / _scales[j] : 0)];
        return new LinearPrediction(level - original.Select((slope, j) => slope * _means[j]).Sum(), original, link);
    }
}
