namespace FinML.Markets;

/// <summary>The five families of Sullivan, Timmermann and White (1999).</summary>
public enum RuleFamily
{
    /// <summary><see cref="FilterRule"/>.</summary>
    Filter,

    /// <summary><see cref="MovingAverageRule"/>.</summary>
    MovingAverage,

    /// <summary><see cref="SupportResistanceRule"/>.</summary>
    SupportResistance,

    /// <summary><see cref="ChannelBreakoutRule"/>.</summary>
    ChannelBreakout,

    /// <summary><see cref="OnBalanceVolumeRule"/>.</summary>
    OnBalanceVolume,
}
