namespace FinML.Statistics;

/// <summary>What <see cref="BridgeSampling"/> bridges the posterior to.</summary>
public enum BridgeProposal
{
    /// <summary>A normal with the mean and covariance of half of the draws.</summary>
    Normal,

    /// <summary>The same, with the posterior mirrored about its mean as well: Warp-III of X.-L. Meng and S. Schilling
    /// (2002), closer to the normal where the posterior is skewed; twice the evaluations.</summary>
    Warp3,
}
