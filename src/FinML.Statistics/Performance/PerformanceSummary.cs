namespace FinML.Statistics;

/// <summary>
/// The usual figures of one strategy in one record. Ratios whose denominator is zero (no loss, no drawdown) are null,
/// never NaN or infinite.
/// </summary>
public sealed record PerformanceSummary
{
    /// <summary>Number of returns.</summary>
    public required int Count { get; init; }

    /// <summary>Wealth at the end over wealth at the start, less 1.</summary>
    public required double TotalReturn { get; init; }

    /// <summary>Geometric return per year.</summary>
    public required double AnnualisedReturn { get; init; }

    /// <summary>Volatility per year.</summary>
    public required double AnnualisedVolatility { get; init; }

    /// <summary>Sharpe ratio with its inference; null where the returns are constant or fewer than ten.</summary>
    public required SharpeRatio? Sharpe { get; init; }

    /// <summary>Sortino ratio per year, target 0.</summary>
    public required double? SortinoRatio { get; init; }

    /// <summary>Calmar ratio.</summary>
    public required double? CalmarRatio { get; init; }

    /// <summary>Omega ratio, target 0.</summary>
    public required double? OmegaRatio { get; init; }

    /// <summary>The deepest drawdown.</summary>
    public required DrawdownEpisode MaximumDrawdown { get; init; }

    /// <summary>The drawdown that lasted longest.</summary>
    public required DrawdownEpisode LongestDrawdown { get; init; }

    /// <summary>Historical value at risk at 5 per cent, a positive loss per period.</summary>
    public required double ValueAtRisk { get; init; }

    /// <summary>Historical expected shortfall at 5 per cent, a positive loss per period.</summary>
    public required double ConditionalValueAtRisk { get; init; }

    /// <summary>95 per cent quantile over 5 per cent quantile, in absolute value.</summary>
    public required double? TailRatio { get; init; }

    /// <summary>Share of returns above 0.</summary>
    public required double HitRate { get; init; }

    /// <summary>Computes all of it from two or more returns.</summary>
    public static PerformanceSummary Of(ReturnSeries series, SharpeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        series.RequireCount(2, "A performance summary");
        DrawdownEpisode drawdown = Drawdown.Maximum(series);
        bool loses = DownsideRisk.Deviation(series) > 0;
        double risk = TailRisk.ValueAtRisk(series);
        return new PerformanceSummary
        {
            Count = series.Count,
            TotalReturn = series.Wealth()[^1] - 1,
            AnnualisedReturn = Annualised.Return(series),
            AnnualisedVolatility = Annualised.Volatility(series),
            Sharpe = series.Count >= 10 && !Guard.IsConstant(series.Values) ? SharpeRatio.Of(series, options) : null,
            SortinoRatio = loses ? DownsideRisk.SortinoRatio(series) : null,
            CalmarRatio = drawdown.Depth > 0 ? Drawdown.CalmarRatio(series) : null,
            OmegaRatio = loses ? DownsideRisk.OmegaRatio(series) : null,
            MaximumDrawdown = drawdown,
            LongestDrawdown = Drawdown.Longest(series),
            ValueAtRisk = risk,
            ConditionalValueAtRisk = TailRisk.ConditionalValueAtRisk(series),
            TailRatio = risk != 0 ? TailRisk.TailRatio(series) : null,
            HitRate = TailRisk.HitRate(series),
        };
    }
}
