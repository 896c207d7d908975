namespace FinML.Data.Features;

/// <summary>
/// Maximum likelihood of a <see cref="RegimeModel"/> on training rows by expectation and maximisation: Hamilton's
/// filter forwards, the smoothed probabilities backwards, then the moments they weigh. The smoothed probabilities serve
/// the fit and never leave it: what a feature may know is the filtered one.
/// Source: J. D. Hamilton, "Analysis of time series subject to changes in regime", Journal of Econometrics 45 (1990).
/// </summary>
public static class Regimes
{
    private const int FewestReturns = 50;
    private const double SmallestProbability = 1e-8; // of a change of regime, so that none is for ever

    /// <summary>Fits the returns of the training rows.</summary>
    /// <param name="train">The rows to learn from; leading rows whose return is missing are left out.</param>
    /// <param name="returns">One for each row of the series that was split.</param>
    /// <param name="options">The defaults where left out.</param>
    /// <exception cref="ArgumentException">The slice was split from a series of another length, fewer than 50 returns
    /// are left, one is missing among them, or they do not vary.</exception>
    public static RegimeFit Fit(TrainingSpan train, ReadOnlySpan<double> returns, RegimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new RegimeOptions();
        options.Validate();
        if (returns.Length != train.SeriesLength)
        {
            throw new ArgumentException($"The training span was split from a series of {train.SeriesLength} rows; "
                + $"there are {returns.Length} returns.", nameof(returns));
        }

        double[] x = returns[train.Start..train.End].ToArray();
        x = [.. x.SkipWhile(double.IsNaN)];
        RollingMoments moments = new(0, 0, 0);
        foreach (double r in x)
        {
            moments = RollingMoments.Combine(moments, RollingMoments.Of(r));
        }

        double volatility = Math.Sqrt(moments.PopulationVariance);
        if (x.Length < FewestReturns || !(volatility > 0) || !double.IsFinite(volatility))
        {
            throw new ArgumentException($"Regimes need {FewestReturns} or more finite training returns that vary; got "
                + $"{x.Length} of volatility {volatility}.", nameof(returns));
        }

        RegimeModel model = new()
        {
            CalmMean = moments.Mean,
            CalmVolatility = 0.6 * volatility,
            CalmStays = 0.95,
            TurbulentMean = moments.Mean,
            TurbulentVolatility = 1.6 * volatility,
            TurbulentStays = 0.95,
        };
        return Maximise(x, model, options, options.SmallestVolatility * volatility);
    }

    private static RegimeFit Maximise(double[] x, RegimeModel model, RegimeOptions options, double floor)
    {
        double[] filtered = new double[x.Length], turbulent = new double[x.Length]; // P(turbulent), filtered, smoothed
        double start = model.TurbulentShare, last = double.NegativeInfinity;
        for (int iteration = 1; ; iteration++)
        {
            double likelihood = Filter(model, x, start, filtered);
            if (double.IsNaN(likelihood))
            {
                throw new ArgumentException("The returns do not show two regimes: one of them took all rows.",
                    nameof(x));
            }

            bool converged = likelihood - last < options.Tolerance * x.Length;
            if (converged || iteration == options.MaximumIterations)
            {
                return new RegimeFit(Ordered(model), likelihood, iteration, converged);
            }

            last = likelihood;
            Transitions transitions = Smooth(model, filtered, turbulent);
            start = turbulent[0];
            (double calmMean, double calmVolatility) = Weighted(x, turbulent, calm: true);
            (double turbulentMean, double turbulentVolatility) = Weighted(x, turbulent, calm: false);
            model = new RegimeModel
            {
                CalmMean = calmMean,
                CalmVolatility = Math.Max(floor, calmVolatility),
                CalmStays = Inside(transitions.CalmToCalm / transitions.FromCalm),
                TurbulentMean = turbulentMean,
                TurbulentVolatility = Math.Max(floor, turbulentVolatility),
                TurbulentStays = Inside(transitions.TurbulentToTurbulent / transitions.FromTurbulent),
            };
        }
    }

    /// <summary>Hamilton's filter: P(turbulent at t | returns up to t); gives the log-likelihood.</summary>
    /// <param name="model">The regimes.</param>
    /// <param name="returns">The returns.</param>
    /// <param name="start">The probability that the first row is turbulent, before its return is known.</param>
    /// <param name="turbulent">Room for one probability a return.</param>
    internal static double Filter(
        RegimeModel model, ReadOnlySpan<double> returns, double start, Span<double> turbulent)
    {
        double likelihood = 0, predicted = start;
        for (int t = 0; t < returns.Length; t++)
        {
            (double calm, double wild, double logFactor) = model.Densities(returns[t]);
            double joint = predicted * wild, total = joint + (1 - predicted) * calm;
            likelihood += Math.Log(total) + logFactor;
            turbulent[t] = joint / total;
            predicted = turbulent[t] * model.TurbulentStays + (1 - turbulent[t]) * (1 - model.CalmStays);
        }

        return likelihood;
    }

    /// <summary>P(turbulent at t | all returns), backwards from the filtered probabilities, and the expected counts of
    /// the changes. Source: C.-J. Kim, "Dynamic linear models with Markov-switching", Journal of Econometrics 60
    /// (1994).</summary>
    private static Transitions Smooth(RegimeModel model, double[] filtered, double[] smoothed)
    {
        Transitions counts = default;
        int end = filtered.Length - 1;
        smoothed[end] = filtered[end];
        for (int t = end - 1; t >= 0; t--)
        {
            double wild = filtered[t], calm = 1 - wild;
            double toWild = wild * model.TurbulentStays + calm * (1 - model.CalmStays);
            double wildAhead = smoothed[t + 1] / toWild, calmAhead = (1 - smoothed[t + 1]) / (1 - toWild);
            double wildToWild = wild * model.TurbulentStays * wildAhead;
            double wildToCalm = wild * (1 - model.TurbulentStays) * calmAhead;
            double calmToCalm = calm * model.CalmStays * calmAhead;
            double calmToWild = calm * (1 - model.CalmStays) * wildAhead;
            smoothed[t] = wildToWild + wildToCalm;
            counts = new Transitions(counts.CalmToCalm + calmToCalm, counts.FromCalm + calmToCalm + calmToWild,
                counts.TurbulentToTurbulent + wildToWild, counts.FromTurbulent + wildToWild + wildToCalm);
        }

        return counts;
    }

    private static (double Mean, double Volatility) Weighted(double[] x, double[] turbulent, bool calm)
    {
        double weights = 0, mean = 0, squares = 0;
        for (int t = 0; t < x.Length; t++)
        {
            double weight = calm ? 1 - turbulent[t] : turbulent[t];
            weights += weight;
            mean += weight * x[t];
        }

        mean /= weights;
        for (int t = 0; t < x.Length; t++)
        {
            squares += (calm ? 1 - turbulent[t] : turbulent[t]) * (x[t] - mean) * (x[t] - mean);
        }

        return (mean, Math.Sqrt(squares / weights));
    }

    private static double Inside(double probability) =>
        Math.Clamp(probability, SmallestProbability, 1 - SmallestProbability);

    /// <summary>The regime of the lower volatility is the calm one.</summary>
    private static RegimeModel Ordered(RegimeModel model) => model.CalmVolatility <= model.TurbulentVolatility
        ? model
        : new RegimeModel
        {
            CalmMean = model.TurbulentMean,
            CalmVolatility = model.TurbulentVolatility,
            CalmStays = model.TurbulentStays,
            TurbulentMean = model.CalmMean,
            TurbulentVolatility = model.CalmVolatility,
            TurbulentStays = model.CalmStays,
        };

    private readonly record struct Transitions(
        double CalmToCalm, double FromCalm, double TurbulentToTurbulent, double FromTurbulent);
}
