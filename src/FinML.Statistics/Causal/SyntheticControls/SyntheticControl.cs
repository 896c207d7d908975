namespace FinML.Statistics;

/// <summary>
/// What would have become of the one treated unit: a mixture of untreated ones that was like it before, with weights of
/// 0 or more that sum to 1. A. Abadie and J. Gardeazabal, AER 93 (2003); A. Abadie, A. Diamond and J. Hainmueller, JASA
/// 105 (2010). Inference is by placebo: the same is done to every untreated unit, and the treated one is ranked among
/// them.
/// </summary>
public sealed record SyntheticControl : ICausalResult
{
    private DonorPanel _panel = null!;
    private SyntheticControlOptions _options = null!;

    /// <summary>The treated unit.</summary>
    public required string Treated { get; init; }

    /// <summary>The period from which on it is treated.</summary>
    public required int FirstTreated { get; init; }

    /// <summary>Donors and their weights, all of them, heaviest first.</summary>
    public required IReadOnlyList<(string Unit, double Weight)> Weights { get; init; }

    /// <summary>Importance of each predictor; they sum to 1. Empty where outcomes were matched.</summary>
    public required IReadOnlyList<(string Predictor, double Importance)> Importance { get; init; }

    /// <summary>Outcomes of the mixture, one a period.</summary>
    public required IReadOnlyList<double> Synthetic { get; init; }

    /// <summary>Treated less synthetic, one a period.</summary>
    public required IReadOnlyList<double> Gaps { get; init; }

    /// <summary>Mean gap from the treatment on: the effect on the treated unit.</summary>
    public required double AverageEffect { get; init; }

    /// <summary>Root mean squared gap over the periods of the fit.</summary>
    public required double RmspeBefore { get; init; }

    /// <summary>Root mean squared gap from the treatment on.</summary>
    public required double RmspeAfter { get; init; }

    /// <summary>After over before: large where the gap opened with the treatment.</summary>
    public double RmspeRatio => RmspeAfter / RmspeBefore;

    /// <inheritdoc/>
    public CausalClaim Claim => CausalClaim.Effect;

    /// <inheritdoc/>
    public IReadOnlyList<Assumption> Assumptions => SyntheticAssumptions.Of(this, _panel);

    /// <summary>Fits.</summary>
    /// <param name="panel">Units and predictors.</param>
    /// <param name="treated">The unit that is treated.</param>
    /// <param name="firstTreated">The first period of the treatment; two periods or more before, one or more
    /// after.</param>
    /// <param name="options">Periods of the fit, importance of predictors.</param>
    public static SyntheticControl Of(
        DonorPanel panel, string treated, int firstTreated, SyntheticControlOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(panel);
        options ??= new SyntheticControlOptions();
        int unit = panel.IndexOf(treated);
        Guard.InRange(firstTreated, 2, panel.Periods - 1, nameof(firstTreated));
        int to = options.FitTo == 0 ? firstTreated : options.FitTo;
        Guard.InRange(to, options.FitFrom + 2, firstTreated, nameof(options.FitTo));
        Guard.InRange(options.FitFrom, 0, to - 2, nameof(options.FitFrom));
        Guard.AtLeast(options.MaximumSteps, 1, nameof(options.MaximumSteps));
        int[] donors = [.. Enumerable.Range(0, panel.Names.Count).Where(i => i != unit)];
        return Fit(panel, unit, donors, firstTreated, options with { FitTo = to });
    }

    /// <summary>The same done to every donor as if it had been treated, the treated unit left out.</summary>
    /// <param name="largestRmspe">Placebos whose fit before is worse than this many times the treated unit's are left
    /// out of the ranking (Abadie, Diamond and Hainmueller take 20, 5 and 2); infinity keeps all.</param>
    public PlaceboInference Placebos(double largestRmspe = double.PositiveInfinity)
    {
        if (!(largestRmspe > 0))
            throw new ArgumentOutOfRangeException(
                nameof(largestRmspe), $"largestRmspe is {Guard.Text(largestRmspe)}; it must be above 0.");
        return PlaceboInference.Of(this, Refit(), largestRmspe);
    }

    /// <summary>The average effect with each donor of weight left out in turn: does it hang on one of them?</summary>
    public IReadOnlyList<(string LeftOut, double AverageEffect)> LeaveOneOut()
    {
        int unit = _panel.IndexOf(Treated);
        return [.. Weights.Where(w => w.Weight > 1e-6).Select(w =>
        {
            int left = _panel.IndexOf(w.Unit);
            int[] donors = [.. Enumerable.Range(0, _panel.Names.Count).Where(i => i != unit && i != left)];
            return (w.Unit, Fit(_panel, unit, donors, FirstTreated, _options).AverageEffect);
        })];
    }

    private SyntheticControl[] Refit()
    {
        int unit = _panel.IndexOf(Treated);
        int[] others = [.. Enumerable.Range(0, _panel.Names.Count).Where(i => i != unit)];
        var placebos = new SyntheticControl[others.Length];
        Parallel.For(0, others.Length, k => placebos[k] = Fit(
            _panel, others[k], [.. others.Where(i => i != others[k])], FirstTreated, _options));
        return placebos;
    }

    private static SyntheticControl Fit(
        DonorPanel panel, int unit, int[] donors, int firstTreated, SyntheticControlOptions options)
    {
        double[] importance = [];
        double[] weights;
        if (panel.Predictors.Length == 0)
        {
            weights = NearestMixture.Weights(
                Array.ConvertAll(donors, d => panel.Outcomes[d][options.FitFrom..options.FitTo]),
                panel.Outcomes[unit][options.FitFrom..options.FitTo]);
        }
        else
        {
            var search = new PredictorImportance(panel, unit, donors, options);
            importance = search.Find();
            weights = search.Weights(importance);
        }

        var synthetic = new double[panel.Periods];
        for (int t = 0; t < synthetic.Length; t++)
        {
            for (int d = 0; d < donors.Length; d++)
                synthetic[t] += weights[d] * panel.Outcomes[donors[d]][t];
        }

        double[] gaps = [.. panel.Outcomes[unit].Zip(synthetic, (y, s) => y - s)];
        return new SyntheticControl
        {
            _panel = panel,
            _options = options,
            Treated = panel.Names[unit],
            FirstTreated = firstTreated,
            Weights = [.. donors.Select((d, i) => (panel.Names[d], weights[i])).OrderByDescending(w => w.Item2)],
            Importance = [.. importance.Select((v, k) => (panel.PredictorNames[k], v))],
            Synthetic = synthetic,
            Gaps = gaps,
            AverageEffect = gaps[firstTreated..].Average(),
            RmspeBefore = RootMeanSquare(gaps[options.FitFrom..options.FitTo]),
            RmspeAfter = RootMeanSquare(gaps[firstTreated..]),
        };
    }

    private static double RootMeanSquare(double[] gaps) => Math.Sqrt(gaps.Average(g => g * g));
}
