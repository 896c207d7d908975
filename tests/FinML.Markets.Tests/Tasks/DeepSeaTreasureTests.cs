using FinML.Data;

namespace FinML.Markets.Tests.Tasks;

public sealed class DeepSeaTreasureTests
{
    // MO-Gymnasium, deep_sea_treasure.py.
    private static readonly double[][] ConvexFront =
        [[0.7, -1], [8.2, -3], [11.5, -5], [14, -7], [15.1, -8], [16.1, -9], [19.6, -13], [20.3, -14], [22.4, -17],
            [23.7, -19]];

    private static readonly double[][] ConcaveFront =
        [[1, -1], [2, -3], [3, -5], [5, -7], [8, -8], [16, -9], [24, -13], [50, -14], [74, -17], [124, -19]];

    [Fact]
    public void TheFrontsAreThePublishedOnes()
    {
        Assert.Equal(ConvexFront, DeepSeaTreasure.Convex().Front);
        Assert.Equal(ConcaveFront, DeepSeaTreasure.Concave().Front);
        Assert.Equal(ConvexFront, ParetoFront.Of(Explored(DeepSeaTreasure.Convex())));
        Assert.Equal(ConcaveFront, ParetoFront.Of(Explored(DeepSeaTreasure.Concave())));
        Assert.Equal(401.8, ParetoFront.Hypervolume(ConvexFront, [0, -25]), 1e-9);
    }

    [Fact]
    public void WeightedSumsMissPoints()
    {
        IReadOnlyList<double[]> convex = ParetoFront.ReachedByWeightedSums(ConvexFront);
        Assert.Equal(ConvexFront.Where(point => point[0] != 20.3), convex);
        Assert.Equal([[1, -1], [124, -19]], ParetoFront.ReachedByWeightedSums(ConcaveFront));

        // By brute force: the best points of a grid of weights.
        foreach (double[][] front in new[] { ConvexFront, ConcaveFront })
        {
            var best = new HashSet<double[]>();
            for (int i = 1; i < 4_000; i++)
            {
                double w = i / 4_000.0;
                best.Add(front.MaxBy(point => w * point[0] + (1 - w) * point[1])!);
            }

            Assert.Equal(
                ParetoFront.ReachedByWeightedSums(front).OrderBy(point => point[0]), best.OrderBy(point => point[0]));
        }
    }

    [Fact]
    public void EveryStepHasBothRewards()
    {
        DeepSeaTreasure sea = DeepSeaTreasure.Convex();
        float[] observation = new float[2];
        sea.Reset(1, observation);
        Assert.Equal([0, 0], sea.Rewards.ToArray());
        Assert.Equal(new StepResult(-1, false, false), sea.Step([3], observation)); // right
        Assert.Equal([0, 1], observation);
        sea.Step([0], observation); // off the grid: stays
        Assert.Equal([0, 1], observation);
        sea.Step([1], observation);
        Assert.Equal([1, 1], observation);
        StepResult result = sea.Step([1], observation);
        Assert.Equal(new StepResult(8.2 - 1, true, false), result);
        Assert.Equal([8.2, -1], sea.Rewards.ToArray());
        Assert.Equal(["treasure", "time"], sea.Objectives);

        sea.Reset(1, observation);
        foreach (float action in new float[] { 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1 })
            sea.Step([action], observation);
        Assert.Equal([5, 6], observation);
        sea.Step([2], observation); // into the sea bed under the treasure beside: stays
        Assert.Equal([5, 6], observation);

        sea.Reset(1, observation);
        for (int i = 1; i <= DeepSeaTreasure.StepLimit; i++)
            Assert.Equal(i == 100, sea.Step([0], observation).Truncated);
    }

    [Fact]
    public void WeightedObjectivesRewardTheirSum()
    {
        var weighted = new WeightedObjectives(DeepSeaTreasure.Concave(), .5, 2);
        float[] observation = new float[2];
        weighted.Reset(1, observation);
        Assert.Equal(new StepResult(.5 * 1 - 2, true, false), weighted.Step([1], observation));
        Assert.Contains("weights has 1 values where the task's objectives has 2", Assert.Throws<ArgumentException>(
            () => new WeightedObjectives(DeepSeaTreasure.Concave(), 1)).Message);
        Assert.ThrowsAny<ArgumentException>(() => new WeightedObjectives(DeepSeaTreasure.Concave(), 1, double.NaN));
    }

    [Fact]
    public void TheHypervolumeIsTheAreaThatIsDominated()
    {
        // By counting cells of a grid, on points of which some are dominated and some lie beyond the reference.
        var random = new RandomStream(2);
        for (int round = 0; round < 50; round++)
        {
            double[][] points = [.. Enumerable.Range(0, 6).Select(
                _ => new[] { random.NextInt(12) - 2.0, random.NextInt(12) - 2.0 })];
            int cells = 0;
            for (int x = 0; x < 12; x++)
            {
                for (int y = 0; y < 12; y++)
                    cells += points.Any(p => p[0] >= x + 1 && p[1] >= y + 1) ? 1 : 0;
            }

            Assert.Equal(cells, ParetoFront.Hypervolume(points, [0, 0]), 1e-12);
            IReadOnlyList<double[]> front = ParetoFront.Of(points);
            Assert.Equal(cells, ParetoFront.Hypervolume(front, [0, 0]), 1e-12);
            Assert.All(front, a => Assert.DoesNotContain(front, b => a != b && b[0] >= a[0] && b[1] >= a[1]));
        }

        Assert.Equal(0, ParetoFront.Hypervolume([], [0, 0]));
        Assert.Throws<ArgumentException>(() => ParetoFront.Hypervolume([[1, 2, 3]], [0, 0]));
    }

    // All treasures with the shortest way to each, by trying every action from every place reached.
    private static List<double[]> Explored(DeepSeaTreasure sea)
    {
        float[] observation = new float[2];
        sea.Reset(1, observation);
        List<double[]> found = [];
        var seen = new HashSet<(float, float)> { (0, 0) };
        var queue = new Queue<(byte[] State, int Steps)>([(sea.SaveState(), 0)]);
        while (queue.TryDequeue(out (byte[] State, int Steps) place))
        {
            for (int action = 0; action < 4; action++)
            {
                sea.LoadState(place.State);
                StepResult result = sea.Step([action], observation);
                if (!seen.Add((observation[0], observation[1])))
                    continue;
                if (result.Terminated)
                    found.Add([sea.Rewards[0], -(place.Steps + 1)]);
                else
                    queue.Enqueue((sea.SaveState(), place.Steps + 1));
            }
        }

        return [.. found.OrderBy(point => point[0])];
    }
}
