namespace FinML.Markets;

/// <summary>
/// What many rules decided at each close of one market, a byte each, and what that earned. A position decided at close
/// t earns the return to close t + 1, or a later one (<see cref="RuleExecution.LatencyBars"/>); wealth is put back to
/// the full position at each close, so that a day's return is position × return - cost × change of position.
/// </summary>
public sealed class RulePositions
{
    private readonly sbyte[][] positions; // (rules) of (bars)
    private readonly double[] returns; // (bars)
    private readonly double[] sums; // (bars + 1): of the returns before each bar
    private readonly double[] squaredSums; // the same of their squares

    private RulePositions(RuleMarket market, IReadOnlyList<TradingRule> rules, sbyte[][] positions)
    {
        (Market, Rules, this.positions, returns) = (market, rules, positions, market.Returns());
        (sums, squaredSums) = (new double[returns.Length + 1], new double[returns.Length + 1]);
        for (int t = 0; t < returns.Length; t++)
        {
            sums[t + 1] = sums[t] + returns[t];
            squaredSums[t + 1] = squaredSums[t] + returns[t] * returns[t];
        }
    }

    /// <summary>The market.</summary>
    public RuleMarket Market { get; }

    /// <summary>The rules.</summary>
    public IReadOnlyList<TradingRule> Rules { get; }

    /// <summary>What a rule decided at each close, (bars).</summary>
    public ReadOnlySpan<sbyte> this[int rule] => positions[rule];

    /// <summary>Asks all rules; the result does not depend on the number of threads.</summary>
    /// <param name="market">The closes, and the volumes where a rule needs them.</param>
    /// <param name="rules">One or more.</param>
    /// <param name="threads">Threads at most; 1 to 1,024.</param>
    /// <exception cref="ArgumentException">No rules, a parameter out of range, or a rule that needs volumes where there
    /// are none.</exception>
    public static RulePositions Decide(RuleMarket market, IReadOnlyList<TradingRule> rules, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(rules);
        Require.InRange(rules.Count, 1, 10_000_000, "rules.Count");
        Require.InRange(threads, 1, 1_024, nameof(threads));
        if (rules.FirstOrDefault(rule => rule.NeedsVolume) is { } needy && market.Volumes.Length == 0)
            throw new ArgumentException($"The rule {needy} needs volumes; the market has closes only.", nameof(market));
        foreach (TradingRule rule in rules)
            rule.Validate();
        var positions = new sbyte[rules.Count][];
        Parallel.For(
            0, rules.Count, new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => positions[i] = rules[i].Positions(market));
        return new RulePositions(market, [.. rules], positions);
    }

    /// <summary>The rules that hold something in the given bars, and of those that decide the same at every close of
    /// them the first only.</summary>
    /// <param name="start">The first bar whose return counts, 1 or more.</param>
    /// <param name="end">One past the last.</param>
    public RulePositions Distinct(int start, int end)
    {
        Check(start, end);
        var kept = new List<int>();
        var seen = new Dictionary<int, List<int>>();
        for (int i = 0; i < positions.Length; i++)
        {
            ReadOnlySpan<sbyte> decided = positions[i].AsSpan(start - 1, end - start);
            if (!decided.ContainsAnyExcept((sbyte)0))
                continue;
            var hash = new HashCode();
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(decided));
            if (!seen.TryGetValue(hash.ToHashCode(), out List<int>? alike))
                seen[hash.ToHashCode()] = alike = [];
            bool known = false;
            foreach (int other in alike)
                known |= decided.SequenceEqual(positions[other].AsSpan(start - 1, end - start));
            if (known)
                continue;
            alike.Add(i);
            kept.Add(i);
        }

        return At(kept);
    }

    /// <summary>Some of the rules.</summary>
    /// <param name="rules">Their indices, one or more.</param>
    public RulePositions At(IReadOnlyList<int> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Require.InRange(rules.Count, 1, positions.Length, "rules.Count");
        return new RulePositions(Market, [.. rules.Select(i => Rules[i])], [.. rules.Select(i => positions[i])]);
    }

    /// <summary>The returns of a rule over the bars start .. end - 1; the account is flat before them.</summary>
    /// <param name="rule">Its index.</param>
    /// <param name="start">The first bar whose return counts, 1 or more.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="execution">Costs and latency; the default costs are on.</param>
    public double[] Returns(int rule, int start, int end, RuleExecution? execution = null)
    {
        Check(start, end);
        execution = (execution ?? new RuleExecution()).Validate();
        var earned = new double[end - start];
        double cost = execution.CostBasisPoints * 1e-4;
        sbyte before = 0;
        for (int t = start; t < end; t++)
        {
            sbyte held = Held(rule, t, execution.LatencyBars);
            earned[t - start] = held * returns[t] - cost * Math.Abs(held - before);
            before = held;
        }

        return earned;
    }

    /// <summary>The returns of all rules, (rules) of (bars).</summary>
    public double[][] Returns(int start, int end, RuleExecution? execution = null) =>
        [.. Enumerable.Range(0, positions.Length).Select(rule => Returns(rule, start, end, execution))];

    /// <summary>What each rule earned over the bars start .. end - 1.</summary>
    public RulePerformance[] Performance(int start, int end, RuleExecution? execution = null)
    {
        Check(start, end);
        execution = (execution ?? new RuleExecution()).Validate();
        return [.. Enumerable.Range(0, positions.Length).Select(rule => Performance(rule, start, end, execution))];
    }

    /// <summary>Returns of the days that a rule bought and of those that it sold, over the bars start .. end - 1.
    /// </summary>
    public BuySellReturns BuySell(int rule, int start, int end, int latencyBars = 0)
    {
        Check(start, end);
        Require.InRange(latencyBars, 0, 1_000, nameof(latencyBars));
        var held = new sbyte[end - start];
        for (int t = start; t < end; t++)
            held[t - start] = Held(rule, t, latencyBars);
        return BuySellReturns.Of(Rules[rule], returns.AsSpan(start, end - start), held);
    }

    /// <summary>Sums over stretches of one position are differences of running sums; only the bars at which it changes
    /// are looked at.</summary>
    private RulePerformance Performance(int rule, int start, int end, RuleExecution execution)
    {
        double cost = execution.CostBasisPoints * 1e-4, sum = 0, squares = 0, gross = 0;
        int longs = 0, shorts = 0, traded = 0, before = 0, n = end - start;
        int from = Math.Max(start, 1 + execution.LatencyBars); // nothing is decided before the first close
        ReadOnlySpan<sbyte> decided = positions[rule].AsSpan(from - 1 - execution.LatencyBars);
        for (int t = from; t < end;)
        {
            int held = decided[t - from], length = decided[(t - from)..(end - from)].IndexOfAnyExcept((sbyte)held);
            int next = length < 0 ? end : t + length, change = Math.Abs(held - before);
            double paid = cost * change, earned = held * (sums[next] - sums[t]);
            gross += earned;
            sum += earned - paid;
            squares += held * held * (squaredSums[next] - squaredSums[t]) + paid * (paid - 2 * held * returns[t]);
            traded += change;
            longs += held > 0 ? next - t : 0;
            shorts += held < 0 ? next - t : 0;
            (before, t) = (held, next);
        }

        double variance = n > 1 ? Math.Max(0, (squares - sum * sum / n) / (n - 1)) : 0;
        return new RulePerformance(
            Rules[rule], sum / n, Math.Sqrt(variance), gross / n, (double)traded / n, (double)longs / n,
            (double)shorts / n);
    }

    private sbyte Held(int rule, int t, int latency)
    {
        int decided = t - 1 - latency;
        return decided < 0 ? (sbyte)0 : positions[rule][decided];
    }

    private void Check(int start, int end)
    {
        Require.InRange(end, 2, Market.Length, nameof(end));
        Require.InRange(start, 1, end - 1, nameof(start));
    }
}
