namespace FinML.Markets;

/// <summary>The options that every trading environment has, whatever it trades.</summary>
internal static class TradingEpisodes
{
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    internal static void Check(
        int window, int? episodeLength, double sharpeAdaptation, TradingReward reward, RewardInterval interval)
    {
        Require.InRange(window, 1, 1_000_000, "Window");
        if (episodeLength is { } length)
            Require.InRange(length, 1, int.MaxValue, "EpisodeLength");
        Require.InRange(sharpeAdaptation, 1e-9, 1, "SharpeAdaptation");
        if (!Enum.IsDefined(reward))
            throw new ArgumentOutOfRangeException("Reward", reward, $"Reward {reward} is none of the rewards.");
        if (!Enum.IsDefined(interval))
            throw new ArgumentOutOfRangeException(
                "Interval", interval, $"Interval {interval} is none of the intervals.");
    }
}
