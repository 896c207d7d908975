using System.Globalization;

namespace FinML.Statistics;

/// <summary>
/// Double machine learning for y = theta d + g(x) + e, d = m(x) + v (Chernozhukov, Chetverikov, Demirer, Duflo, Hansen,
/// Newey and Robins 2018): what learners predict from the controls is taken off outcome and treatment, row by row from
/// models that have not seen the row, and theta solves an orthogonal score, to which small errors of the learners do
/// not matter. theta is the effect of one unit of treatment where it is the same for all.
/// </summary>
public static class PartiallyLinearModel
{
    private const double LittleVariation = 0.01;

    /// <summary>Estimates theta.</summary>
    /// <param name="outcome">y.</param>
    /// <param name="treatment">d, of any kind of values.</param>
    /// <param name="controls">x, without an intercept.</param>
    /// <param name="outcomeLearner">Of the outcome; default <see cref="LassoLearner.Rigorous"/>.</param>
    /// <param name="treatmentLearner">Of the treatment; default that of the outcome.</param>
    /// <param name="crossFitting">Splits.</param>
    /// <param name="score">Which orthogonal score.</param>
    /// <exception cref="ArgumentException">Not aligned, not finite, constant, or a treatment that the controls
    /// determine.
    /// </exception>
    public static DoubleMachineLearningEstimate Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<double> treatment,
        DesignMatrix controls,
        ILearner? outcomeLearner = null,
        ILearner? treatmentLearner = null,
        CrossFitting? crossFitting = null,
        PartiallyLinearScore score = PartiallyLinearScore.PartiallingOut)
    {
        DoubleMachineLearningEstimate.Check(outcome, treatment, controls);
        if (!Enum.IsDefined(score))
            throw new ArgumentOutOfRangeException(nameof(score), $"score is {(int)score}; it must be a named one.");
        outcomeLearner ??= LassoLearner.Rigorous;
        treatmentLearner ??= outcomeLearner;
        crossFitting ??= new CrossFitting();
        double[] y = outcome.ToArray(), d = treatment.ToArray();
        int n = y.Length;
        crossFitting.Validate(n);

        var splits = new (double Estimate, double Error)[crossFitting.Repeats];
        double outcomeFit = 0, treatmentFit = 0;
        for (int repeat = 0; repeat < splits.Length; repeat++)
        {
            int[] fold = crossFitting.Split(n, repeat);
            double[] l = crossFitting.Predict(outcomeLearner, controls, y, fold, repeat, 0);
            double[] m = crossFitting.Predict(treatmentLearner, controls, d, fold, repeat, 1);
            outcomeFit += DoubleMachineLearningEstimate.RSquared(y, l) / splits.Length;
            treatmentFit += DoubleMachineLearningEstimate.RSquared(d, m) / splits.Length;
            double[] v = [.. d.Zip(m, (a, b) => a - b)], u = [.. y.Zip(l, (a, b) => a - b)];
            RequireVariation(v, d);
            splits[repeat] = Solve(v, u, v);
            if (score == PartiallyLinearScore.InstrumentType)
            {
                double[] less = [.. y.Zip(d, (a, b) => a - splits[repeat].Estimate * b)];
                double[] g = crossFitting.Predict(outcomeLearner, controls, less, fold, repeat, 2);
                splits[repeat] = Solve(v, [.. y.Zip(g, (a, b) => a - b)], d);
            }
        }

        (double estimate, double error) = DoubleMachineLearningEstimate.Median(splits);
        return new DoubleMachineLearningEstimate
        {
            Parameter = "effect of one unit of treatment",
            Estimate = estimate,
            StandardError = error,
            Estimates = [.. splits.Select(split => split.Estimate)],
            Method = "partially linear, " +
                $"{(score == PartiallyLinearScore.PartiallingOut ? "partialling out" : "IV-type")}; " +
                $"outcome by {outcomeLearner.Name}; treatment by {treatmentLearner.Name}",
            Count = n,
            CrossFitting = crossFitting,
            Assumptions = Assume(controls, outcomeFit, treatmentFit),
        };
    }

    /// <summary>theta with mean(v (u - theta a)) = 0, and sqrt(mean(score^2)) / |mean(v a)| / sqrt(n).</summary>
    private static (double Estimate, double Error) Solve(double[] v, double[] u, double[] a)
    {
        double slope = 0, level = 0, squares = 0;
        for (int i = 0; i < v.Length; i++)
        {
            slope += v[i] * a[i];
            level += v[i] * u[i];
        }

        double theta = level / slope;
        for (int i = 0; i < v.Length; i++)
        {
            double psi = v[i] * (u[i] - theta * a[i]);
            squares += psi * psi;
        }

        return (theta, Math.Sqrt(squares) / Math.Abs(slope));
    }

    private static void RequireVariation(double[] v, double[] d)
    {
        double left = v.Sum(value => value * value) / v.Length, all = Moments.Of(d).Variance(0);
        if (left <= 1e-10 * all)
            throw new ArgumentException(
                $"The controls predict the treatment but for a share of {Guard.Text(left / all)} of its variance: " +
                $"nothing of it is left whose effect could be seen.", "treatment");
    }

    private static Assumption[] Assume(DesignMatrix controls, double outcomeFit, double treatmentFit)
    {
        double left = 1 - treatmentFit;
        string names = controls.Columns <= 8
            ? string.Join(", ", controls.Names)
            : $"the {controls.Columns} controls";
        return
        [
            new("unconfoundedness", $"Given {names}, treatment is as good as random: nothing else moves both it and " +
                $"the outcome."),
            new("overlap", "At all values of the controls the treatment varies.",
                [new("share of the treatment's variance that the controls leave", left,
                    left < LittleVariation ? Bearing.Contradicts : Bearing.Supports,
                    string.Create(CultureInfo.InvariantCulture, $"{left:0.###} out of sample; below " +
                        $"{LittleVariation} the estimate rests on what little the learner of the treatment leaves."))]),
            new("quality of the learners", "The errors of the two learners vanish fast enough that their product is " +
                "small beside 1 / sqrt(n).",
                [new("out-of-sample R-squared of the outcome", outcomeFit, Bearing.Undecided,
                    "How well the controls predict the outcome; at or below 0 the learner found nothing."),
                    new("out-of-sample R-squared of the treatment", treatmentFit, Bearing.Undecided,
                    "How well the controls predict the treatment; at or below 0 the learner found nothing.")]),
            new("constant effect", "One unit of treatment has the same effect for all; otherwise the estimate is an " +
                "average with more weight where the treatment varies more."),
            new("independent rows",
                "Rows do not depend on each other; where they do, give folds and a method that know it."),
        ];
    }
}
