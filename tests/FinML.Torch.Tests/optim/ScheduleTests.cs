using System.Text.Json;
using Lr = FinML.Torch.torch.optim.lr_scheduler;

namespace FinML.Torch.Tests.optimizers;

/// <summary>Learning-rate schedules beside PyTorch's over 24 epochs, on two groups.</summary>
public sealed class ScheduleTests
{
    private static readonly GoldenFile Golden = new("optim.json");

    private static readonly Dictionary<string, Func<torch.optim.Optimizer, Lr.LRScheduler>> Makers = new()
    {
        ["step"] = o => Lr.StepLR(o, 4, 0.3),
        ["multi_step"] = o => Lr.MultiStepLR(o, [3, 7, 7, 15], 0.5),
        ["exponential"] = o => Lr.ExponentialLR(o, 0.9),
        ["constant"] = o => Lr.ConstantLR(o, 0.25, 6),
        ["linear"] = o => Lr.LinearLR(o, 0.25, 0.75, 6),
        ["polynomial"] = o => Lr.PolynomialLR(o, 9, 1.7),
        ["cosine"] = o => Lr.CosineAnnealingLR(o, 7, 0.05),
        ["warm_restarts"] = o => new CosineAnnealingWarmRestarts(o, 3, 2, 0.02),
        ["lambda"] = o => Lr.LambdaLR(o, epoch => Math.Pow(0.9, epoch)),
        ["multiplicative"] = o => Lr.MultiplicativeLR(o, epoch => 1 - (0.5 / (epoch + 1))),
        ["sequential"] = o => Lr.SequentialLR(
            o, [Lr.LinearLR(o, 0.1, 1.0, 5), Lr.ExponentialLR(o, 0.9), Lr.CosineAnnealingLR(o, 6)], [5, 12]),
        ["chained"] = o => Lr.ChainedLR([Lr.ConstantLR(o, 0.1, 3), Lr.ExponentialLR(o, 0.9), Lr.StepLR(o, 5, 0.5)]),
        ["cyclic"] = o => Lr.CyclicLR(o, 0.1, 0.8, step_size_up: 3, step_size_down: 5),
        ["cyclic2"] = o => Lr.CyclicLR(
            o, [0.1, 0.2], [0.8, 0.9], step_size_up: 4, mode: Lr.impl.CyclicLR.Mode.Triangular2,
            base_momentum: [0.7, 0.7], max_momentum: [0.95, 0.95]),
        ["cyclic_exp"] = o => Lr.CyclicLR(
            o, 0.1, 0.8, step_size_up: 4, mode: Lr.impl.CyclicLR.Mode.ExpRange, gamma: 0.97, cycle_momentum: false),
        ["one_cycle"] = o => Lr.OneCycleLR(o, 0.5, total_steps: 25),
        ["one_cycle3"] = o => Lr.OneCycleLR(
            o, [0.5, 0.7], epochs: 5, steps_per_epoch: 5, pct_start: 0.25, div_factor: 10, final_div_factor: 100,
            three_phase: true),
    };

    // Without a formula from the initial rate, or with one that only holds from the start of a part.
    private static readonly string[] NoClosedForm = ["multiplicative", "chained", "sequential"];

    public static TheoryData<string> Names() => new(Makers.Keys);

    public static TheoryData<string> Jumping() => new(Makers.Keys.Except(NoClosedForm));

    [Theory]
    [MemberData(nameof(Names))]
    public void RatesEqualPyTorch(string name)
    {
        torch.optim.Optimizer optimizer = Optimizer();
        Lr.LRScheduler schedule = Makers[name](optimizer);
        int epoch = 0;
        foreach (JsonElement expected in Golden.At("schedules", name).EnumerateArray())
        {
            GoldenFile.AssertClose(GoldenFile.Numbers(expected), Seen(optimizer, expected), 1e-12, $"{name} {epoch++}");
            Assert.Equal(optimizer.ParamGroups.Select(g => g.LearningRate), schedule.get_last_lr());
            schedule.step();
        }
    }

    [Theory]
    [MemberData(nameof(Jumping))]
    public void AScheduleIsTakenUpAtAnyEpoch(string name)
    {
        JsonElement[] expected = [.. Golden.At("schedules", name).EnumerateArray()];
        torch.optim.Optimizer optimizer = Optimizer();
        Lr.LRScheduler schedule = Makers[name](optimizer);
        foreach (int epoch in (int[])[17, 5, 23])
        {
            schedule.step(epoch);
            GoldenFile.AssertClose(
                GoldenFile.Numbers(expected[epoch]), Seen(optimizer, expected[epoch]), 1e-12, $"{name} {epoch}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ACheckpointContinuesASchedule(string name)
    {
        torch.optim.Optimizer first = Optimizer(), second = Optimizer();
        Lr.LRScheduler schedule = Makers[name](first), resumed = Makers[name](second);
        for (int i = 0; i < 13; i++)
            schedule.step();
        second.load_state_dict(first.state_dict());
        resumed.load_state_dict(safetensors.load(safetensors.save(schedule.state_dict())));
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(schedule.get_last_lr(), resumed.get_last_lr());
            schedule.step();
            resumed.step();
        }
    }

    [Fact]
    public void APlateausStateGoesOnAndAWrongOneIsRefused()
    {
        torch.optim.Optimizer first = Optimizer(), second = Optimizer();
        Lr.LRScheduler schedule = Lr.ReduceLROnPlateau(first, patience: 1, cooldown: 2);
        Lr.LRScheduler resumed = Lr.ReduceLROnPlateau(second, patience: 1, cooldown: 2);
        foreach (double metric in (double[])[3, 2, 2, 2])
            schedule.step(metric);
        second.load_state_dict(first.state_dict());
        resumed.load_state_dict(schedule.state_dict());
        for (int i = 0; i < 8; i++)
        {
            schedule.step(2.1);
            resumed.step(2.1);
            Assert.Equal(schedule.get_last_lr(), resumed.get_last_lr());
        }

        Assert.Contains(
            "best",
            Assert.Throws<ArgumentException>(
                () => resumed.load_state_dict(Lr.StepLR(first, 3).state_dict())).Message);
    }

    [Fact]
    public void OneCycleMovesBeta1OfAdam()
    {
        torch.optim.Optimizer adam = torch.optim.Adam([torch.nn.Parameter(zeros([1]))], lr: 0.4);
        Lr.LRScheduler schedule = Lr.OneCycleLR(
            adam, 0.3, total_steps: 25, three_phase: true,
            anneal_strategy: Lr.impl.OneCycleLR.AnnealStrategy.Linear);
        var group = (Modules.Adam.ParamGroup)adam.ParamGroups.Single();
        foreach (JsonElement expected in Golden.At("schedules", "one_cycle_adam").EnumerateArray())
        {
            GoldenFile.AssertClose(GoldenFile.Numbers(expected), [group.LearningRate, group.Betas.Item1], 1e-12);
            schedule.step();
        }

        Assert.Contains("has 25", Assert.Throws<InvalidOperationException>(schedule.step).Message);
    }

    [Fact]
    public void PlateauEqualsPyTorch()
    {
        double[] metric = Golden.Numbers("metric");
        torch.optim.Optimizer down = torch.optim.SGD([torch.nn.Parameter(zeros([1]))], 0.4);
        torch.optim.Optimizer up = torch.optim.SGD([torch.nn.Parameter(zeros([1]))], 0.4);
        Lr.LRScheduler first = Lr.ReduceLROnPlateau(down, factor: 0.5, patience: 2);
        Lr.LRScheduler second = Lr.ReduceLROnPlateau(
            up, "max", 0.3, patience: 1, threshold: 0.05, threshold_mode: "abs", cooldown: 2, min_lr: [0.02]);
        for (int i = 0; i < metric.Length; i++)
        {
            first.step(metric[i]);
            second.step(-metric[i]);
            GoldenFile.AssertClose(
                GoldenFile.Numbers(Golden.At("schedules", "plateau")[i]), [.. first.get_last_lr()], 1e-12, $"{i}");
            GoldenFile.AssertClose(
                GoldenFile.Numbers(Golden.At("schedules", "plateau_max")[i]), [.. second.get_last_lr()], 1e-12, $"{i}");
        }

        Assert.Throws<InvalidOperationException>(first.step);
    }

    [Fact]
    public void RefusesBadOptions()
    {
        torch.optim.Optimizer o = Optimizer(), other = Optimizer();
        torch.optim.Optimizer adagrad = torch.optim.Adagrad([torch.nn.Parameter(zeros([1]))]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Lr.StepLR(o, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lr.LinearLR(o, start_factor: 0));
        Assert.Throws<ArgumentException>(() => Lr.OneCycleLR(o, 0.1));
        Assert.Throws<ArgumentException>(() => Lr.ReduceLROnPlateau(o, "least"));
        Assert.Throws<ArgumentException>(() => Lr.SequentialLR(o, [Lr.StepLR(other, 3)], []));
        Assert.Contains(
            "momentum", Assert.Throws<ArgumentException>(() => Lr.CyclicLR(adagrad, 0.1, 0.2)).Message);
    }

    private static double[] Seen(torch.optim.Optimizer optimizer, JsonElement expected) =>
        [.. optimizer.ParamGroups.SelectMany(g => expected.GetArrayLength() == 4
            ? new[] { g.LearningRate, ((torch.optim.IMomentum)g).Momentum }
            : [g.LearningRate])];

    private static torch.optim.Optimizer Optimizer() => torch.optim.SGD(
        [
            new Modules.SGD.ParamGroup { Parameters = [torch.nn.Parameter(zeros([1]))] },
            new Modules.SGD.ParamGroup([torch.nn.Parameter(zeros([1]))], lr: 0.1, momentum: 0.9),
        ],
        0.4, momentum: 0.9);
}
