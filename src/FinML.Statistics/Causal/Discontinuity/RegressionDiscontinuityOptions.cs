namespace FinML.Statistics;

/// <summary>How a <see cref="RegressionDiscontinuity"/> is estimated; the defaults are rdrobust's.</summary>
public sealed record RegressionDiscontinuityOptions
{
    /// <summary>Treated are those whose running variable is at the cutoff or above.</summary>
    public double Cutoff { get; init; }

    /// <summary>Order p of the local polynomial, 0 to 3; 1 is the advised one. The bias is estimated with p +
    /// 1.</summary>
    public int Order { get; init; } = 1;

    /// <summary>The kernel.</summary>
    public LocalKernel Kernel { get; init; }

    /// <summary>Bandwidth h of the estimate, in the unit of the running variable; 0 for the one of smallest mean
    /// squared error.</summary>
    public double Bandwidth { get; init; }

    /// <summary>Bandwidth b of the bias; 0 for the optimal one, or for <see cref="Bandwidth"/> where that is
    /// given.</summary>
    public double BiasBandwidth { get; init; }

    /// <summary>The variance estimator.</summary>
    public DiscontinuityVariance Variance { get; init; }

    /// <summary>Neighbours of <see cref="DiscontinuityVariance.NearestNeighbours"/>, 1 or more.</summary>
    public int Neighbours { get; init; } = 3;

    /// <summary>Coverage of the interval.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Throws where an option is out of its range.</summary>
    public void Validate()
    {
        Guard.Finite(Cutoff, nameof(Cutoff));
        Guard.InRange(Order, 0, 3, nameof(Order));
        Guard.NotNegative(Bandwidth, nameof(Bandwidth));
        Guard.NotNegative(BiasBandwidth, nameof(BiasBandwidth));
        Guard.AtLeast(Neighbours, 1, nameof(Neighbours));
        Guard.Between(Level, 0, 1, nameof(Level));
    }
}
