namespace FinML.Data;

/// <summary>What a LEAN data file does not say itself.</summary>
public sealed record LeanOptions
{
    /// <summary>The symbol that the records get; where there is a <see cref="Map"/>, the ticker of the day
    /// instead.</summary>
    public required string Symbol { get; init; }

    /// <summary>The length of a bar, above zero and at most a day: LEAN has files of a minute, an hour and a
    /// day.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What prices are multiplied by in the file, above 0: 10,000 for US equities, 1 for foreign exchange and
    /// crypto-currencies.</summary>
    public double Scale { get; init; } = 10_000;

    /// <summary>Whether the file's clock is New York's (US equities), or UTC (foreign exchange,
    /// crypto-currencies).</summary>
    public bool IsNewYork { get; init; } = true;

    /// <summary>The day of a file whose times are milliseconds after midnight (ticks, seconds, minutes).</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The tickers of the company over time; null: one ticker.</summary>
    public LeanMapFile? Map { get; init; }

    /// <summary>Whether ticks that the exchange marked as suspicious are kept.</summary>
    public bool KeepSuspicious { get; init; }

    /// <summary>What bounds the memory.</summary>
    public LoadLimits Limits { get; init; } = LoadLimits.Default;

    /// <summary>US equities.</summary>
    public static LeanOptions Equity(string symbol) => new() { Symbol = symbol };

    /// <summary>Foreign exchange: UTC, prices as they are.</summary>
    public static LeanOptions Forex(string symbol) => new() { Symbol = symbol, Scale = 1, IsNewYork = false };

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Symbol))
        {
            throw new ArgumentException($"The symbol '{Symbol}' must not be empty.", nameof(Symbol));
        }

        if (Period <= TimeSpan.Zero || Period > TimeSpan.FromDays(1))
        {
            throw new ArgumentException($"The period is {Period}; it must be above 0 and at most a day.",
                nameof(Period));
        }

        if (!(Scale > 0 && double.IsFinite(Scale)))
        {
            throw new ArgumentException($"The scale is {Scale}; it must be above 0.", nameof(Scale));
        }

        Limits.Validate();
    }
}
