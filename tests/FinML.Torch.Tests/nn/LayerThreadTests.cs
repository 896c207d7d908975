using FinML.Torch.Tests.Kernels;
using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.nn;

/// <summary>Layers that cut their batch in chunks: output and gradients have the same bits for any number of threads.
/// </summary>
[Collection(ThreadCount.Name)]
public sealed class LayerThreadTests
{
    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("rnn")]
    [InlineData("packed gru")]
    [InlineData("transformer")]
    [InlineData("conv1d")]
    [InlineData("conv1d by taps")]
    [InlineData("conv_transpose1d")]
    public void TheBitsDoNotDependOnTheNumberOfThreads(string name)
    {
        double[][] one = ThreadCount.With(1, () => Step(name));
        Assert.Equal(one, ThreadCount.With(2, () => Step(name)));
        Assert.Equal(one, ThreadCount.With(3, () => Step(name)));
    }

    /// <summary>Output, gradient of the input and gradients of the parameters.</summary>
    private static double[][] Step(string name)
    {
        torch.nn.Module module = Fill<torch.nn.Module>(name switch
        {
            "lstm" => torch.nn.LSTM(40, 48),
            "gru" or "packed gru" => torch.nn.GRU(40, 48),
            "rnn" => torch.nn.RNN(40, 96),
            "transformer" => torch.nn.TransformerEncoderLayer(32, 4, 64, 0),
            "conv1d" => torch.nn.Conv1d(8, 16, 3, padding: 4, dilation: 4),
            "conv1d by taps" => torch.nn.Conv1d(16, 20, 3, padding: 4, dilation: 4),
            _ => torch.nn.ConvTranspose1d(8, 16, 3, stride: 2),
        });
        long[] shape = name switch
        {
            "transformer" => [40, 30, 32],
            "conv1d by taps" => [50, 16, 96],
            "conv1d" or "conv_transpose1d" => [50, 8, 96],
            _ => [6, 100, 40],
        };
        Tensor x = Wave(shape, 0.1).to(float32).requires_grad_();
        Tensor y = module switch
        {
            Modules.LSTM lstm => lstm.call(x).Item1,
            Modules.GRU gru when name == "packed gru" => gru.call(torch.nn.utils.rnn.pack_padded_sequence(
                x, torch.arange(100).remainder(6) + 1, enforce_sorted: false)).Item1.data,
            Modules.GRU gru => gru.call(x).Item1,
            Modules.RNN rnn => rnn.call(x).Item1,
            _ => ((torch.nn.Module<Tensor, Tensor>)module).call(x),
        };
        y.square().sum().backward();
        return [Values(y), Values(x.grad!), .. module.parameters().Select(p => Values(p.grad!))];
    }
}
