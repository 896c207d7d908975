namespace FinML.Data;

/// <summary>How much of a channel a sample shows.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Steps">The steps of the window, at least 1.</param>
/// <param name="Clock">Whose steps they are.</param>
public sealed record ChannelWindow(Channel Channel, int Steps, ChannelClock Clock = ChannelClock.Own)
{
    /// <summary>A value that became known longer ago counts as missing: measured to the decision on the channel's own
    /// clock, to each step on that of the decisions. Above 0; null for no limit.</summary>
    public TimeSpan? MaximumAge { get; init; }

    /// <summary>Whether a row is a sample only where no value of this window is missing; otherwise the mask tells the
    /// model.</summary>
    public bool Required { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Channel);
        Guard.AtLeast(Steps, 1, nameof(Steps));
        if (!Enum.IsDefined(Clock))
        {
            throw new ArgumentOutOfRangeException(nameof(Clock), Clock, "The clock must be Own or Decisions.");
        }

        if (MaximumAge is { } age && age <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(MaximumAge), age, "MaximumAge must be above 0, or null.");
        }
    }
}
