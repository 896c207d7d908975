using FinML.Torch.Modules;
using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.nn;

public sealed class ModuleTests
{
    [Fact]
    public void FieldsAreRegisteredByName()
    {
        var net = new Net();
        Assert.Equal(
            ["scale", "first.weight", "first.bias", "rest.0.weight", "rest.0.bias"],
            net.named_parameters().Select(p => p.name));
        Assert.Equal(["steps"], net.named_buffers().Select(b => b.name));
        Assert.Equal(["first", "rest"], net.named_children().Select(c => c.name));
        Assert.Equal(["first", "rest", "rest.0", "rest.1"], net.named_modules().Select(c => c.name));
        Assert.Equal("net", net.GetName());
        Assert.Equal(
            ["scale", "first.weight", "first.bias", "rest.0.weight", "rest.0.bias", "steps"], net.state_dict().Keys);
    }

    [Fact]
    public void ASharedModuleCountsOnce()
    {
        Linear shared = torch.nn.Linear(2, 2);
        Assert.Equal(2, torch.nn.Sequential(shared, torch.nn.Tanh(), torch.nn.Sequential(shared)).parameters().Count());
    }

    [Fact]
    public void AListOfModulesThatWouldBeMissedIsAnError() =>
        Assert.Contains("ModuleList", Assert.Throws<InvalidOperationException>(() => new Forgetful()).Message);

    [Fact]
    public void RefusesNamesThatClashAndCycles()
    {
        Modules.Sequential net = torch.nn.Sequential(("a", torch.nn.Tanh()));
        Assert.Contains("'a' is registered already", Error(() => net.append("a", torch.nn.Tanh())));
        Assert.Contains("hold a dot", Error(() => net.append("b.c", torch.nn.Tanh())));
        Assert.Contains("cannot hold itself", Error(() => net.append("self", net)));
        static string Error(Func<object> act) => Assert.Throws<ArgumentException>(act).Message;
    }

    [Fact]
    public void StateGoesThroughAFileAndBack()
    {
        string path = Path.GetTempFileName();
        try
        {
            var net = new Net();
            net.save(path);
            var other = new Net();
            Tensor x = Wave([3, 2], 0.1).to(float32);
            Assert.NotEqual(Values(net.call(x)), Values(other.call(x)));
            other.load(path);
            Assert.Equal(Values(net.call(x)), Values(other.call(x)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void AStateThatDoesNotFitWritesNothing()
    {
        Linear net = torch.nn.Linear(2, 3);
        double[] before = Values(net.weight);
        Dictionary<string, Tensor> state = new() { ["weight"] = zeros([3, 2]), ["bias"] = zeros([4]) };
        Assert.Contains("'bias' has shape [3], the state holds [4]", Error(() => net.load_state_dict(state)));
        state.Remove("bias");
        state["extra"] = zeros([1]);
        Assert.Contains("Missing: bias. Unexpected: extra.", Error(() => net.load_state_dict(state)));
        Assert.Equal(before, Values(net.weight));
        (IList<string> missing, IList<string> unexpected) = net.load_state_dict(state, strict: false);
        Assert.Equal(["bias"], missing);
        Assert.Equal(["extra"], unexpected);
        Assert.All(Values(net.weight), w => Assert.Equal(0, w));
        static string Error(Action act) => Assert.Throws<ArgumentException>(act).Message;
    }

    [Fact]
    public void TrainAndEvalReachEveryModule()
    {
        Modules.Sequential net = torch.nn.Sequential(torch.nn.Sequential(torch.nn.Dropout(0.5)));
        Tensor x = ones([100]);
        net.eval();
        Assert.False(net[0].training);
        Assert.Equal(Values(x), Values(net.call(x)));
        net.train();
        Assert.Contains(0, Values(net.call(x)));
    }

    [Fact]
    public void DropoutDrawsFromItsGeneratorAndKeepsTheMean()
    {
        Tensor x = ones([20_000]);
        double[] a = Values(torch.nn.Dropout(0.3, generator: new Generator(7)).call(x));
        double[] b = Values(torch.nn.Dropout(0.3, generator: new Generator(7)).call(x));
        double[] c = Values(torch.nn.Dropout(0.3, generator: new Generator(8)).call(x));
        Assert.Equal(a, b);
        Assert.NotEqual(a, c);
        Assert.All(a, v => Assert.True(v == 0 || v == (double)(1 / 0.7f) || Math.Abs(v - (1 / 0.7)) < 1e-6));

        // The share of zeros has a standard deviation of sqrt(.3 .7 / 20000) = .0032.
        Assert.Equal(0.3, a.Count(v => v == 0) / 20_000.0, 0.015);
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.nn.Dropout(1.5));
    }

    [Fact]
    public void ConversionKeepsTheParameterObjects()
    {
        var net = new Net();
        Parameter[] before = net.parameters().ToArray();
        double[] values = Values(before[0]);
        net.to(float64);
        Assert.All(net.parameters().Zip(before), p => Assert.Same(p.First, p.Second));
        Assert.All(net.parameters(), p => Assert.Equal(float64, p.dtype));
        Assert.Equal(values, Values(before[0]));
        net.call(Wave([3, 2], 0.1)).sum().backward();
        Assert.Equal(float64, before[0].grad!.dtype);
    }

    [Fact]
    public void HooksRunOnCallAndCanBeRemoved()
    {
        Linear net = torch.nn.Linear(2, 2);
        Tensor x = ones([1, 2]), plain = net.call(x);
        var after = net.register_forward_hook((_, _, y) => y * 2);
        var before = net.register_forward_pre_hook((_, input) => input * 3);
        Assert.Equal(Values(net.forward(x * 3) * 2), Values(net.call(x)));
        after.remove();
        before.remove();
        Assert.Equal(Values(plain), Values(net.call(x)));
    }

    [Fact]
    public void ListsAndDictionariesRegister()
    {
        ModuleList<Linear> list = torch.nn.ModuleList(torch.nn.Linear(1, 2), torch.nn.Linear(2, 3));
        ModuleDict<Linear> dictionary = torch.nn.ModuleDict(("a", torch.nn.Linear(1, 2)));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], list.named_parameters().Select(p => p.name));
        Assert.Equal(["a.weight", "a.bias"], dictionary.named_parameters().Select(p => p.name));
        Assert.Contains("there are a", Assert.Throws<KeyNotFoundException>(() => dictionary["b"]).Message);
    }

    [Fact]
    public void ShapeErrorsShowBothShapes()
    {
        Assert.Contains("[2, 3]", Error(() => torch.nn.Linear(4, 5).call(ones([2, 3]))));
        Assert.Contains("[5, 4]", Error(() => torch.nn.Linear(4, 5).call(ones([2, 3]))));
        Assert.Contains("(steps, batch, 4)", Error(() => torch.nn.LSTM(4, 5).call(ones([2, 3, 3]))));
        Assert.Contains("need 5 steps", Error(() => torch.nn.Conv1d(1, 1, 3, dilation: 2).call(ones([1, 1, 4]))));
        Assert.Contains("does not end with [4]", Error(() => torch.nn.LayerNorm(4).call(ones([2, 3]))));
        Assert.Contains("broadcasts hides", Error(() => torch.nn.MSELoss().call(ones([2, 1]), ones([2]))));
        Assert.Contains("Float64", Error(() => torch.nn.Linear(3, 5).call(ones([2, 3], float64))));
        Assert.Contains("classes are 0 to 2, got 3", Error(
            () => torch.nn.CrossEntropyLoss().call(ones([1, 3]), tensor(new long[] { 3 }))));
        static string Error(Func<object> act) => Assert.ThrowsAny<ArgumentException>(act).Message;
    }

    [Fact]
    public void ParametersToVectorAndBack()
    {
        Linear net = torch.nn.Linear(2, 3);
        Tensor vector = torch.nn.utils.parameters_to_vector(net.parameters());
        Assert.Equal([9], vector.shape);
        torch.nn.utils.vector_to_parameters(vector * 2, net.parameters());
        Assert.Equal(Values(vector * 2), Values(torch.nn.utils.parameters_to_vector(net.parameters())));
        Assert.Throws<ArgumentException>(() => torch.nn.utils.vector_to_parameters(ones([8]), net.parameters()));
    }

    private sealed class Net : torch.nn.Module<Tensor, Tensor>
    {
        private readonly Parameter scale = torch.nn.Parameter(ones([1]));
        private readonly Linear first = torch.nn.Linear(2, 4);
        private readonly Modules.Sequential rest = torch.nn.Sequential(torch.nn.Linear(4, 1), torch.nn.Tanh());
        private readonly Tensor steps = zeros([1]);

        public Net()
            : base("net") => RegisterComponents();

        public override Tensor forward(Tensor input) => rest.call(first.call(input)) * scale + steps;
    }

    private sealed class Forgetful : torch.nn.Module<Tensor, Tensor>
    {
        private readonly Linear[] layers = [torch.nn.Linear(2, 2)];

        public Forgetful()
            : base("forgetful") => RegisterComponents();

        public override Tensor forward(Tensor input) => layers[0].call(input);
    }

    [Fact]
    public void DefaultsAreTorchSharps()
    {
        Assert.Equal(Math.Sqrt(2), torch.nn.init.calculate_gain(torch.nn.init.NonlinearityType.LeakyReLU));
        Parameter w = torch.nn.Parameter(ones([1]));
        w.grad = zeros([1]);
        torch.optim.AdamW([w]).step(); // no decay unless it is asked for
        Assert.Equal(1f, w.item<float>());
        Tensor logits = tensor(new float[,] { { 0, 0 }, { 0, 5 } });
        Tensor ignored = torch.nn.CrossEntropyLoss().call(logits, tensor(new long[] { 0, -100 }));
        Assert.Equal(Math.Log(2), ignored.item<float>(), 6);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => torch.nn.functional.pad(ones([1, 2]), [1, 0], PaddingModes.Zeros));
        Assert.Contains("Replicate or Circular, got Zeros", error.Message, StringComparison.Ordinal);
    }
}
