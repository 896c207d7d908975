namespace FinML.Data;

/// <summary>
/// The triple-barrier label: a position that is decided at the close of t and entered at t+1 ends when it has won
/// <see cref="Profit"/> volatilities, lost <see cref="Loss"/> volatilities, or lasted <see cref="Horizon"/> rows,
/// whichever comes first. The label is +1, -1 and 0. M. Lopez de Prado, Advances in Financial Machine Learning (2018),
/// section 3.4; the entry is a row later than there, as nobody trades at the close that he has just seen.
/// </summary>
/// <remarks>
/// The volatility is that of the one-row logarithmic returns up to t, exponentially weighted about zero with the
/// weights of a span s, (1 - 2/(s+1))^k: a label's width is known when the decision falls. A row too near the end for
/// the third barrier has no label, even where another was touched: the early ends alone would be a biased sample.
/// </remarks>
public sealed record TripleBarrier
{
    /// <summary>The profit barrier in volatilities. Above 0, infinity for none.</summary>
    public double Profit { get; init; } = 1;

    /// <summary>The loss barrier in volatilities. Above 0, infinity for none.</summary>
    public double Loss { get; init; } = 1;

    /// <summary>h, the rows that the position is held at most. At least 1.</summary>
    public int Horizon { get; init; } = 10;

    /// <summary>The span of the exponential weights of the volatility, in rows. At least 1.</summary>
    public int VolatilitySpan { get; init; } = 100;

    /// <summary>The price at which the position is entered, at row t + 1.</summary>
    public string EntryField { get; init; } = "open";

    /// <summary>The price that touches the barriers and at which the position is left.</summary>
    public string PathField { get; init; } = "close";

    /// <summary>How many rows after t the longest label reads: h + 1, the entry and the time that runs out.</summary>
    public int LongestSpan => Horizon + 1;

    /// <summary>The labels +1, -1, 0 of a long position and the rows each of them reads.</summary>
    /// <exception cref="ArgumentException">An option is outside its range, or the panel lacks the asset or a
    /// field.</exception>
    public LabelSet Label(Panel panel, string asset) =>
        ToLabels(panel, Outcomes(panel, asset), static outcome => outcome.Touched);

    /// <summary>The outcomes of the positions that <paramref name="sides"/> take, in the order of the rows; rows whose
    /// outcome is not known are left out.</summary>
    /// <param name="panel">The prices.</param>
    /// <param name="asset">The asset that is traded.</param>
    /// <param name="sides">For each row +1 (long), -1 (short) or 0 (no position); all long where it is empty.</param>
    /// <exception cref="ArgumentException">An option or a side is outside its range.</exception>
    public IReadOnlyList<BarrierOutcome> Outcomes(Panel panel, string asset, ReadOnlySpan<int> sides = default)
    {
        ArgumentNullException.ThrowIfNull(panel);
        Validate();
        if (!sides.IsEmpty && sides.Length != panel.Length)
        {
            throw new ArgumentException($"There are {sides.Length} sides for {panel.Length} rows.", nameof(sides));
        }

        ReadOnlySpan<double> entry = panel.Column(asset, EntryField), path = panel.Column(asset, PathField);
        double[] volatility = Volatility(path);
        List<BarrierOutcome> outcomes = [];
        for (int t = 0; t + (long)LongestSpan < panel.Length; t++)
        {
            int side = sides.IsEmpty ? 1 : sides[t];
            if (side is < -1 or > 1)
            {
                throw new ArgumentException($"The side of row {t} is {side}: it must be -1, 0 or 1.", nameof(sides));
            }

            // Without a price of the entry, of the third barrier, or a width there is no outcome.
            if (side != 0 && entry[t + 1] > 0 && path[t + LongestSpan] > 0 && volatility[t] > 0)
            {
                outcomes.Add(Follow(t, side, entry[t + 1], volatility[t], path));
            }
        }

        return outcomes;
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        if (!(Profit > 0) || !(Loss > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Profit),
                $"Profit is {Profit} and Loss {Loss}; both must be above 0 (infinity: no barrier).");
        }

        Guard.AtLeast(Horizon, 1, nameof(Horizon));
        Guard.AtLeast(VolatilitySpan, 1, nameof(VolatilitySpan));
    }

    /// <summary>Labels made of outcomes: their values, and the rows they read.</summary>
    internal static LabelSet ToLabels(Panel panel, IReadOnlyList<BarrierOutcome> outcomes,
        Func<BarrierOutcome, double> value)
    {
        double[] values = new double[panel.Length];
        int[] last = new int[panel.Length];
        Array.Fill(values, double.NaN);
        foreach (BarrierOutcome outcome in outcomes)
        {
            values[outcome.Row] = value(outcome);
            last[outcome.Row] = outcome.EndRow;
        }

        return new LabelSet(values, last);
    }

    private BarrierOutcome Follow(int t, int side, double entry, double volatility, ReadOnlySpan<double> path)
    {
        // A position entered at the path's own price cannot touch a barrier in the row of its entry.
        int first = t + (EntryField == PathField ? 2 : 1), end = t + LongestSpan;
        for (int s = first; s <= end; s++)
        {
            double won = side * (path[s] / entry - 1); // NaN where the price is missing: nothing is touched
            if (won >= Profit * volatility)
            {
                return new BarrierOutcome(t, s, won, 1);
            }

            if (won <= -Loss * volatility)
            {
                return new BarrierOutcome(t, s, won, -1);
            }
        }

        return new BarrierOutcome(t, end, side * (path[end] / entry - 1), 0);
    }

    private double[] Volatility(ReadOnlySpan<double> price)
    {
        double decay = 1 - 2.0 / (VolatilitySpan + 1.0);
        double squares = 0, weights = 0;
        double[] volatility = new double[price.Length];
        for (int t = 0; t < price.Length; t++)
        {
            bool known = t > 0 && price[t] > 0 && price[t - 1] > 0;
            double r = known ? Math.Log(price[t] / price[t - 1]) : 0;
            squares = known ? decay * squares + r * r : squares;
            weights = known ? decay * weights + 1 : weights;
            volatility[t] = weights > 0 ? Math.Sqrt(squares / weights) : double.NaN;
        }

        return volatility;
    }
}
