using FinML.Data;
using FinML.Markets;

namespace FinML.Agents.Tests;

/// <summary>One step: reward 1 for the arm that the observation names, of three.</summary>
internal sealed class Bandit() : EpisodicEnvironment(Box.Uniform(0, 1, 3), new Discrete(3))
{
    private int good;

    protected override void Start(RandomStream random) => good = random.NextInt(3);

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random) =>
        new(action[0] == good ? 1 : 0, true, false);

    protected override void Observe(Span<float> observation)
    {
        observation.Clear();
        observation[good] = 1;
    }

    protected override void Save(BinaryWriter writer) => writer.Write(good);

    protected override void Load(BinaryReader reader) => good = reader.ReadInt32();
}

/// <summary>One step: reward -(action - x)² where x in [-1, 1] is observed.</summary>
internal sealed class Target() : EpisodicEnvironment(Box.Uniform(-1, 1, 1), Box.Uniform(-2, 2, 1))
{
    private double x;

    protected override void Start(RandomStream random) => x = 2 * random.NextDouble() - 1;

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random) =>
        new(-(action[0] - x) * (action[0] - x), true, false);

    protected override void Observe(Span<float> observation) => observation[0] = (float)x;

    protected override void Save(BinaryWriter writer) => writer.Write(x);

    protected override void Load(BinaryReader reader) => x = reader.ReadDouble();
}

/// <summary>Counts to three and ends, with reward 1 a step.</summary>
internal sealed class Counter(bool truncates) : EpisodicEnvironment(Box.Uniform(0, 3, 1), new Discrete(2))
{
    private int count;

    protected override void Start(RandomStream random) => count = 0;

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        bool end = ++count == 3;
        return new StepResult(1, end && !truncates, end && truncates);
    }

    protected override void Observe(Span<float> observation) => observation[0] = count;

    protected override void Save(BinaryWriter writer) => writer.Write(count);

    protected override void Load(BinaryReader reader) => count = reader.ReadInt32();
}
