namespace FinML.Torch.Modules;

/// <summary>What the layers of a Transformer are told.</summary>
internal sealed record TransformerOptions(
    long Size, long Heads, long FeedForward, double Dropout, torch.nn.Activations Activation,
    torch.Generator? Generator)
{
    /// <summary>The attention of a layer.</summary>
    internal MultiheadAttention Attention(torch.Generator? initial) =>
        new(Size, Heads, Dropout, true, false, false, null, null, Generator, initial);

    /// <summary>norm(x + dropout(change)).</summary>
    internal torch.Tensor AddNorm(LayerNorm norm, torch.Tensor x, torch.Tensor change, bool training) =>
        norm.OfSum(x, torch.nn.functional.dropout(change, Dropout, training, generator: Generator));

    /// <summary>second(dropout(activation(first(x)))).</summary>
    internal torch.Tensor Forward(Linear first, Linear second, torch.Tensor x, bool training)
    {
        double p = training ? Dropout : 0;
        if (Activation == torch.nn.Activations.ReLU && p < 1 && !first.IsHooked && !second.IsHooked)
        {
            return FeedForwardOperation.Apply(
                x, first.weight, first.bias, second.weight, second.bias, p, Generator);
        }

        torch.Tensor hidden = first.call(x);
        hidden = Activation == torch.nn.Activations.ReLU ? hidden.relu() : hidden.gelu();
        return second.call(torch.nn.functional.dropout(hidden, p, generator: Generator));
    }

    /// <summary>Layers with the values, the dtype and the mode of one.</summary>
    internal static T[] Copies<T>(T layer, long count, Func<torch.Generator, T> make)
        where T : torch.nn.Module
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var copies = new T[count];
        for (int i = 0; i < copies.Length; i++)
        {
            copies[i] = make(new torch.Generator(0)); // its draws are overwritten: the caller's generator is not used
            copies[i].to(layer.parameters().First().dtype);
            copies[i].load_state_dict(layer.state_dict());
            copies[i].train(layer.training);
        }

        return copies;
    }
}
