namespace FinML.Models.Tests;

public sealed class CnnLstmExtractorTests
{
    private static readonly CnnLstmOptions Small =
        new() { Channels = 4, KernelSize = 3, Dilations = [1, 2], HiddenSize = 5 };

    [Fact]
    public void The_card_counts_what_PyTorch_counts()
    {
        // Conv1d(3,4,3) 40, shortcut Conv1d(3,4,1) 16, Conv1d(4,4,3) 52, LSTM(4,5) 4*5*(4+5)+2*4*5 = 220.
        var extractor = new CnnLstmExtractor(3, 16, Small, new Generator(1));

        var card = extractor.Describe();

        Assert.Equal(40 + 16 + 52 + 220, card.Parameters);
        Assert.Equal(16, card.ReceptiveField);
        Assert.Equal(16 * (3 * 4 * 3 + 3 * 4 + 4 * 4 * 3 + 4 * 5 * (4 + 5)), card.MultiplyAccumulates);
    }

    [Fact]
    public void A_window_gives_one_representation_that_its_oldest_row_reaches()
    {
        var extractor = new CnnLstmExtractor(3, 16, Small, new Generator(1));
        var window = randn(new long[] { 2, 16, 3 }, generator: new Generator(2));
        using var _ = no_grad();

        var output = extractor.forward(window);
        var changed = window.clone();
        changed[0, 0, 0] = tensor(5f);
        var after = extractor.forward(changed);

        Assert.Equal(new long[] { 2, 5 }, output.shape);
        Assert.False(Same(output[0], after[0]), "the oldest row of the window did not reach the representation");
        Assert.True(Same(output[1], after[1]), "a window of the batch saw another");
    }

    [Fact]
    public void The_same_generator_gives_the_same_weights_whatever_other_models_draw()
    {
        var first = new CnnLstmExtractor(3, 16, Small, new Generator(7));
        _ = new CnnLstmExtractor(3, 16, Small, new Generator(8));
        var second = new CnnLstmExtractor(3, 16, Small, new Generator(7));

        foreach (var (a, b) in first.parameters().Zip(second.parameters()))
            Assert.True(Same(a, b));
    }

    [Fact]
    public void Weights_lie_inside_the_bound_of_their_fan_and_fill_it()
    {
        var wide = new CnnLstmOptions { Channels = 64, HiddenSize = 64 };
        var extractor = new CnnLstmExtractor(64, 16, wide, new Generator(3));

        foreach (var (name, parameter) in extractor.named_parameters())
        {
            double fan = name.Contains("recurrent") ? 64 : name.Contains("shortcut") ? 64 : 64 * 3;
            double largest = parameter.abs().max().ToDouble();
            Assert.InRange(largest, 0.9 / Math.Sqrt(fan), 1 / Math.Sqrt(fan));
        }
    }

    [Fact]
    public void A_wrong_shape_is_refused_with_both_shapes()
    {
        var extractor = new CnnLstmExtractor(3, 16, Small, new Generator(1));

        var error = Assert.Throws<ArgumentException>(() => extractor.forward(zeros(2, 16, 4)));

        Assert.Contains("(batch, time, 3)", error.Message);
        Assert.Contains("(2, 16, 4)", error.Message);
    }

    private static bool Same(Tensor a, Tensor b) => a.allclose(b, rtol: 0, atol: 0);
}
