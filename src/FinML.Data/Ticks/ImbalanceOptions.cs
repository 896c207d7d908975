namespace FinML.Data;

/// <summary>How imbalance bars form their expectations.</summary>
public sealed record ImbalanceOptions
{
    /// <summary>What is counted.</summary>
    public ImbalanceMeasure Measure { get; init; }

    /// <summary>The trades of the first bar, which is there to learn from, and the first expectation of a bar's length;
    /// 2 or more.</summary>
    public int FirstTrades { get; init; } = 100;

    /// <summary>The span of the exponential average of the lengths of bars, in bars; 1 or more.</summary>
    public double SpanBars { get; init; } = 20;

    /// <summary>The span of the exponential average of the signed trades, in trades; 1 or more.</summary>
    public double SpanTrades { get; init; } = 1000;

    /// <summary>The trades of the shortest and the longest bar, 1 or more; the first bar is not bound. Without bounds
    /// the expectation feeds on itself: where buys and sells balance, each trade is a bar, and elsewhere long bars make
    /// longer ones, until there is none.</summary>
    public (int Least, int Most) TradesPerBar { get; init; } = (10, 10_000);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        if (FirstTrades < 2)
        {
            throw new ArgumentException($"FirstTrades is {FirstTrades}; it must be 2 or more.", nameof(FirstTrades));
        }

        if (!(SpanBars >= 1) || !(SpanTrades >= 1))
        {
            throw new ArgumentException($"The spans are {SpanBars} bars and {SpanTrades} trades; they must be 1 or "
                + "more.", nameof(SpanBars));
        }

        if (TradesPerBar.Least < 1 || TradesPerBar.Most < TradesPerBar.Least)
        {
            throw new ArgumentException($"TradesPerBar is {TradesPerBar}; it must be 1 or more and in order.",
                nameof(TradesPerBar));
        }

        if (!Enum.IsDefined(Measure))
        {
            throw new ArgumentException($"Measure is {(int)Measure}; it must be Trades, Volume or Dollars.",
                nameof(Measure));
        }
    }
}
