namespace FinML.Torch.Tests.Inference;

using nn = FinML.Torch.torch.nn;

/// <summary>What a trace cannot hold is refused with its name, never taken for a constant.</summary>
public class TraceErrorTests
{
    [Fact]
    public void RefusesDrawsOfTrainingMode() => Refused(
        nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5)), "eval()", "Sequential > Dropout");

    [Fact]
    public void RefusesWritesThatItDoesNotSee()
    {
        Refused(TracedModels.Of(x => (x * 2).uniform_(0, 1)), "'uniform_'", "wrote in place", "eval()");
        Refused(
            TracedModels.Of(x => { Tensor y = zeros(4), z = y[1..]; y.normal_(); return x + z.sum(); }), "'normal_'");
    }

    [Fact]
    public void RefusesToReadElements()
    {
        Refused(TracedModels.Of(x => x.sum().item<float>() > 0 ? x : -x), "'item'", "depend on the inputs");
        Refused(TracedModels.Of(x => x * x.mean().ToDouble()), "'item'");
        Refused(TracedModels.Of(x => tensor((x * 2).data<float>().ToArray())), "'data'");
        Refused(TracedModels.Of(x => x * (x * 2).bytes[0]), "'bytes'", "depend on the inputs");
    }

    [Fact]
    public void ReadingAConstantIsAllowed()
    {
        InferencePlan plan = TracedModels.Of(x => x * ones(3).sum().item<float>()).compile_inference(ones(2, 4));
        float[] result = new float[8];
        plan.Run(Enumerable.Repeat(2f, 8).ToArray(), result);
        Assert.All(result, value => Assert.Equal(6, value));
    }

    [Fact]
    public void NamesAnOperationWithoutARecord() =>
        Refused(TracedModels.Of(x => x.polygamma(1) + x), "'polygamma'", "does not record itself");

    /// <summary>What is written through a span has no record; the fingerprint shows it.</summary>
    [Fact]
    public void SeesAWriteWithoutARecord()
    {
        Refused(
            TracedModels.Of(x => { Tensor y = zeros(4); y.bytes[3] = 0x40; return x + y; }), "was changed",
            "does not record itself");
        Refused(
            TracedModels.Of(x =>
            {
                Tensor y = zeros(4), first = y[0];
                y.add_(1);
                y.bytes[3] = 0x40;
                return x + first;
            }), "was changed", "does not record itself");
    }

    [Fact]
    public void AnErrorLeavesNoTraceBehind()
    {
        Refused(TracedModels.Of(x => x.add_(1)), "'add_'");
        Assert.Equal(3, ones(3).add_(0).sum().item<float>());
        Assert.NotNull(TracedModels.Mlp().compile_inference(ones(1, 32)));
    }

    [Fact]
    public void OtherThreadsAreNotTraced()
    {
        float seen = 0;
        InferencePlan plan = TracedModels.Of(x =>
        {
            Thread other = new(() => seen = ones(3).add_(1).sum().item<float>());
            other.Start();
            other.Join();
            return x * 2;
        }).compile_inference(ones(2));
        Assert.Equal(6, seen);
        float[] result = new float[2];
        plan.Run([1, 2], result);
        Assert.Equal([2f, 4f], result);
    }

    [Fact]
    public void DoesNotTouchTheExample()
    {
        Tensor example = ones(2, 4);
        TracedModels.Of(x => x * 2).compile_inference(example);
        Assert.True(example.equal(ones(2, 4)));
    }

    private static void Refused(nn.Module<Tensor, Tensor> module, params string[] parts)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => module.compile_inference(ones(2, 4)));
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }
}
