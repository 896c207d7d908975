namespace FinML.Statistics;

/// <summary>Losses from the running maximum of wealth, which starts at 1 before the first return.</summary>
public static class Drawdown
{
    /// <summary>
    /// The deepest episode (the first of equals). A series that never falls has Depth 0, with peak, trough and recovery
    /// at position 0.
    /// </summary>
    public static DrawdownEpisode Maximum(ReturnSeries series)
    {
        var deepest = new DrawdownEpisode { Depth = 0, Peak = 0, Trough = 0, Recovery = 0, Duration = 0 };
        foreach (DrawdownEpisode episode in Episodes(series))
        {
            if (episode.Depth > deepest.Depth)
                deepest = episode;
        }

        return deepest;
    }

    /// <summary>
    /// The episode of the longest duration, from the peak to the recovery or to the end of the sample (the first of
    /// equals); it need not be the deepest. A series that never falls has Duration 0.
    /// </summary>
    public static DrawdownEpisode Longest(ReturnSeries series)
    {
        var longest = new DrawdownEpisode { Depth = 0, Peak = 0, Trough = 0, Recovery = 0, Duration = 0 };
        foreach (DrawdownEpisode episode in Episodes(series))
        {
            if (episode.Duration > longest.Duration)
                longest = episode;
        }

        return longest;
    }

    /// <summary>Every episode, in time order.</summary>
    public static IReadOnlyList<DrawdownEpisode> Episodes(ReturnSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        double[] wealth = series.Wealth();
        var episodes = new List<DrawdownEpisode>();
        int peak = 0, trough = 0;
        for (int i = 1; i < wealth.Length; i++)
        {
            if (wealth[i] >= wealth[peak])
            {
                if (trough > peak)
                    episodes.Add(Episode(i));
                peak = trough = i;
            }
            else if (trough == peak || wealth[i] < wealth[trough])
            {
                trough = i;
            }
        }

        if (trough > peak)
            episodes.Add(Episode(null));
        return episodes;

        DrawdownEpisode Episode(int? recovery) => new()
        {
            Depth = 1 - wealth[trough] / wealth[peak],
            Peak = peak,
            Trough = trough,
            Recovery = recovery,
            Duration = (recovery ?? wealth.Length - 1) - peak,
        };
    }

    /// <summary>Loss from the running maximum as a positive fraction: [i] after i returns, [0] is 0.</summary>
    public static double[] Underwater(ReturnSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        double[] wealth = series.Wealth();
        double peak = wealth[0];
        for (int i = 0; i < wealth.Length; i++)
        {
            peak = Math.Max(peak, wealth[i]);
            wealth[i] = 1 - wealth[i] / peak;
        }

        return wealth;
    }

    /// <summary>Calmar ratio: geometric return per year over the depth of the maximum drawdown.</summary>
    /// <exception cref="InvalidOperationException">
    /// Wealth never falls, so that the ratio has no denominator.
    /// </exception>
    public static double CalmarRatio(ReturnSeries series)
    {
        double depth = Maximum(series).Depth;
        if (depth == 0)
            throw new InvalidOperationException(
                $"The Calmar ratio of {series.Count} returns is undefined: wealth never falls below its peak.");
        return Annualised.Return(series) / depth;
    }
}
