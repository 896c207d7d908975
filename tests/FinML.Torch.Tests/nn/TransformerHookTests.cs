namespace FinML.Torch.Tests.nn;

/// <summary>The layers of a Transformer fuse what their submodules do; a hook on a submodule still runs.</summary>
public sealed class TransformerHookTests
{
    private static readonly Tensor X = torch.randn([3, 2, 8], generator: new torch.Generator(1));

    [Theory]
    [InlineData("norm1")]
    [InlineData("norm2")]
    [InlineData("linear1")]
    [InlineData("linear2")]
    public void AHookOnASubmoduleRuns(string name)
    {
        TransformerEncoderLayer layer = torch.nn.TransformerEncoderLayer(
            8, 2, 16, dropout: 0, generator: new torch.Generator(2));
        Tensor plain = layer.call(X);
        var hooked = (torch.nn.Module<Tensor, Tensor>)layer.named_children().Single(c => c.name == name).module;
        int calls = 0;
        var hook = hooked.register_forward_hook((_, _, y) =>
        {
            calls++;
            return y * 2;
        });
        Tensor changed = layer.call(X);
        Assert.Equal(1, calls);
        Assert.False(changed.allclose(plain, 1e-3, 1e-3));
        hook.remove();
        Assert.Equal(plain.data<float>().ToArray(), layer.call(X).data<float>().ToArray());
        Assert.Equal(1, calls);
    }

    [Fact]
    public void ASumOfOtherDtypesIsNormalisedInSteps()
    {
        LayerNorm norm = torch.nn.LayerNorm(8);
        Tensor narrow = X.to(torch.ScalarType.BFloat16);
        Tensor expected = norm.call(X + narrow);
        Assert.Equal(expected.data<float>().ToArray(), norm.OfSum(X, narrow).data<float>().ToArray());
    }
}
