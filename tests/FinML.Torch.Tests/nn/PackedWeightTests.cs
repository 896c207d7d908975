namespace FinML.Torch.Tests.nn;

/// <summary>A weight that is used again for few rows is packed: nobody may notice but the clock.</summary>
public class PackedWeightTests
{
    private static readonly Tensor X = torch.randn([8, 48], generator: new torch.Generator(1));

    public static TheoryData<string, Action<Tensor>> Writers => new()
    {
        { "in-place operation", w => w.mul_(-2) },
        { "through a view", w => w.t()[3].zero_() },
        { "index assignment", w => w[1, 2] = torch.tensor(9f) },
        { "accessor", w => w.data<float>()[5, 7] = 4 },
        { "bytes", w => w.bytes.Fill(0) },
        { "copy", w => w.copy_(torch.ones_like(w)) },
    };

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(200)]
    public void FewRowsHaveTheBitsOfTheBatchHoweverOften(int outputs)
    {
        using IDisposable _ = torch.no_grad();
        var generator = new torch.Generator(2);
        Tensor weight = torch.randn([outputs, 48], generator: generator);
        Tensor bias = torch.randn([outputs], generator: generator);
        foreach (Tensor? b in new[] { bias, null })
        {
            Tensor batch = torch.nn.functional.linear(X, weight, b);
            for (int use = 0; use < 4; use++)
            {
                for (int rows = 1; rows <= 4; rows++)
                {
                    Tensor few = torch.nn.functional.linear(X.narrow(0, 2, rows), weight, b);
                    Assert.Equal(Values(batch.narrow(0, 2, rows)), Values(few));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void AWriteIsSeen(string name, Action<Tensor> write)
    {
        using IDisposable _ = torch.no_grad();
        Tensor weight = torch.randn([40, 48], generator: new torch.Generator(3)), row = X.narrow(0, 0, 1);
        for (int use = 0; use < 3; use++)
            torch.nn.functional.linear(row, weight);
        write(weight);
        for (int use = 0; use < 3; use++)
        {
            float[] expected = Values(torch.nn.functional.linear(X, weight).narrow(0, 0, 1));
            Assert.True(expected.SequenceEqual(Values(torch.nn.functional.linear(row, weight))), name);
        }
    }

    [Fact]
    public void AnArrayOfTheCallersIsReadEachTime()
    {
        using IDisposable _ = torch.no_grad();
        float[,] array = new float[40, 48];
        Tensor weight = torch.from_array(array), row = X.narrow(0, 0, 1);
        for (int use = 0; use < 3; use++)
            torch.nn.functional.linear(row, weight);
        array[0, 0] = 1;
        Tensor after = torch.nn.functional.linear(row, weight);
        float expected = weight[0, 0].item<float>() * X[0, 0].item<float>();
        Assert.Equal(expected, after[0, 0].item<float>());
    }

    [Fact]
    public void TrainingStepsChangeWhatTheNextObservationSees()
    {
        var layer = torch.nn.Linear(48, 40);
        torch.optim.Optimizer optimizer = torch.optim.SGD(layer.parameters(), 0.1);
        for (int step = 0; step < 3; step++)
        {
            using (torch.no_grad())
            {
                float[] expected = Values(layer.call(X).narrow(0, 0, 1));
                for (int use = 0; use < 3; use++)
                    Assert.Equal(expected, Values(layer.call(X.narrow(0, 0, 1))));
            }

            optimizer.zero_grad();
            layer.call(X.narrow(0, 0, 2)).square().sum().backward();
            optimizer.step();
        }
    }

    private static float[] Values(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
