namespace FinML.Statistics;

/// <summary>Which orthogonal score of the partially linear model is solved: Chernozhukov et al. (2018), section 4.1.
/// </summary>
public enum PartiallyLinearScore
{
    /// <summary>(y - l(x) - theta (d - m(x))) (d - m(x)), l = E[y | x]: Robinson (1988).</summary>
    PartiallingOut,

    /// <summary>(y - theta d - g(x)) (d - m(x)), g = E[y - theta d | x] with the former's theta.</summary>
    InstrumentType,
}
