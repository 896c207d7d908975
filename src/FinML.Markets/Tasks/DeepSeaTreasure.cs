using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Deep sea treasure: a submarine dives from the top left corner of a grid for treasures that are worth the more the
/// deeper they lie, against time. Vamplew et al., "Empirical evaluation methods for multiobjective reinforcement
/// learning algorithms" (Machine Learning 84, 2011); grid and treasures as in MO-Gymnasium's
/// <c>deep_sea_treasure.py</c>.
/// </summary>
/// <remarks>
/// Actions: 0 up, 1 down, 2 left, 3 right; a move into the sea bed or off the grid stays in place. The observation is
/// (row, column), both 0 to 10. Rewards: the treasure's value, and -1 a step. A treasure terminates; truncated after
/// 100 steps. Weighted sums reach 9 of the 10 points of the convex front and 2 of the concave one, which tells a method
/// for several objectives from a sum.
/// </remarks>
public sealed class DeepSeaTreasure : EpisodicEnvironment, IMultiObjective
{
    /// <summary>Steps after which an episode is truncated.</summary>
    public const int StepLimit = 100;

    /// <summary>Rows and columns of the grid.</summary>
    public const int Side = 11;

    // The row of the treasure in each column, which is also the sea's last; the last column is open to the bottom.
    private static readonly int[] Depths = [1, 2, 3, 4, 4, 4, 7, 7, 9, 10, 10];
    private static readonly string[] Names = ["treasure", "time"];
    private static readonly double[] ConvexValues = [0.7, 8.2, 11.5, 14.0, 15.1, 16.1, 19.6, 20.3, 22.4, 23.7];
    private static readonly double[] ConcaveValues = [1, 2, 3, 5, 8, 16, 24, 50, 74, 124];

    private readonly double[] values; // by column
    private readonly double[] rewards = new double[2];
    private int row, column;

    private DeepSeaTreasure(double[] values)
        : base(Box.Uniform(0, Side - 1, 2), new Discrete(4)) => this.values = values;

    /// <summary>The treasures of Yang et al. (2019), with a front that is convex but for one point.</summary>
    public static DeepSeaTreasure Convex() => new(ConvexValues);

    /// <summary>The treasures of Vamplew et al. (2011), with a concave front.</summary>
    public static DeepSeaTreasure Concave() => new(ConcaveValues);

    /// <inheritdoc/>
    public IReadOnlyList<string> Objectives => Names;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Rewards => rewards;

    /// <summary>What is attainable and not dominated: the value of each treasure, and minus the length of the shortest
    /// way to it, undiscounted.</summary>
    public IReadOnlyList<double[]> Front =>
        ParetoFront.Of([.. values.Select((value, c) => new[] { value, -(Depths[c] + c) })]);

    protected override void Start(RandomStream random)
    {
        row = column = 0;
        Array.Clear(rewards);
    }

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        (int down, int right) = (int)action[0] switch
        {
            0 => (-1, 0),
            1 => (1, 0),
            2 => (0, -1),
            _ => (0, 1),
        };
        if (IsSea(row + down, column + right))
            (row, column) = (row + down, column + right);
        bool found = column < values.Length && row == Depths[column];
        rewards[0] = found ? values[column] : 0;
        rewards[1] = -1;
        return new StepResult(rewards[0] + rewards[1], found, !found && Steps >= StepLimit);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = row;
        observation[1] = column;
    }

    protected override void Save(BinaryWriter writer)
    {
        writer.Write(row);
        writer.Write(column);
        StateBytes.WriteArray<double>(writer, rewards);
    }

    protected override void Load(BinaryReader reader)
    {
        row = reader.ReadInt32();
        column = reader.ReadInt32();
        StateBytes.ReadArray<double>(reader, rewards);
    }

    private static bool IsSea(int row, int column) =>
        row >= 0 && column is >= 0 and < Side && row <= Depths[column];
}
