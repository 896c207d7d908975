namespace FinML.Torch;

/// <summary>The Jacobian-vector product by the engine's forward mode.</summary>
internal static class ForwardDifferentiation
{
    /// <summary>See <see cref="FunctionTransforms.jvp"/>; the shapes of the tangents are checked.</summary>
    internal static (torch.Tensor Output, torch.Tensor Jvp) Jvp(
        Func<torch.Tensor[], torch.Tensor> func, torch.Tensor[] primals, torch.Tensor[] tangents, bool create_graph)
    {
        if (Tangents.Active)
            return FunctionTransforms.JvpByReverse(func, primals, tangents, create_graph);
        using IDisposable? mode = create_graph ? torch.enable_grad() : null;
        using ForwardLevel level = Tangents.Open();
        torch.Tensor[] x = Array.ConvertAll(primals, t => create_graph ? t.clone() : t.detach().clone());
        for (int i = 0; i < x.Length; i++)
            Tangents.Set(x[i], create_graph ? tangents[i].clone() : tangents[i].detach().clone());
        torch.Tensor y = func(x);
        Tangents.Verify();
        torch.Tensor t = Tangents.Of(y) ?? torch.zeros_like(y);
        return create_graph ? (y, t) : (y.detach(), t.detach());
    }

    /// <summary>The same elements without the graph; a tangent stays.</summary>
    internal static torch.Tensor Detached(torch.Tensor tensor) =>
        tensor.Share(tensor.Sizes, tensor.Strides, tensor.Offset);
}
