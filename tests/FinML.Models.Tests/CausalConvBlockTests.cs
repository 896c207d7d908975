namespace FinML.Models.Tests;

public sealed class CausalConvBlockTests
{
    [Theory]
    [InlineData(3, 1)]
    [InlineData(3, 4)]
    [InlineData(2, 8)]
    public void A_step_reaches_exactly_the_outputs_of_its_taps(int kernelSize, int dilation)
    {
        const int Length = 32, Step = 10;
        var block = new CausalConvBlock(2, 2, kernelSize, dilation);
        WeightInitialisation.Apply(block, new Generator(1));
        using var _ = no_grad();
        // Large positive inputs and weights keep every ReLU open, so that a change always shows.
        foreach (var parameter in block.parameters())
            parameter.abs_();
        var input = ones(1, 2, Length);
        var changed = input.clone();
        changed[0, 1, Step] = tensor(2f);

        var difference = (block.forward(changed) - block.forward(input)).abs().sum(new long[] { 0, 1 });

        for (int t = 0; t < Length; t++)
        {
            bool reached = t >= Step && (t - Step) % dilation == 0 && (t - Step) / dilation < kernelSize;
            Assert.Equal(reached, difference[t].ToDouble() > 0);
        }
    }
}
