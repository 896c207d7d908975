using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// Markov chain Monte Carlo model composition, MC3 (Madigan and York 1995; Raftery, Madigan and Hoeting 1997): from a
/// subset of predictors to one with a predictor more or less, or with one exchanged for another, by the rule of
/// Metropolis. Exchanges carry the chain between models of correlated predictors. Keyed by (seed, chain, step).
/// </summary>
internal static class ModelChain
{
    /// <summary>Parts of a chain whose means give the Monte Carlo error.</summary>
    internal const int Batches = 10;

    private const int MostCached = 1 << 20;

    /// <summary>Runs one chain.</summary>
    /// <param name="space">The models.</param>
    /// <param name="options">Steps and seed.</param>
    /// <param name="chain">Number of the chain: it also says where it starts, the first at the intercept alone, the
    /// others at random subsets.</param>
    internal static ChainVisits Run(ModelSpace space, ModelAverageOptions options, int chain)
    {
        int p = space.Candidates;
        var evidence = new Dictionary<ulong, double>();
        var visits = new Dictionary<ulong, int>();
        var inclusion = new double[Batches][];
        for (int b = 0; b < Batches; b++)
            inclusion[b] = new double[p];
        ulong model = Start(space, options.Seed, chain);
        double log = LogPosterior(model);
        for (int step = 0; step < options.BurnIn + options.Steps; step++)
        {
            (uint move, uint first, uint second, uint accept) = Philox4x32.Block(
                (ulong)step, (ulong)(chain + 1), options.Seed);
            ulong proposed = (move & 1) == 0 ? model ^ 1UL << Below(first, p) : Exchange(model, p, first, second);
            if (proposed != model)
            {
                double proposedLog = LogPosterior(proposed);
                if (Math.Log((accept + 0.5) / 4294967296.0) < proposedLog - log)
                    (model, log) = (proposed, proposedLog);
            }

            int counted = step - options.BurnIn;
            if (counted < 0)
                continue;
            visits[model] = visits.GetValueOrDefault(model) + 1;
            double[] batch = inclusion[(long)counted * Batches / options.Steps];
            for (ulong left = model; left != 0; left &= left - 1)
                batch[System.Numerics.BitOperations.TrailingZeroCount(left)]++;
        }

        return new ChainVisits(visits, inclusion);

        double LogPosterior(ulong candidate)
        {
            if (evidence.TryGetValue(candidate, out double known))
                return known;
            double value = space.LogPosterior(candidate);
            if (evidence.Count < MostCached)
                evidence.Add(candidate, value);
            return value;
        }
    }

    private static ulong Start(ModelSpace space, ulong seed, int chain)
    {
        if (chain == 0)
            return 0;
        ulong model = 0;
        int most = Math.Min(space.Count - 2, space.Candidates) / 2;
        for (int i = 0; i < most; i++)
            model |= 1UL << Below(Philox4x32.Block((ulong)i, 0, seed + (ulong)chain).X0, space.Candidates);
        return double.IsNegativeInfinity(space.LogPosterior(model)) ? 0 : model;
    }

    /// <summary>One of the members out, one of the others in; no move where there is none of either.</summary>
    private static ulong Exchange(ulong model, int p, uint first, uint second)
    {
        int size = System.Numerics.BitOperations.PopCount(model);
        if (size == 0 || size == p)
            return model;
        ulong others = ~model & (p == 64 ? ulong.MaxValue : (1UL << p) - 1);
        return model ^ Nth(model, Below(first, size)) ^ Nth(others, Below(second, p - size));
    }

    private static ulong Nth(ulong bits, int n)
    {
        for (; n > 0; n--)
            bits &= bits - 1;
        return bits & (0 - bits);
    }

    /// <summary>Uniform on 0 .. count - 1.</summary>
    private static int Below(uint word, int count) => (int)((ulong)word * (ulong)count >> 32);
}
