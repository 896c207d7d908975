namespace FinML.Torch;

/// <summary>The facade of the tensor engine: TorchSharp's <c>torch</c>, with its names and signatures.</summary>
public static partial class torch
{
    /// <summary>A strided view of a storage, and the autograd node that made it.</summary>
    public partial class Tensor
    {
    }
}
