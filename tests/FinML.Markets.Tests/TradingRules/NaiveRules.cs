namespace FinML.Markets.Tests.TradingRules;

/// <summary>The rules as their sentences say them: at each close, everything is looked at again from the first close
/// on, and nothing is shared.</summary>
internal static class NaiveRules
{
    internal static int[] Positions(TradingRule rule, double[] closes, double[] volumes) => rule switch
    {
        FilterRule filter => Filter(filter, closes),
        MovingAverageRule average => States(
            Average(closes, average.Fast, average.Slow, average.Band), average.Slow - 1, average.Timing),
        OnBalanceVolumeRule volume => States(
            Average(Balance(closes, volumes), volume.Fast, volume.Slow, volume.Band), volume.Slow - 1, volume.Timing),
        SupportResistanceRule level => Events(
            Broken(closes, t => Levels(level, closes, t), level.Band), level.Timing),
        ChannelBreakoutRule channel => Events(
            Broken(closes, t => Channel(channel, closes, t), channel.Band), new RuleTiming(0, channel.Hold)),
        _ => throw new ArgumentException(rule.Name),
    };

    private static int[] Average(double[] values, int fast, int slow, double band) => [.. values.Select((_, t) =>
    {
        if (t < slow - 1)
            return 0;
        double shorter = values[(t - fast + 1)..(t + 1)].Reverse().Sum() / fast;
        double longer = values[(t - slow + 1)..(t + 1)].Reverse().Sum() / slow;
        double width = band * Math.Abs(longer);
        return shorter > longer + width ? 1 : shorter < longer - width ? -1 : 0;
    })];

    private static double[] Balance(double[] closes, double[] volumes)
    {
        var balance = new double[closes.Length];
        for (int t = 1; t < closes.Length; t++)
        {
            double change = closes[t] > closes[t - 1] ? volumes[t] : closes[t] < closes[t - 1] ? -volumes[t] : 0;
            balance[t] = balance[t - 1] + change;
        }

        return balance;
    }

    private static int[] Broken(double[] closes, Func<int, (double High, double Low)?> levels, double band) =>
        [.. closes.Select((close, t) => levels(t) is not var (high, low) ? 0
            : close > high * (1 + band) ? 1
            : close < low * (1 - band) ? -1 : 0)];

    private static (double High, double Low)? Levels(SupportResistanceRule rule, double[] closes, int t)
    {
        int n = rule.Window;
        if (rule.Extreme == RuleExtreme.Range)
            return t < n ? null : (closes[(t - n)..t].Max(), closes[(t - n)..t].Min());
        double high = double.NaN, low = double.NaN;
        for (int j = n; j < t; j++)
        {
            if (closes[j] > closes[(j - n)..j].Max())
                high = closes[j];
            if (closes[j] < closes[(j - n)..j].Min())
                low = closes[j];
        }

        return (high, low);
    }

    private static (double High, double Low)? Channel(ChannelBreakoutRule rule, double[] closes, int t)
    {
        if (t < rule.Window)
            return null;
        double[] before = closes[(t - rule.Window)..t];
        return before.Max() <= before.Min() * (1 + rule.Width) ? (before.Max(), before.Min()) : null;
    }

    /// <summary>The signal at t if it was the same on as many closes as the delay says.</summary>
    private static bool Confirmed(int[] signals, int first, int t, int delay) =>
        t - Math.Max(1, delay) + 1 >= first
        && Enumerable.Range(0, Math.Max(1, delay)).All(lag => signals[t - lag] == signals[t]);

    private static int[] States(int[] signals, int first, RuleTiming timing)
    {
        var states = new int[signals.Length];
        for (int t = first; t < signals.Length; t++)
        {
            states[t] = Confirmed(signals, first, t, timing.Delay) ? signals[t] : t > first ? states[t - 1] : 0;
        }

        if (timing.Hold == 0)
            return states;
        var held = new int[signals.Length];
        for (int t = first + 1; t < signals.Length; t++)
        {
            // A change to a position starts ten days of it, where none is running.
            if (held[t] == 0 && states[t] != 0 && states[t] != states[t - 1])
            {
                for (int day = t; day < Math.Min(t + timing.Hold, held.Length); day++)
                    held[day] = states[t];
            }
        }

        return held;
    }

    private static int[] Events(int[] signals, RuleTiming timing)
    {
        var held = new int[signals.Length];
        for (int t = 0; t < signals.Length; t++)
        {
            bool signalled = signals[t] != 0 && Confirmed(signals, 0, t, timing.Delay);
            if (timing.Hold == 0)
            {
                held[t] = signalled ? signals[t] : t > 0 ? held[t - 1] : 0;
            }
            else if (signalled && held[t] == 0)
            {
                for (int day = t; day < Math.Min(t + timing.Hold, held.Length); day++)
                    held[day] = signals[t];
            }
        }

        return held;
    }

    /// <summary>The filter with its high and low looked up anew at each close: since the rows that they count
    /// from.</summary>
    private static int[] Filter(FilterRule rule, double[] closes)
    {
        var held = new int[closes.Length];
        int highFrom = 0, lowFrom = 0, opened = 0;
        for (int t = 1; t < closes.Length; t++)
        {
            int before = held[t - 1];
            if (rule.Hold > 0 && before != 0)
            {
                bool over = t == opened + rule.Hold;
                held[t] = over ? 0 : before;
                (highFrom, lowFrom) = over ? (t, t) : (highFrom, lowFrom);
                continue;
            }

            double high = rule.Turn > 0
                ? Turn(closes, t, rule.Turn, 1, before != 0 ? opened : -1)
                : closes[highFrom..(t + 1)].Max();
            double low = rule.Turn > 0
                ? Turn(closes, t, rule.Turn, -1, before != 0 ? opened : -1)
                : closes[lowFrom..(t + 1)].Min();
            double close = closes[t];
            held[t] = before != 1 && close >= low * (1 + rule.Move) ? 1
                : before != -1 && close <= high * (1 - rule.Move) ? -1
                : rule.Exit > 0 && before == 1 && close <= high * (1 - rule.Exit) ? 0
                : rule.Exit > 0 && before == -1 && close >= low * (1 + rule.Exit) ? 0
                : before;
            if (held[t] == before)
                continue;
            (opened, highFrom, lowFrom) = (
                t, held[t] == 1 || (held[t] == 0 && before == -1) ? t : highFrom,
                held[t] == -1 || (held[t] == 0 && before == 1) ? t : lowFrom);
        }

        return held;
    }

    /// <summary>The close of the last turn from the opening on, or the opening's; NaN for none.</summary>
    private static double Turn(double[] closes, int t, int window, int sign, int opened)
    {
        double level = opened >= 0 ? closes[opened] : double.NaN;
        for (int j = Math.Max(window, opened); j <= t; j++)
        {
            if (closes[(j - window)..j].All(before => sign * closes[j] > sign * before))
                level = closes[j];
        }

        return level;
    }
}
