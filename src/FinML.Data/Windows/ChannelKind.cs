namespace FinML.Data;

/// <summary>What a channel is made of; a model chooses its encoder by it.</summary>
public enum ChannelKind
{
    /// <summary>Prices and what is computed from them.</summary>
    Price,

    /// <summary>Traded volume, order flow.</summary>
    Volume,

    /// <summary>Scores of texts: news, filings, posts.</summary>
    Text,

    /// <summary>Anything else in numbers: macro series, satellite counts, weather.</summary>
    Alternative,

    /// <summary>Categories as codes: sector, size class, rating. 0 is missing or unknown.</summary>
    Categorical,
}
