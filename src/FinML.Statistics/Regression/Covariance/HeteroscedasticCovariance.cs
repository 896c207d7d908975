namespace FinML.Statistics;

/// <summary>
/// sum_t w_t s_t s_t' / n, w by the number: HC0 1, HC1 n / (n - k), HC2 1 / (1 - h), HC3 1 / (1 - h)^2.
/// </summary>
internal sealed class HeteroscedasticCovariance(int number) : CovarianceEstimator
{
    internal override CovarianceEstimator WithoutFactor() => number == 1 ? HC0 : this;

    internal override ScoreCovariance Of(Scores scores)
    {
        double[] rows = scores.Values;
        if (number >= 2)
        {
            rows = (double[])rows.Clone();
            double[] leverages = scores.Leverages($"HC{number}");
            for (int t = 0; t < scores.Rows; t++)
            {
                double left = 1 - leverages[t];
                if (left < 1e-10)
                    throw new ArgumentException(
                        $"Row {t} is fitted exactly (leverage {Guard.Text(leverages[t])}), whatever its value is; " +
                        $"HC{number} divides by 1 - leverage. Take HC1, or leave the row out.");
                double weight = number == 2 ? Math.Sqrt(1 / left) : 1 / left;
                foreach (ref double value in rows.AsSpan(t * scores.Columns, scores.Columns))
                    value *= weight;
            }
        }

        double factor = number == 1 ? scores.Rows / (double)(scores.Rows - scores.Parameters) : 1;
        return new ScoreCovariance(
            CrossProduct(rows, scores.Columns) * (factor / scores.Rows), $"unequal variance, HC{number}");
    }
}
