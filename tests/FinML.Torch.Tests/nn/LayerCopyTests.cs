using FinML.Torch.Tests.Kernels;
using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.nn;

/// <summary>The global generator is everybody's: what it must not be asked for is seen with nothing beside
/// it.</summary>
[Collection(ThreadCount.Name)]
public sealed class LayerCopyTests
{
    [Fact]
    public void CopiesOfALayerDoNotShareItsParametersOrDrawFromTheGenerator()
    {
        Modules.TransformerEncoderLayer layer = torch.nn.TransformerEncoderLayer(4, 2, 6);
        torch.manual_seed(7);
        double[] expected = Values(torch.rand(3));
        torch.manual_seed(7);
        Modules.TransformerEncoder encoder = torch.nn.TransformerEncoder(layer, 2);
        Assert.Equal(expected, Values(torch.rand(3)));
        Assert.Equal(
            Values(layer.parameters().First()), Values(encoder.parameters().First()));
        Assert.DoesNotContain(encoder.parameters(), p => ReferenceEquals(p, layer.parameters().First()));
    }
}
