namespace FinML.Statistics;

/// <summary>What a result claims if its assumptions hold.</summary>
public enum CausalClaim
{
    /// <summary>What changes where the cause is set by intervention.</summary>
    Effect,

    /// <summary>That one series helps to predict another: precedence in time, not what an intervention would
    /// do.</summary>
    Prediction,
}
