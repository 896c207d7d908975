using FinML.Torch.Modules;
using FinML.Torch.Tests.nn;

namespace FinML.Torch.Tests.IO;

public sealed class CheckpointTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("finml-checkpoint-").FullName;

    private string At => Path.Combine(folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void ARunThatResumesEndsWithTheSameBits()
    {
        Run whole = new(1);
        whole.Train(20);

        Run first = new(1);
        first.Train(10);
        Checkpoint.Save(At, first.Model, first.Optimizer, first.Generator, new() { ["step"] = [10] });
        first.Train(3); // what comes after the checkpoint is lost, and leaves no trace

        Run second = new(99);
        Dictionary<string, byte[]> extra = Checkpoint.Load(At, second.Model, second.Optimizer, second.Generator);
        Assert.Equal([10], Assert.Single(extra).Value);
        second.Train(20 - extra["step"][0]);
        Assert.Equal(whole.Weights(), second.Weights());
        Assert.Equal(OptimizerStates.Save(whole.Optimizer), OptimizerStates.Save(second.Optimizer));
        Assert.Equal(whole.Position(), second.Position());

        // Each part is needed for that.
        foreach (bool optimizer in new[] { true, false })
        {
            Run partly = new(99);
            Checkpoint.Load(
                At, partly.Model, optimizer ? partly.Optimizer : null, optimizer ? null : partly.Generator);
            partly.Train(10);
            Assert.NotEqual(whole.Weights(), partly.Weights());
        }
    }

    [Fact]
    public void TheOneBeforeIsKeptUnlessItIsDamaged()
    {
        Linear model = torch.nn.Linear(1, 1, hasBias: false);
        Save(1);
        Assert.Equal([At], Directory.GetFiles(folder));
        Save(2);
        Save(3);
        Assert.Equal([At, Checkpoint.PreviousOf(At)], Directory.GetFiles(folder).Order());
        Assert.Equal((3f, 2f), (Load(At), Load(Checkpoint.PreviousOf(At))));

        File.WriteAllBytes(At, File.ReadAllBytes(At)[..^3]);
        Assert.Equal(
            $"Checkpoint '{At}' is damaged: its checksum differs. '{Checkpoint.PreviousOf(At)}' holds the one before "
            + "it.",
            Assert.Throws<InvalidDataException>(() => Load(At)).Message);
        Save(4);
        Assert.Equal((4f, 2f), (Load(At), Load(Checkpoint.PreviousOf(At))));

        void Save(float value)
        {
            using (no_grad())
                model.weight.fill_(value);
            Checkpoint.Save(At, model);
        }

        float Load(string path)
        {
            Checkpoint.Load(path, model);
            return model.weight.item<float>();
        }
    }

    [Fact]
    public void WhatIsDamagedOrMissingChangesNothing()
    {
        Run saved = new(1), other = new(2);
        saved.Train(2);
        Checkpoint.Save(At, saved.Model, saved.Optimizer);
        double[] before = other.Weights();
        byte[] good = File.ReadAllBytes(At);
        for (int at = 0; at < good.Length; at += 37)
        {
            byte[] flipped = [.. good];
            flipped[at] ^= 4;
            File.WriteAllBytes(At, flipped);
            Assert.Contains(At, Refusal());
            File.WriteAllBytes(At, good[..at]);
            Assert.Contains(At, Refusal());
        }

        File.WriteAllBytes(At, good);
        Assert.Equal(
            $"'{At}' cannot be restored: the checkpoint holds no generator.",
            Assert.Throws<InvalidDataException>(
                () => Checkpoint.Load(At, other.Model, other.Optimizer, other.Generator)).Message);
        Assert.Throws<ArgumentException>(() => Checkpoint.Load(At, torch.nn.Linear(2, 2)));
        Assert.Throws<FileNotFoundException>(() => Checkpoint.Load(At + "x", other.Model));
        Assert.Equal(before, other.Weights());

        string Refusal() => Assert.Throws<InvalidDataException>(
            () => Checkpoint.Load(At, other.Model, other.Optimizer)).Message;
    }

    [Fact]
    public void AFailedSaveLeavesTheOldFilesAndNoOther()
    {
        Linear model = torch.nn.Linear(2, 2);
        Checkpoint.Save(At, model);
        byte[] before = File.ReadAllBytes(At);
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Checkpoint.Save(At, model));
        Assert.Equal([At], Directory.GetFiles(folder));
        Assert.Equal(before, File.ReadAllBytes(At));
    }

    // A regression with dropout under Adam.
    private sealed class Run
    {
        internal Run(ulong seed)
        {
            Generator = new Generator(seed);
            Model = torch.nn.Sequential(
                torch.nn.Linear(3, 8, generator: Generator), torch.nn.Tanh(),
                torch.nn.Dropout(0.3, generator: Generator), torch.nn.Linear(8, 1, generator: Generator));
            Optimizer = torch.optim.Adam(Model.parameters(), lr: 0.01);
        }

        internal Generator Generator { get; }

        internal Sequential Model { get; }

        internal torch.optim.Optimizer Optimizer { get; }

        internal void Train(int steps)
        {
            Tensor x = NnGolden.Wave([16, 3], 0).to(float32), y = NnGolden.Wave([16, 1], 0.7).to(float32);
            for (int i = 0; i < steps; i++)
            {
                Tensor loss = torch.nn.functional.mse_loss(Model.call(x), y);
                Optimizer.zero_grad();
                loss.backward();
                Optimizer.step();
            }
        }

        internal long[] Position() => Generator.get_state().data<long>().ToArray();

        internal double[] Weights() => Model.state_dict().Values.SelectMany(NnGolden.Values).ToArray();
    }
}
