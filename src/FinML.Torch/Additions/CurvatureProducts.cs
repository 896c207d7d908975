namespace FinML.Torch;

/// <summary>
/// Curvature matrices times vectors, for second-order steps by conjugate gradients: the matrices are never formed. The
/// parameters are taken as one vector, in their order, each row by row.
/// </summary>
public static class CurvatureProducts
{
    /// <summary>
    /// v -> (H + damping I) v for the Hessian H of a one-element <paramref name="value"/> with respect to the
    /// parameters it was computed from. The gradient is recorded once; each call of the result is one reverse pass over
    /// it. With value = mean KL(pi_old || pi) at pi = pi_old this is the Fisher-vector product of trust-region methods
    /// (J. Schulman et al., "Trust region policy optimization", 2015, appendix C).
    /// </summary>
    /// <param name="value">One element, recorded, differentiable twice; for the Fisher matrix the old distribution is
    /// detached.</param>
    /// <param name="parameters">Tensors that require grad.</param>
    /// <param name="damping">Added to the diagonal, at least 0.</param>
    /// <returns>Takes and gives a vector with as many elements as the parameters.</returns>
    public static Func<torch.Tensor, torch.Tensor> fisher_vector_product(
        torch.Tensor value, IEnumerable<torch.Tensor> parameters, double damping = 0)
    {
        if (!(damping >= 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(damping), damping, $"fisher_vector_product: damping must be at least 0, got {damping}.");
        }

        torch.Tensor[] all = [.. parameters];
        torch.Tensor gradient;
        using (torch.enable_grad())
        {
            gradient = Flatten(FunctionTransforms.Gradients(value, all, null, create_graph: true));
        }

        return vector =>
        {
            Check("fisher_vector_product", vector, gradient.numel());
            torch.Tensor slope;
            using (torch.enable_grad())
            {
                slope = (gradient * vector).sum();
            }

            return Flatten(FunctionTransforms.Gradients(slope, all, null, create_graph: false)) + (vector * damping);
        };
    }

    /// <summary>
    /// v -> (J^T H J + damping I) v, the generalised Gauss-Newton matrix: J is the Jacobian of <paramref name="output"/>
    /// with respect to the parameters, H the Hessian of the loss with respect to the output. It is positive
    /// semi-definite where the loss is convex, and is the Fisher matrix where the loss is a negative log-likelihood of
    /// the exponential family in its natural parameters (N. Schraudolph, "Fast curvature matrix-vector products", 2002).
    /// </summary>
    /// <param name="output">The model's output, recorded, differentiable twice.</param>
    /// <param name="loss">From an output to one element, differentiable twice.</param>
    /// <param name="parameters">Tensors that require grad.</param>
    /// <param name="damping">Added to the diagonal, at least 0.</param>
    public static Func<torch.Tensor, torch.Tensor> gauss_newton_vector_product(
        torch.Tensor output, Func<torch.Tensor, torch.Tensor> loss, IEnumerable<torch.Tensor> parameters,
        double damping = 0)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (!(damping >= 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(damping), damping, $"gauss_newton_vector_product: damping must be at least 0, got {damping}.");
        }

        torch.Tensor[] all = [.. parameters];
        torch.Tensor dummy, rows, point, slope;
        using (torch.enable_grad())
        {
            // rows = J^T dummy, linear in dummy: its derivative along v is J v.
            dummy = torch.zeros_like(output).requires_grad_();
            rows = Flatten(FunctionTransforms.Gradients(output, all, dummy, create_graph: true));
            point = output.detach().requires_grad_();
            slope = FunctionTransforms.Gradients(loss(point), [point], null, create_graph: true)[0];
        }

        return vector =>
        {
            Check("gauss_newton_vector_product", vector, rows.numel());
            torch.Tensor jv = FunctionTransforms.Gradients(rows, [dummy], vector, create_graph: false)[0];
            torch.Tensor hjv = FunctionTransforms.Gradients(slope, [point], jv, create_graph: false)[0];
            return Flatten(FunctionTransforms.Gradients(output, all, hjv, create_graph: false)) + (vector * damping);
        };
    }

    private static torch.Tensor Flatten(IEnumerable<torch.Tensor> tensors) =>
        torch.cat([.. tensors.Select(t => t.reshape(-1))], 0);

    private static void Check(string name, torch.Tensor vector, long expected)
    {
        if (vector.dim() != 1 || vector.numel() != expected)
        {
            throw new ArgumentException(
                $"{name}: the vector must have shape [{expected}], got [{string.Join(", ", vector.shape)}].");
        }
    }
}
