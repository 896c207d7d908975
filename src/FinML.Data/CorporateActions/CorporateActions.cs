namespace FinML.Data;

/// <summary>Splits and dividends against raw prices, as they were known at a moment.</summary>
/// <remarks>
/// A price adjusted with all later actions looks ahead: its level says which splits and dividends are still to come
/// (a share at a tenth of a cent in 1990 will do well). So raw prices are kept, a history is adjusted as of a moment
/// with the actions known then, and returns are taken without any adjusted level.
/// </remarks>
public static class CorporateActions
{
    private static readonly HashSet<string> s_prices = ["open", "high", "low", "close"];

    /// <summary>
    /// What a raw price of a day is multiplied by to stand beside the prices of the day <paramref name="asOf"/>: of
    /// each action between them 1/r for a split of r for one, 1 - D/close for a dividend D. The adjustment of the
    /// Center for Research in Security Prices.
    /// </summary>
    /// <param name="actions">Of one symbol, in any order.</param>
    /// <param name="day">The day of the price.</param>
    /// <param name="asOf">The moment that it is looked at, UTC: actions that were not known or not in effect then do
    /// not count.</param>
    /// <exception cref="ArgumentException">An action is outside its range.</exception>
    public static double PriceFactor(IEnumerable<CorporateAction> actions, DateOnly day, DateTime asOf) =>
        Between(actions, day, asOf).Aggregate(1.0, (factor, action) => factor * FactorOf(action));

    /// <summary>What a raw volume of a day is multiplied by: r for a split of r for one.</summary>
    /// <inheritdoc cref="PriceFactor"/>
    public static double VolumeFactor(IEnumerable<CorporateAction> actions, DateOnly day, DateTime asOf) =>
        Between(actions, day, asOf).OfType<StockSplit>().Aggregate(1.0, (factor, s) => factor / FactorOf(s));

    /// <summary>The history of one asset as somebody would have adjusted it at a moment: the rows that were known then,
    /// open, high, low and close times the price factor, volume times the volume factor.</summary>
    /// <param name="raw">Raw prices; its other fields stay as they are.</param>
    /// <param name="actions">Of that asset, in any order.</param>
    /// <param name="asOf">The moment, UTC.</param>
    /// <exception cref="ArgumentException">The panel has several assets, or an action is outside its range.</exception>
    public static Panel Adjust(Panel raw, IReadOnlyList<CorporateAction> actions, DateTime asOf)
    {
        ArgumentNullException.ThrowIfNull(raw);
        if (raw.Assets.Count != 1)
        {
            throw new ArgumentException($"The panel has {raw.Assets.Count} assets; it must have 1.", nameof(raw));
        }

        int known = 0;
        while (known < raw.Length && raw.AvailableAt[known] <= asOf)
        {
            known++;
        }

        Panel history = raw.Slice(0, known);
        (double Price, double Volume)[] factors = FactorsOf(history, actions, asOf);
        return history.Map((_, field, values) => s_prices.Contains(field)
            ? [.. values.Select((x, t) => x * factors[t].Price)]
            : field == "volume" ? [.. values.Select((x, t) => x * factors[t].Volume)]
            : values);
    }

    /// <summary>
    /// What a holder earned in each row: (r x price + r x D') / price before - 1 over the actions between the two rows,
    /// where a dividend D of the old shares counts in full. The first row, and one whose price or the one before is
    /// missing, is NaN.
    /// </summary>
    /// <param name="raw">Raw prices of one asset.</param>
    /// <param name="actions">Of that asset, in any order; one counts in the first row on or after its day.</param>
    /// <exception cref="ArgumentException">The panel has several assets or no close, or an action is outside its range.
    /// </exception>
    public static double[] TotalReturns(Panel raw, IReadOnlyList<CorporateAction> actions)
    {
        ArgumentNullException.ThrowIfNull(raw);
        if (raw.Assets.Count != 1)
        {
            throw new ArgumentException($"The panel has {raw.Assets.Count} assets; it must have 1.", nameof(raw));
        }

        ReadOnlySpan<double> close = raw.Column(raw.Assets[0], "close");
        CorporateAction[] sorted = [.. Checked(actions).OrderBy(a => a.ExDate)];
        double[] returns = new double[close.Length];
        int next = 0;
        for (int t = 0; t < close.Length; t++)
        {
            double shares = 1, cash = 0;
            DateOnly day = DateOnly.FromDateTime(raw.Times[t]);
            for (; next < sorted.Length && sorted[next].ExDate <= day; next++)
            {
                if (sorted[next].AvailableAt > raw.AvailableAt[t])
                {
                    throw new ArgumentException($"The action of {sorted[next].ExDate:yyyy-MM-dd} is known at "
                        + $"{BarChecks.Show(sorted[next].AvailableAt)}, after its row: the return would look ahead.",
                        nameof(actions));
                }

                cash += sorted[next] is CashDividend d ? d.Amount : 0;
                shares *= sorted[next] is StockSplit s ? s.NewForOld : 1;
            }

            returns[t] = t == 0 ? double.NaN : (shares * close[t] + cash) / close[t - 1] - 1;
        }

        return returns;
    }

    private static (double Price, double Volume)[] FactorsOf(Panel history, IReadOnlyList<CorporateAction> actions,
        DateTime asOf)
    {
        // From the last row back: each action is met once.
        CorporateAction[] sorted = [.. Between(actions, DateOnly.MinValue, asOf).OrderBy(a => a.ExDate)];
        (double Price, double Volume)[] factors = new (double, double)[history.Length];
        (double price, double volume) = (1, 1);
        int next = sorted.Length - 1;
        for (int t = history.Length - 1; t >= 0; t--)
        {
            DateOnly day = DateOnly.FromDateTime(history.Times[t]);
            for (; next >= 0 && sorted[next].ExDate > day; next--)
            {
                price *= FactorOf(sorted[next]);
                volume /= sorted[next] is StockSplit s ? FactorOf(s) : 1;
            }

            factors[t] = (price, volume);
        }

        return factors;
    }

    private static IEnumerable<CorporateAction> Between(IEnumerable<CorporateAction> actions, DateOnly day,
        DateTime asOf) => Checked(actions).Where(a => a.ExDate > day && a.AvailableAt <= asOf
            && a.ExDate <= DateOnly.FromDateTime(asOf));

    private static double FactorOf(CorporateAction action) => action switch
    {
        StockSplit split => 1 / split.NewForOld,
        CashDividend dividend => 1 - dividend.Amount / dividend.CloseBefore,
        _ => 1,
    };

    private static IEnumerable<CorporateAction> Checked(IEnumerable<CorporateAction> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        return actions.Select(a => a switch
        {
            StockSplit s when !(s.NewForOld > 0 && double.IsFinite(s.NewForOld)) => throw new ArgumentException(
                $"The split of {s.ExDate:yyyy-MM-dd} gives {s.NewForOld} shares for one; it must be above 0.",
                nameof(actions)),
            CashDividend d when !(d.Amount >= 0 && d.Amount < d.CloseBefore) => throw new ArgumentException(
                $"The dividend of {d.ExDate:yyyy-MM-dd} is {d.Amount}; it must be in [0, {d.CloseBefore}), the close "
                + "before.", nameof(actions)),
            _ => a,
        });
    }
}
