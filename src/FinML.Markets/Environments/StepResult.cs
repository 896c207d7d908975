namespace FinML.Markets;

/// <summary>What a step gave beside the observation.</summary>
/// <param name="Reward">The reward.</param>
/// <param name="Terminated">The task itself ended: nothing comes after, the value of what follows is 0.</param>
/// <param name="Truncated">Only the watching ended (time limit, end of data): the value of what follows is not
/// 0.</param>
public readonly record struct StepResult(double Reward, bool Terminated, bool Truncated)
{
    /// <summary>Whether the episode is over for either reason.</summary>
    public bool Done => Terminated || Truncated;
}
