namespace FinML.Statistics;

/// <summary>
/// PCMCI of Runge, Nowack, Kretschmer, Flaxman and Sejdinovic (2019), "Detecting and quantifying causal associations in
/// large nonlinear time series datasets", with partial correlations. First the PC1 stage selects conditions for each
/// series: starting from all lagged series it removes, test by test, those independent of it given the strongest
/// others. Then each link is tested for momentary conditional independence (MCI): given the parents of both ends, those
/// of the earlier end moved back by the lag. Where series are strongly autocorrelated this keeps the size of the tests,
/// which a test without the earlier end's own parents does not.
/// </summary>
public static class Pcmci
{
    /// <summary>Finds the lagged links of a set of series.</summary>
    /// <param name="series">Two or more aligned series of one length, by name, oldest value first.</param>
    /// <param name="options">Lags and levels.</param>
    /// <exception cref="ArgumentException">Not finite, not aligned, constant, collinear, or too short.</exception>
    public static PredictiveGraph Run(IReadOnlyList<(string Name, double[] Values)> series,
        PcmciOptions? options = null)
    {
        options ??= new PcmciOptions();
        options.Validate();
        int length = VectorAutoregression.Check(series), n = series.Count, maximum = options.MaximumLag;
        Guard.AtLeast(n, 2, "The number of series");
        int needed = 2 * maximum + Math.Max(10, n + 4);
        if (length < needed)
            throw new ArgumentException(
                $"The series have {length} values; {n} series at lags up to {maximum} need at least {needed}.",
                nameof(series));

        var correlations = new LaggedCorrelations(series, 2 * maximum);
        var parents = new (int Series, int Lag)[n][];
        var alphas = new double[n];
        for (int j = 0; j < n; j++)
            (parents[j], alphas[j]) = SelectParents(correlations, j, n, options);

        var tests = new List<(int From, int To, int Lag, double Value, double PValue, int Conditions)>();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int lag = 1; lag <= maximum; lag++)
                {
                    (int, int)[] given = Conditions(parents, i, j, lag);
                    (double value, double p) = correlations.Partial((i, lag), (j, 0), given);
                    tests.Add((i, j, lag, value, p, given.Length));
                }
            }
        }

        IReadOnlyList<double> adjusted =
            PValueAdjustment.BenjaminiHochberg([.. tests.Select(test => test.PValue)]).Adjusted;
        PredictiveLink[] tested = [.. tests.Select((test, k) => new PredictiveLink(
            series[test.From].Name, test.Lag, series[test.To].Name, test.Value, test.PValue, adjusted[k],
            test.Conditions))];
        return new PredictiveGraph
        {
            Names = [.. series.Select(s => s.Name)],
            Tested = tested,
            Links = [.. tested
                .Where(link => (options.ControlFalseDiscoveries ? link.AdjustedPValue : link.PValue) <= options.Alpha)
                .OrderByDescending(link => Math.Abs(link.PartialCorrelation))],
            Parents = [.. parents.Select(list => list.Select(p => (series[p.Series].Name, p.Lag)).ToArray())],
            SelectionAlphas = alphas,
            Count = correlations.Count,
            Options = options,
            Assumptions = Assume(series, correlations, parents),
        };
    }

    /// <summary>PC1 at each level; the level whose parents have the smallest T ln(RSS) + 2 |parents|.</summary>
    private static ((int Series, int Lag)[] Parents, double Alpha) SelectParents(
        LaggedCorrelations correlations, int target, int series, PcmciOptions options)
    {
        ((int, int)[] Parents, double Alpha) best = ([], double.NaN);
        double smallest = double.PositiveInfinity;
        foreach (double alpha in options.SelectionAlphas)
        {
            (int, int)[] parents = Pc1(correlations, target, series, options.MaximumLag, alpha);
            double criterion = correlations.Count * Math.Log(correlations.Unexplained((target, 0), parents))
                + 2 * parents.Length;
            if (criterion < smallest)
            {
                smallest = criterion;
                best = (parents, alpha);
            }
        }

        return best;
    }

    /// <summary>Removes, for p = 0, 1, 2 ..., every candidate independent of the target given the p strongest
    /// others; strength is the smallest absolute partial correlation so far.</summary>
    private static (int Series, int Lag)[] Pc1(
        LaggedCorrelations correlations, int target, int series, int maximumLag, double alpha)
    {
        List<((int Series, int Lag) Variable, double Strength)> candidates =
        [
            .. Enumerable.Range(0, series).SelectMany(i => Enumerable.Range(1, maximumLag).Select(
                lag => ((i, lag), double.PositiveInfinity))),
        ];
        for (int p = 0; p < candidates.Count; p++)
        {
            var kept = new List<((int Series, int Lag) Variable, double Strength)>();
            foreach (((int, int) variable, double strength) in candidates)
            {
                (int, int)[] given = [.. candidates.Select(c => c.Variable).Where(c => c != variable).Take(p)];
                (double value, double pValue) = correlations.Partial(variable, (target, 0), given);
                if (pValue <= alpha)
                    kept.Add((variable, Math.Min(strength, Math.Abs(value))));
            }

            candidates = [.. kept.OrderByDescending(c => c.Strength)];
        }

        return [.. candidates.Select(c => c.Variable)];
    }

    /// <summary>The parents of the later end but for the link itself, and those of the earlier end moved
    /// back.</summary>
    private static (int Series, int Lag)[] Conditions((int Series, int Lag)[][] parents, int from, int to, int lag) =>
    [
        .. parents[to].Where(parent => parent != (from, lag))
            .Union(parents[from].Select(parent => (parent.Series, parent.Lag + lag))),
    ];

    private static Assumption[] Assume(
        IReadOnlyList<(string Name, double[] Values)> series,
        LaggedCorrelations correlations,
        (int Series, int Lag)[][] parents)
    {
        int n = series.Count;
        (double Value, double PValue) shift = (0, 1), same = (0, 1);
        for (int i = 0; i < n; i++)
        {
            (double Value, double PValue) z = MeanShift(series[i].Values);
            shift = z.PValue < shift.PValue ? z : shift;
            for (int j = 0; j < i; j++)
            {
                (double Value, double PValue) r =
                    correlations.Partial((i, 0), (j, 0), [.. parents[i].Union(parents[j])]);
                same = r.PValue < same.PValue ? r : same;
            }
        }

        return
        [
            new("causal sufficiency", "No series outside the set drives two of those in it."),
            new("causal Markov condition", "The noises of the series are independent of each other and over time."),
            new("faithfulness", "No dependence is cancelled exactly by another: independence means no link."),
            new("no contemporaneous links", "Series drive each other with a delay of at least one period.",
                [Diagnostic.Test("largest contemporaneous partial correlation given the parents", same.Value,
                    Math.Min(1, same.PValue * n * (n - 1) / 2), "no two series depend on each other within a period")]),
            new("stationarity", "The links and distributions do not change over the sample.",
                [Diagnostic.Test("largest shift of a mean between the halves, in standard errors", shift.Value,
                    Math.Min(1, shift.PValue * n), "the means of the halves are equal")]),
            new("linearity", "Dependence is linear; a dependence without correlation is not seen."),
        ];
    }

    /// <summary>Difference of the means of the two halves over its long-run standard error (the series less the mean of
    /// its half).</summary>
    private static (double Value, double PValue) MeanShift(double[] values)
    {
        int half = values.Length / 2;
        double first = Moments.Of(values.AsSpan(0, half)).Mean, second = Moments.Of(values.AsSpan(half)).Mean;
        double[] centred = [.. values.Select((value, t) => value - (t < half ? first : second))];
        double variance = LongRunVariance.NeweyWest(centred).Value;
        double z = (second - first) / Math.Sqrt(variance * (1.0 / half + 1.0 / (values.Length - half)));
        return (z, 2 * StandardNormal.UpperTail(Math.Abs(z)));
    }
}
