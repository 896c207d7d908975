namespace FinML.Markets;

/// <summary>The sets of rules of two papers, with their parameters.</summary>
public static class RuleUniverse
{
    private static readonly int[] MeanWindows = [2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 125, 150, 200, 250];
    private static readonly int[] RangeWindows = [5, 10, 15, 20, 25, 50, 100, 150, 200, 250];
    private static readonly int[] TurnWindows = [2, 3, 4, 5, 10, 20, 25, 50, 100, 200];
    private static readonly double[] Bands = [0.001, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05];
    private static readonly int[] Delays = [2, 3, 4, 5];
    private static readonly int[] Holds = [5, 10, 25, 50];

    /// <summary>
    /// The 26 rules of Brock, Lakonishok and LeBaron (1992): variable-length and fixed-length (ten days) moving
    /// averages 1/50, 1/150, 5/150, 1/200 and 2/200, and breaks of the range of 50, 150 and 200 days held for ten, each
    /// without a band and with one of 1 %.
    /// </summary>
    public static IReadOnlyList<TradingRule> BrockLakonishokLeBaron()
    {
        (int Fast, int Slow)[] pairs = [(1, 50), (1, 150), (5, 150), (1, 200), (2, 200)];
        var rules = new List<TradingRule>();
        foreach (int hold in new[] { 0, 10 })
        {
            foreach ((int fast, int slow) in pairs)
            {
                foreach (double band in new[] { 0, 0.01 })
                    rules.Add(new MovingAverageRule(fast, slow, band, new RuleTiming(0, hold)));
            }
        }

        foreach (int window in new[] { 50, 150, 200 })
        {
            foreach (double band in new[] { 0, 0.01 })
                rules.Add(new SupportResistanceRule(window, RuleExtreme.Range, band, new RuleTiming(0, 10)));
        }

        return rules;
    }

    /// <summary>
    /// The 7,846 rules of Sullivan, Timmermann and White (1999), appendix A: 497 filters, 2,049 moving averages, 1,220
    /// breaks of support and resistance, 2,040 channel breakouts and 2,040 rules on on-balance volume, in this order.
    /// </summary>
    /// <remarks>The paper gives the parameters and their numbers; where its words leave a rule open, the remarks of the
    /// rule's type say what was taken.</remarks>
    /// <param name="volumes">False leaves the last family out, for an index without volumes: 5,806 rules.</param>
    public static IReadOnlyList<TradingRule> SullivanTimmermannWhite(bool volumes = true)
    {
        var rules = new List<TradingRule>(7_846);
        rules.AddRange(Filters());
        rules.AddRange(Averages((fast, slow, band, timing) => new MovingAverageRule(fast, slow, band, timing)));
        foreach (int fast in new[] { 1, 2, 5 }) // those of Brock, Lakonishok and LeBaron with band and holding period
        {
            foreach (int slow in new[] { 50, 150, 200 })
                rules.Add(new MovingAverageRule(fast, slow, 0.01, new RuleTiming(0, 10)));
        }

        rules.AddRange(Breaks());
        rules.AddRange(Channels());
        if (volumes)
            rules.AddRange(Averages((fast, slow, band, timing) => new OnBalanceVolumeRule(fast, slow, band, timing)));
        return rules;
    }

    private static IEnumerable<TradingRule> Filters()
    {
        double[] moves =
        [
            0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.045, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.12, 0.14,
            0.16, 0.18, 0.2, 0.25, 0.3, 0.4, 0.5,
        ];
        double[] exits = [0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2];
        foreach (double move in moves)
        {
            yield return new FilterRule(move);
            foreach (int turn in new[] { 1, 2, 3, 4, 5, 10, 15, 20 })
                yield return new FilterRule(move, Turn: turn);
            foreach (int hold in Holds)
                yield return new FilterRule(move, Hold: hold);
            foreach (double exit in exits.Where(exit => exit < move))
                yield return new FilterRule(move, Exit: exit);
        }
    }

    private static IEnumerable<TradingRule> Averages(Func<int, int, double, RuleTiming, TradingRule> make)
    {
        foreach (int slow in MeanWindows)
        {
            foreach (int fast in MeanWindows.Where(window => window < slow).Prepend(1)) // 1: the price and its mean
            {
                yield return make(fast, slow, 0, default);
                foreach (double band in Bands)
                    yield return make(fast, slow, band, default);
                foreach (int delay in Delays)
                    yield return make(fast, slow, 0, new RuleTiming(delay, 0));
                foreach (int hold in Holds)
                    yield return make(fast, slow, 0, new RuleTiming(0, hold));
            }
        }
    }

    private static IEnumerable<TradingRule> Breaks()
    {
        foreach ((RuleExtreme extreme, int window) in RangeWindows.Select(window => (RuleExtreme.Range, window))
            .Concat(TurnWindows.Select(window => (RuleExtreme.Turn, window))))
        {
            foreach (int hold in Holds.Prepend(0))
            {
                foreach (double band in Bands.Prepend(0))
                    yield return new SupportResistanceRule(window, extreme, band, new RuleTiming(0, hold));
            }

            foreach (int delay in Delays)
            {
                foreach (int hold in Holds)
                    yield return new SupportResistanceRule(window, extreme, 0, new RuleTiming(delay, hold));
            }
        }
    }

    private static IEnumerable<TradingRule> Channels()
    {
        foreach (int window in RangeWindows)
        {
            foreach (double width in new[] { 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15 })
            {
                foreach (double band in Bands.Where(band => band < width).Prepend(0))
                {
                    foreach (int hold in Holds)
                        yield return new ChannelBreakoutRule(window, width, band, hold);
                }
            }
        }
    }
}
