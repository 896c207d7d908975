namespace FinML.Torch;

/// <summary>The Jacobian-vector product where the engine has no forward mode.</summary>
internal static class ForwardDifferentiation
{
    /// <summary>See <see cref="FunctionTransforms.jvp"/>; the shapes of the tangents are checked.</summary>
    internal static (torch.Tensor Output, torch.Tensor Jvp) Jvp(
        Func<torch.Tensor[], torch.Tensor> func, torch.Tensor[] primals, torch.Tensor[] tangents,
        bool create_graph) => FunctionTransforms.JvpByReverse(func, primals, tangents, create_graph);

    /// <summary>The same elements without the graph.</summary>
    internal static torch.Tensor Detached(torch.Tensor tensor) => tensor.detach();
}
