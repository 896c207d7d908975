namespace FinML.Statistics;

/// <summary>The two estimators of Kraskov, Stögbauer and Grassberger (2004).</summary>
public enum NeighbourEstimator
{
    /// <summary>
    /// Their first, equation 8: counts within the distance of the k-th neighbour. Less variance, a little more bias.
    /// </summary>
    First,

    /// <summary>
    /// Their second, equation 9: counts within the sides of the box of the k neighbours. Less bias where x and y are
    /// strongly dependent.
    /// </summary>
    Second,
}
