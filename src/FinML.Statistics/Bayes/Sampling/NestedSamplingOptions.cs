namespace FinML.Statistics;

/// <summary>How <see cref="NestedSampling"/> runs.</summary>
public sealed record NestedSamplingOptions
{
    /// <summary>Points alive, 20 or more and above twice the dimension. The error of the log evidence is about
    /// sqrt(information / points).</summary>
    public int LivePoints { get; init; } = 500;

    /// <summary>Slices a new point is walked from an old one; 0 for 5 a dimension.</summary>
    public int Slices { get; init; }

    /// <summary>Ends when the live points can raise the log evidence by no more than this.</summary>
    public double Tolerance { get; init; } = 0.01;

    /// <summary>Likelihood evaluations after which the run is given up.</summary>
    public long MaximumEvaluations { get; init; } = 100_000_000;

    /// <summary>Seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>Throws where an option is out of its range.</summary>
    public void Validate()
    {
        Guard.AtLeast(LivePoints, 20, nameof(LivePoints));
        Guard.AtLeast(Slices, 0, nameof(Slices));
        Guard.Positive(Tolerance, nameof(Tolerance));
        Guard.AtLeast(MaximumEvaluations, 1, nameof(MaximumEvaluations));
    }
}
