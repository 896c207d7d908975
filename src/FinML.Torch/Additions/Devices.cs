namespace FinML.Torch;

/// <summary>Where models and batches live.</summary>
public static class Devices
{
    /// <summary>The GPU where the engine can use one, else the CPU. Weights are drawn on the CPU and then moved, so
    /// that a seed means the same weights on both.</summary>
    public static torch.Device Default { get; } = torch.device(torch.cuda.is_available() ? "cuda" : "cpu");
}
