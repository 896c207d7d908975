namespace FinML.Models;

/// <summary>
/// PyTorch's default initialisation, drawn from a given generator: every weight and bias uniform on
/// [-1/sqrt(fan), 1/sqrt(fan)], fan being the inputs of a unit (the hidden size for a recurrent layer). The layers'
/// own initialisation draws from the process-wide generator, which two models trained side by side would share.
/// </summary>
public static class WeightInitialisation
{
    private static readonly string[] Recurrent = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

    /// <summary>
    /// Draws all parameters of <paramref name="module"/> anew, in the order of their names' registration.
    /// </summary>
    public static void Apply(nn.Module module, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var _ = torch.no_grad();
        long fan = 1;
        foreach (var (name, parameter) in module.named_parameters())
        {
            string leaf = name[(name.LastIndexOf('.') + 1)..];
            if (Recurrent.Any(prefix => leaf.StartsWith(prefix, StringComparison.Ordinal)))
                fan = parameter.shape[0] / 4; // the four gates of an LSTM are stacked in rows
            else if (parameter.dim() >= 2)
                fan = parameter.numel() / parameter.shape[0];
            double bound = 1 / Math.Sqrt(fan); // a bias follows its weight and shares its fan
            parameter.uniform_(-bound, bound, generator);
        }
    }
}
