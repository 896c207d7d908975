namespace FinML.Data;

/// <summary>How to walk forward through a series; all counts are rows.</summary>
public sealed record WalkForwardOptions
{
    /// <summary>The training rows of the first fold; of every fold where it rolls. At least 1.</summary>
    public required int InitialTrain { get; init; }

    /// <summary>The test rows of a fold; the last fold may have fewer. At least 1.</summary>
    public required int Test { get; init; }

    /// <summary>Rows left out between the last training label and the test, against slow-decaying dependence. 0 or
    /// more.</summary>
    public int Embargo { get; init; }

    /// <summary>How many rows after its own row a label looks at (<see cref="ForwardReturn.LabelSpan"/>). 0 or
    /// more.</summary>
    public int LabelHorizon { get; init; }

    /// <summary>Whether training starts at the first row in every fold (it grows); otherwise its window
    /// rolls.</summary>
    public bool Anchored { get; init; } = true;

    /// <summary>The first row to use at all: the warm-up of the features. 0 or more.</summary>
    public int Start { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Guard.AtLeast(InitialTrain, 1, nameof(InitialTrain));
        Guard.AtLeast(Test, 1, nameof(Test));
        Guard.AtLeast(Embargo, 0, nameof(Embargo));
        Guard.AtLeast(LabelHorizon, 0, nameof(LabelHorizon));
        Guard.AtLeast(Start, 0, nameof(Start));
    }
}
