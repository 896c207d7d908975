namespace FinML.Statistics;

/// <summary>What a chain left: its positions on the unbounded scale and how each draw was made.</summary>
internal sealed class ChainRecord(int draws, int dimension, double stepSize)
{
    private readonly double[] _positions = new double[draws * dimension]; // (draws, parameters)

    internal double StepSize { get; } = stepSize;

    internal double[] Energies { get; } = new double[draws];

    internal double AcceptanceSum { get; private set; }

    internal int Divergences { get; private set; }

    internal long Steps { get; private set; }

    /// <summary>How many draws had each tree depth.</summary>
    internal int[] Depths { get; } = new int[21];

    internal ReadOnlySpan<double> Position(int draw) => _positions.AsSpan(draw * dimension, dimension);

    internal void Add(int draw, NutsChain.Transition transition, double[] position)
    {
        position.CopyTo(_positions, draw * dimension);
        Energies[draw] = transition.Energy;
        AcceptanceSum += transition.Acceptance;
        Divergences += transition.Diverged ? 1 : 0;
        Steps += transition.Steps;
        Depths[transition.Depth]++;
    }
}
