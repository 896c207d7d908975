namespace FinML.Markets;

/// <summary>Which interval a decision at the close of t, traded at the open of t + 1, is rewarded for.</summary>
public enum RewardInterval
{
    /// <summary>
    /// Open t + 1 (before the trade, so its cost is inside) to open t + 2: exactly what the decision is answerable for.
    /// The reward holds the open of t + 2, which is later than the next observation: it may train a policy, and must
    /// not be shown to one as an input.
    /// </summary>
    OpenToOpen,

    /// <summary>
    /// Close t to close t + 1: known when the next observation is, so that a policy may see it (recurrent
    /// meta-learners). The night before the trade counts here although the decision before is answerable for it.
    /// </summary>
    CloseToClose,
}
