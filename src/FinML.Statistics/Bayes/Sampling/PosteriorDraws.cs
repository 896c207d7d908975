namespace FinML.Statistics;

/// <summary>Draws from a posterior, what they are worth, and what went wrong.</summary>
public sealed class PosteriorDraws
{
    private readonly ChainRecord[] _chains;
    private readonly double[][][] _values; // (parameter, chain, draw)

    internal PosteriorDraws(BayesianModel model, NutsOptions options, ChainRecord[] chains)
    {
        (Model, Options, _chains) = (model, options, chains);
        int d = model.Parameters.Count;
        _values = new double[d][][];
        for (int i = 0; i < d; i++)
            _values[i] = [.. chains.Select(_ => new double[options.Draws])];
        var values = new double[d];
        for (int c = 0; c < chains.Length; c++)
        {
            for (int draw = 0; draw < options.Draws; draw++)
            {
                model.Constrain(chains[c].Position(draw), values);
                for (int i = 0; i < d; i++)
                    _values[i][c][draw] = values[i];
            }
        }

        Warnings = [.. Warn()];
    }

    /// <summary>What was sampled.</summary>
    public BayesianModel Model { get; }

    /// <summary>How, seed included.</summary>
    public NutsOptions Options { get; }

    /// <summary>Sentences on what makes the draws untrustworthy; empty where nothing was found.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Kept transitions whose integrator left the energy level: the posterior has a region of high curvature
    /// that the draws miss.</summary>
    public int Divergences => _chains.Sum(c => c.Divergences);

    /// <summary>Kept transitions that ended at the largest tree depth.</summary>
    public int DepthHits => _chains.Sum(c => c.Depths[Options.MaxTreeDepth]);

    /// <summary>Leapfrog steps of the kept draws: the number of gradients that they cost.</summary>
    public long LeapfrogSteps => _chains.Sum(c => c.Steps);

    /// <summary>Mean acceptance of the kept draws.</summary>
    public double MeanAcceptance => _chains.Sum(c => c.AcceptanceSum) / ((double)_chains.Length * Options.Draws);

    /// <summary>Step size of each chain.</summary>
    public IReadOnlyList<double> StepSizes => [.. _chains.Select(c => c.StepSize)];

    /// <summary>Energy's fraction of missing information of each chain (Betancourt 2016): below .3 momenta do not move
    /// the chain across the energies of the posterior.</summary>
    public IReadOnlyList<double> EnergyFractions => [.. _chains.Select(c => EnergyFraction(c.Energies))];

    /// <summary>All draws of a parameter, chain after chain.</summary>
    public double[] Values(string parameter) => [.. Chains(parameter).SelectMany(c => c)];

    /// <summary>The draws of a parameter by chain, (chains, draws).</summary>
    public IReadOnlyList<double[]> Chains(string parameter)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (Model.Parameters[i].Name == parameter)
                return _values[i];
        }

        throw new ArgumentException(
            $"There is no parameter '{parameter}'; there are "
            + $"{string.Join(", ", Model.Parameters.Select(p => p.Name))}.",
            nameof(parameter));
    }

    /// <summary>Every parameter in one row.</summary>
    /// <param name="level">Mass of the central credible interval.</param>
    public IReadOnlyList<ParameterSummary> Summary(double level = 0.95)
    {
        Guard.Between(level, 0, 1, nameof(level));
        return [.. Enumerable.Range(0, _values.Length).Select(Row)];

        ParameterSummary Row(int i)
        {
            double[] sorted = [.. _values[i].SelectMany(c => c).Order()];
            return new ParameterSummary(
                Model.Parameters[i].Name,
                sorted.Average(),
                Moments.Of(sorted).StandardDeviation(1),
                Quantile.Type7Sorted(sorted, 0.5),
                Quantile.Type7Sorted(sorted, (1 - level) / 2),
                Quantile.Type7Sorted(sorted, (1 + level) / 2),
                ChainDiagnostics.Of(_values[i]));
        }
    }

    /// <summary>The unbounded position of draw <paramref name="draw"/> of a chain.</summary>
    internal ReadOnlySpan<double> Position(int chain, int draw) => _chains[chain].Position(draw);

    private IEnumerable<string> Warn()
    {
        int kept = _chains.Length * Options.Draws;
        if (Divergences > 0)
            yield return $"{Divergences} of {kept} draws diverged: part of the posterior is not explored. Raise "
                + "TargetAcceptance, or write the model in other parameters.";
        if (DepthHits > 0)
            yield return $"{DepthHits} of {kept} draws ended at the largest tree depth {Options.MaxTreeDepth}: slow, "
                + "not wrong; raise MaxTreeDepth.";
        for (int c = 0; c < _chains.Length; c++)
        {
            if (EnergyFraction(_chains[c].Energies) is var fraction and < 0.3)
                yield return FormattableString.Invariant(
                    $"Chain {c} has an energy fraction of {fraction:0.00}, below 0.3: its tails are not explored.");
        }

        for (int i = 0; i < _values.Length; i++)
        {
            string name = Model.Parameters[i].Name;
            if (_values[i].SelectMany(c => c).Distinct().Take(2).Count() < 2)
            {
                yield return $"{name} never moved.";
                continue;
            }

            ChainDiagnostics d = ChainDiagnostics.Of(_values[i]);
            if (d.RHat > 1.01)
                yield return FormattableString.Invariant(
                    $"R-hat of {name} is {d.RHat:0.000}, above 1.01: the chains do not agree; draw more.");
            double least = Math.Min(d.BulkEffectiveSize, d.TailEffectiveSize);
            if (least < 100 * _chains.Length)
                yield return FormattableString.Invariant(
                    $"{name} has {least:0} effective draws, below {100 * _chains.Length} (100 a chain); draw more.");
        }
    }

    private static double EnergyFraction(double[] energies)
    {
        double mean = energies.Average(), spread = 0, moves = 0;
        for (int i = 0; i < energies.Length; i++)
        {
            spread += (energies[i] - mean) * (energies[i] - mean);
            if (i > 0)
                moves += (energies[i] - energies[i - 1]) * (energies[i] - energies[i - 1]);
        }

        return moves / spread;
    }
}
