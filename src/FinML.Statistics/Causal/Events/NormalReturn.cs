namespace FinML.Statistics;

/// <summary>What a return is expected to be without the event.</summary>
public enum NormalReturn
{
    /// <summary>alpha + beta times the market's return, estimated before the event: the standard choice.</summary>
    MarketModel,

    /// <summary>The market's return itself: for new listings, which have no past.</summary>
    MarketAdjusted,

    /// <summary>The mean before the event.</summary>
    MeanAdjusted,
}
