using System.Globalization;

namespace FinML.Statistics;

/// <summary>
/// Double machine learning for a treatment of 0 and 1 whose effect may differ between rows (Chernozhukov et al. 2018,
/// section 5.1): the average effect by the augmented inverse-propensity score of Robins and Rotnitzky (1995),
/// g1 - g0 + d (y - g1) / m - (1 - d) (y - g0) / (1 - m), g_d = E[y | d, x], m = P(d = 1 | x).
/// </summary>
public static class InteractiveModel
{
    /// <summary>Estimates the average effect of treatment.</summary>
    /// <param name="outcome">y.</param>
    /// <param name="treatment">d, 0 or 1.</param>
    /// <param name="controls">x, without an intercept.</param>
    /// <param name="outcomeLearner">Of the outcome, in each arm; default <see cref="LassoLearner.Rigorous"/>.</param>
    /// <param name="propensityLearner">Of the treatment; default <see cref="LogisticLearner"/>.</param>
    /// <param name="crossFitting">Splits.</param>
    /// <param name="trim">Propensities are held inside [trim, 1 - trim]; between 0 and 0.5.</param>
    /// <exception cref="ArgumentException">Not aligned, not finite, constant, or a treatment other than 0 and 1.
    /// </exception>
    public static DoubleMachineLearningEstimate AverageEffect(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<double> treatment,
        DesignMatrix controls,
        ILearner? outcomeLearner = null,
        ILearner? propensityLearner = null,
        CrossFitting? crossFitting = null,
        double trim = 0.01)
    {
        Treatment.RequireBinary(treatment, nameof(treatment));
        DoubleMachineLearningEstimate.Check(outcome, treatment, controls);
        Guard.Between(trim, 0, 0.5, nameof(trim));
        outcomeLearner ??= LassoLearner.Rigorous;
        propensityLearner ??= new LogisticLearner();
        crossFitting ??= new CrossFitting();
        double[] y = outcome.ToArray(), d = treatment.ToArray();
        int n = y.Length;
        crossFitting.Validate(n);

        var splits = new (double Estimate, double Error)[crossFitting.Repeats];
        var propensities = new double[n]; // mean over the splits, as they were learned
        for (int repeat = 0; repeat < splits.Length; repeat++)
        {
            int[] fold = crossFitting.Split(n, repeat);
            double[] g0 = crossFitting.Predict(outcomeLearner, controls, y, fold, repeat, 0, row => d[row] == 0);
            double[] g1 = crossFitting.Predict(outcomeLearner, controls, y, fold, repeat, 1, row => d[row] == 1);
            double[] m = crossFitting.Predict(propensityLearner, controls, d, fold, repeat, 2);
            var score = new double[n];
            for (int i = 0; i < n; i++)
            {
                propensities[i] += m[i] / splits.Length;
                double p = Math.Clamp(m[i], trim, 1 - trim);
                score[i] = g1[i] - g0[i] + (d[i] == 1 ? (y[i] - g1[i]) / p : -(y[i] - g0[i]) / (1 - p));
            }

            Moments moments = Moments.Of(score);
            splits[repeat] = (moments.Mean, moments.StandardDeviation(0) / Math.Sqrt(n));
        }

        (double estimate, double error) = DoubleMachineLearningEstimate.Median(splits);
        return new DoubleMachineLearningEstimate
        {
            Parameter = "average effect of treatment",
            Estimate = estimate,
            StandardError = error,
            Estimates = [.. splits.Select(split => split.Estimate)],
            Method = $"interactive, augmented inverse propensity; outcome by {outcomeLearner.Name}; propensity by " +
                $"{propensityLearner.Name}, trimmed at {Guard.Text(trim)}",
            Count = n,
            CrossFitting = crossFitting,
            Assumptions = Assume(controls, propensities, d, trim),
        };
    }

    private static Assumption[] Assume(DesignMatrix controls, double[] propensities, double[] d, double trim)
    {
        string names = controls.Columns <= 8
            ? string.Join(", ", controls.Names)
            : $"the {controls.Columns} controls";
        double outside = propensities.Average(p => p < trim || p > 1 - trim ? 1.0 : 0);
        double[] weights = [.. propensities.Select((p, i) =>
            1 / Math.Clamp(d[i] == 1 ? p : 1 - p, trim, 1 - trim))];
        double effective = Math.Pow(weights.Sum(), 2) / weights.Sum(w => w * w) / weights.Length;
        return
        [
            new("unconfoundedness", $"Given {names}, treatment is as good as random: nothing else moves both it and " +
                $"the outcome."),
            new("overlap", "At all values of the controls both treatments occur.",
            [
                new("share of propensities outside the trimming bounds", outside,
                    outside > 0 ? Bearing.Contradicts : Bearing.Supports,
                    string.Create(CultureInfo.InvariantCulture, $"From {propensities.Min():0.###} to " +
                        $"{propensities.Max():0.###}; for rows outside [{trim}, {1 - trim}] there are no " +
                        $"counterparts, and trimming changes whose average effect is estimated.")),
                new("effective share of the sample", effective,
                    effective < 0.2 ? Bearing.Contradicts : Bearing.Supports,
                    "(sum w)^2 / (n sum w^2) of the inverse propensities; below 0.2 a few rows carry the estimate."),
            ]),
            new("quality of the learners", "The errors of the learners of outcome and propensity vanish fast enough " +
                "that their product is small beside 1 / sqrt(n)."),
            new("no interference", "The treatment of one row does not move the outcome of another."),
            new("independent rows",
                "Rows do not depend on each other; where they do, give folds and a method that know it."),
        ];
    }
}
