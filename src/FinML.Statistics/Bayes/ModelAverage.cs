using System.Runtime.ExceptionServices;

namespace FinML.Statistics;

/// <summary>
/// Bayesian model averaging over the linear regressions of y on all subsets of some predictors (Raftery, Madigan and
/// Hoeting 1997; Liang et al. 2008): each model counts by its posterior probability, so that the uncertainty about
/// which predictors belong is part of every estimate. Up to <see cref="ModelAverageOptions.EnumerateUpTo"/> predictors
/// all models are fitted; above, they are sampled by MC3 and the result has a Monte Carlo error. The errors of the
/// regression are taken as independent and normal.
/// </summary>
public sealed record ModelAverage
{
    private ModelAverage()
    {
    }

    /// <summary>Names of the predictors, in the order of the design.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Posterior probability that the predictor is in the model.</summary>
    public required IReadOnlyList<double> InclusionProbabilities { get; init; }

    /// <summary>Standard errors of the inclusion probabilities from sampling, by the means of batches of the chains; 0
    /// where all models were fitted.</summary>
    public required IReadOnlyList<double> InclusionErrors { get; init; }

    /// <summary>Posterior means of the slopes, 0 where the predictor is out; in the units of the data.</summary>
    public required IReadOnlyList<double> Slopes { get; init; }

    /// <summary>Posterior standard deviations of the slopes.</summary>
    public required IReadOnlyList<double> StandardDeviations { get; init; }

    /// <summary>Posterior mean of the intercept.</summary>
    public required double Intercept { get; init; }

    /// <summary>The most probable models, most probable first.</summary>
    public required IReadOnlyList<AveragedModel> Models { get; init; }

    /// <summary>Different models that were averaged over.</summary>
    public required int ModelCount { get; init; }

    /// <summary>Whether all models were fitted.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Correlation, over the models visited, of the shares of visits with the exact ratios of their posterior
    /// probabilities: near 1 where the chains have converged, 0 where they tell nothing; 1 where all models were
    /// fitted. </summary>
    public required double Convergence { get; init; }

    /// <summary>Name of the prior on the slopes.</summary>
    public required string Prior { get; init; }

    /// <summary>Name of the prior over the models.</summary>
    public required string ModelPrior { get; init; }

    /// <summary>Seed of the sampler.</summary>
    public required ulong Seed { get; init; }

    /// <summary>
    /// The predictors with an inclusion probability of at least one half: the best single model for prediction under
    /// orthogonality (Barbieri and Berger 2004).
    /// </summary>
    public IReadOnlyList<string> MedianModel =>
        [.. Names.Where((_, j) => InclusionProbabilities[j] >= 0.5)];

    /// <summary>Averages.</summary>
    /// <param name="y">n finite values, 5 or more, not constant.</param>
    /// <param name="predictors">n rows; from 1 to 64 columns, without an intercept, none constant; where there are
    /// fewer than n, none a combination of others.</param>
    /// <param name="options">Priors and search.</param>
    public static ModelAverage Of(
        ReadOnlySpan<double> y, DesignMatrix predictors, ModelAverageOptions? options = null)
    {
        options ??= new ModelAverageOptions();
        options.Validate();
        ArgumentNullException.ThrowIfNull(predictors);
        Guard.InRange(predictors.Columns, 1, 64, "the number of predictors");
        Guard.Series(y, 5, nameof(y));
        var space = new ModelSpace(SubsetRegression.Of(y, predictors), y.Length, predictors.Columns, options);
        return predictors.Columns <= options.EnumerateUpTo
            ? Enumerate(space, predictors.Names, options)
            : Sample(space, predictors.Names, options);
    }

    /// <summary>The posterior mean of y for new values of the predictors.</summary>
    /// <param name="values">One for each name, in their order; finite.</param>
    public double Predict(ReadOnlySpan<double> values)
    {
        if (values.Length != Slopes.Count)
            throw new ArgumentException(
                $"values has {values.Length} values; there are {Slopes.Count} predictors.", nameof(values));
        Guard.Finite(values, nameof(values));
        double sum = Intercept;
        for (int j = 0; j < values.Length; j++)
            sum += Slopes[j] * values[j];
        return sum;
    }

    private static ModelAverage Enumerate(ModelSpace space, IReadOnlyList<string> names, ModelAverageOptions options)
    {
        var logs = new double[1 << space.Candidates];
        InParallel(logs.Length, model => logs[model] = space.LogPosterior((ulong)model));
        double largest = logs.Max(), total = logs.Sum(log => Math.Exp(log - largest));
        var weights = new List<(ulong Model, double Weight)>(logs.Length);
        var inclusion = new double[space.Candidates];
        for (int model = 0; model < logs.Length; model++)
        {
            double weight = Math.Exp(logs[model] - largest) / total;
            weights.Add(((ulong)model, weight));
            foreach (int j in ModelSpace.Members((ulong)model))
                inclusion[j] += weight;
        }

        return Make(space, names, options, weights, inclusion, new double[space.Candidates], true, 1);
    }

    private static ModelAverage Sample(ModelSpace space, IReadOnlyList<string> names, ModelAverageOptions options)
    {
        var chains = new ChainVisits[options.Chains];
        InParallel(chains.Length, chain => chains[chain] = ModelChain.Run(space, options, chain));
        int p = space.Candidates, batches = chains.Length * ModelChain.Batches;
        double steps = (double)options.Steps * chains.Length;
        double[] inclusion = new double[p], errors = new double[p];
        for (int j = 0; j < p; j++)
        {
            double[] shares = [.. chains.SelectMany(c => c.Inclusion).Select(b => b[j] * batches / steps)];
            inclusion[j] = chains.Sum(chain => chain.Inclusion.Sum(batch => batch[j])) / steps;
            errors[j] = Moments.Of(shares).StandardDeviation() / Math.Sqrt(batches);
        }

        List<(ulong Model, double Weight)> weights =
        [
            .. chains.SelectMany(chain => chain.Visits)
                .GroupBy(visit => visit.Key, visit => visit.Value)
                .Select(group => (group.Key, group.Sum() / steps))
                .OrderBy(pair => pair.Key),
        ];
        double[] logs = [.. weights.Select(pair => space.LogPosterior(pair.Model))];
        double largest = logs.Max();
        double convergence = MathNet.Numerics.Statistics.Correlation.Pearson(
            weights.Select(pair => pair.Weight), logs.Select(log => Math.Exp(log - largest)));
        return Make(space, names, options, weights, inclusion, errors, false, double.IsNaN(convergence) ? 0
            : convergence);
    }

    /// <summary>Each on its own; an exception as it was thrown.</summary>
    private static void InParallel(int count, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, body);
        }
        catch (AggregateException all)
        {
            ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }
    }

    private static ModelAverage Make(
        ModelSpace space,
        IReadOnlyList<string> names,
        ModelAverageOptions options,
        List<(ulong Model, double Weight)> weights,
        double[] inclusion,
        double[] errors,
        bool exact,
        double convergence)
    {
        int p = space.Candidates;
        double[] means = new double[p], squares = new double[p];
        foreach ((ulong model, double weight) in weights)
        {
            if (weight > 1e-14)
                space.AddSlopes(model, weight, means, squares);
        }

        double intercept = space.Regression.MeanY;
        for (int j = 0; j < p; j++)
            intercept -= means[j] * space.Regression.Means[j];
        return new ModelAverage
        {
            Names = names,
            InclusionProbabilities = inclusion,
            InclusionErrors = errors,
            Slopes = means,
            StandardDeviations = [.. means.Zip(squares, (m, s) => Math.Sqrt(Math.Max(0, s - m * m)))],
            Intercept = intercept,
            Models = [.. weights.OrderByDescending(pair => pair.Weight).ThenBy(pair => pair.Model)
                .Take(options.KeepModels).Where(pair => pair.Weight > 0).Select(Describe)],
            ModelCount = weights.Count,
            IsExact = exact,
            Convergence = convergence,
            Prior = options.Prior.Name,
            ModelPrior = options.ModelPrior.Name,
            Seed = options.Seed,
        };

        AveragedModel Describe((ulong Model, double Weight) pair)
        {
            (double log, double unexplained) = space.LogBayesFactor(pair.Model);
            return new AveragedModel
            {
                Predictors = [.. ModelSpace.Members(pair.Model).Select(j => names[j])],
                Probability = pair.Weight,
                LogBayesFactor = log,
                RSquared = 1 - unexplained,
            };
        }
    }
}
