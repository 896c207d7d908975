namespace FinML.Torch;

/// <summary>
/// Derivatives of functions of several tensors as functions (J. Bradbury et al., JAX, 2018). The arguments need not
/// require grad; what comes back is detached unless create_graph asks for more derivatives. The functions may use other
/// tensors; under create_graph the results are differentiable through those too. Inside a jvp all of them carry
/// tangents.
/// </summary>
public static class FunctionTransforms
{
    /// <summary>The value f(x) and the vector-Jacobian product v^T J, one tensor an argument: one reverse pass.
    /// </summary>
    /// <param name="func">Any differentiable function.</param>
    /// <param name="primals">Where.</param>
    /// <param name="cotangent">v, of the output's shape; may be left out for a one-element output.</param>
    /// <param name="create_graph">Record the product too.</param>
    public static (torch.Tensor output, torch.Tensor[] vjp) vjp(
        Func<torch.Tensor[], torch.Tensor> func, torch.Tensor[] primals, torch.Tensor? cotangent = null,
        bool create_graph = false)
    {
        using IDisposable mode = torch.enable_grad();
        torch.Tensor[] x = Arguments("vjp", primals, create_graph);
        torch.Tensor y = func(x);
        CheckShape("vjp", "cotangent", cotangent, y);
        torch.Tensor[] products = Gradients(y, x, cotangent, create_graph);
        return (create_graph ? y : ForwardDifferentiation.Detached(y), products);
    }

    /// <summary>
    /// The value f(x) and the Jacobian-vector product J t: how the output moves when the arguments move along t.
    /// Forward mode: the tangent travels beside each tensor through every operation, so that no graph is held; the
    /// function runs in the grad mode of the caller, and may itself take gradients (forward over reverse).
    /// </summary>
    /// <remarks>
    /// Inside no_grad it costs, in evaluations of f without gradients (one thread, float32), about 2 for elementwise
    /// functions and multilayer perceptrons, 2 to 3 for convolutions, and 3 to 4 for an LSTM over 64 steps and an
    /// encoder layer: recurrent layers and attention are composed of operations there.
    /// With TorchSharp, which has no forward mode, and inside another jvp: by two reverse passes (v^T J is linear in v,
    /// and its derivative by v along t is J t), which is as exact but holds the graphs of f and of its first backward
    /// pass. In forward mode an <c>autograd.Function</c> is asked for its backward alone, which is transposed in that
    /// way, and a checkpoint keeps what it would compute again.
    /// </remarks>
    /// <param name="func">Any differentiable function; by two reverse passes twice so.</param>
    /// <param name="primals">Where.</param>
    /// <param name="tangents">t, of the arguments' shapes.</param>
    /// <param name="create_graph">Record the product too.</param>
    public static (torch.Tensor output, torch.Tensor jvp) jvp(
        Func<torch.Tensor[], torch.Tensor> func, torch.Tensor[] primals, torch.Tensor[] tangents,
        bool create_graph = false)
    {
        CheckGiven("jvp", primals);
        CheckShapes("jvp", "tangent", tangents, primals);
        return ForwardDifferentiation.Jvp(func, primals, tangents, create_graph);
    }

    /// <summary>J t by two reverse passes.</summary>
    internal static (torch.Tensor Output, torch.Tensor Jvp) JvpByReverse(
        Func<torch.Tensor[], torch.Tensor> func, torch.Tensor[] primals, torch.Tensor[] tangents, bool create_graph)
    {
        using IDisposable mode = torch.enable_grad();
        torch.Tensor[] x = Arguments("jvp", primals, create_graph);
        torch.Tensor y = func(x);
        if (!y.requires_grad)
        {
            return (y, torch.zeros_like(y)); // constant
        }

        torch.Tensor v = torch.zeros_like(y).requires_grad_();
        torch.Tensor[] rows = Gradients(y, x, v, create_graph: true);
        torch.Tensor along = Dot(rows, tangents);
        torch.Tensor product = Gradients(along, [v], null, create_graph)[0];
        return (create_graph ? y : ForwardDifferentiation.Detached(y), product);
    }

    /// <summary>The value f(x) of a one-element function and H t, its Hessian times a direction: the gradient of
    /// (gradient . t).</summary>
    /// <param name="func">Gives one element; differentiable twice.</param>
    /// <param name="primals">Where.</param>
    /// <param name="tangents">t, of the arguments' shapes.</param>
    /// <param name="create_graph">Record the product too.</param>
    public static (torch.Tensor output, torch.Tensor[] hvp) hvp(
        Func<torch.Tensor[], torch.Tensor> func, torch.Tensor[] primals, torch.Tensor[] tangents,
        bool create_graph = false)
    {
        CheckShapes("hvp", "tangent", tangents, primals);
        using IDisposable mode = torch.enable_grad();
        torch.Tensor[] x = Arguments("hvp", primals, create_graph);
        torch.Tensor y = func(x);
        CheckScalar("hvp", y);
        torch.Tensor slope = Dot(Gradients(y, x, null, create_graph: true), tangents);
        return (create_graph ? y : ForwardDifferentiation.Detached(y), Gradients(slope, x, null, create_graph));
    }

    /// <summary>The Jacobian: for each argument a tensor of the output's shape followed by the argument's. One reverse
    /// pass an element of the output.</summary>
    public static torch.Tensor[] jacobian(
        Func<torch.Tensor[], torch.Tensor> func, torch.Tensor[] primals, bool create_graph = false)
    {
        using IDisposable mode = torch.enable_grad();
        torch.Tensor[] x = Arguments("jacobian", primals, create_graph);
        torch.Tensor y = func(x);
        return Rows(y, x, create_graph);
    }

    /// <summary>The Hessian of a one-element function in blocks: [i, j] has the shape of argument i followed by that of
    /// argument j.</summary>
    public static torch.Tensor[,] hessian(
        Func<torch.Tensor[], torch.Tensor> func, torch.Tensor[] primals, bool create_graph = false)
    {
        using IDisposable mode = torch.enable_grad();
        torch.Tensor[] x = Arguments("hessian", primals, create_graph);
        torch.Tensor y = func(x);
        CheckScalar("hessian", y);
        torch.Tensor[] gradients = Gradients(y, x, null, create_graph: true);
        var blocks = new torch.Tensor[x.Length, x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            torch.Tensor[] rows = Rows(gradients[i], x, create_graph);
            for (int j = 0; j < x.Length; j++)
            {
                blocks[i, j] = rows[j];
            }
        }

        return blocks;
    }

    /// <summary>The gradients, zero where y does not depend on an argument.</summary>
    internal static torch.Tensor[] Gradients(
        torch.Tensor y, IList<torch.Tensor> x, torch.Tensor? cotangent, bool create_graph)
    {
        if (!y.requires_grad)
        {
            return [.. x.Select(t => torch.zeros_like(t))];
        }

        IList<torch.Tensor> gradients = torch.autograd.grad(
            [y], x, cotangent is null ? null! : [cotangent], retain_graph: true, create_graph: create_graph,
            allow_unused: true);
        return
        [
            .. gradients.Select((g, i) => g is null || g.IsInvalid ? torch.zeros_like(x[i]) : g),
        ];
    }

    private static torch.Tensor[] Rows(torch.Tensor y, torch.Tensor[] x, bool create_graph)
    {
        torch.Tensor flat = y.reshape(-1);
        long n = flat.shape[0];
        var rows = new torch.Tensor[n][];
        for (long i = 0; i < n; i++)
        {
            rows[i] = Gradients(flat[i], x, null, create_graph);
        }

        var result = new torch.Tensor[x.Length];
        for (int j = 0; j < x.Length; j++)
        {
            long[] shape = [.. y.shape, .. x[j].shape];
            result[j] = n == 0
                ? torch.zeros(shape, x[j].dtype, x[j].device)
                : torch.stack([.. rows.Select(row => row[j])]).reshape(shape);
        }

        return result;
    }

    /// <summary>Arguments that record: copies under create_graph, so that the result depends on the originals; else
    /// leaves of their own.</summary>
    private static torch.Tensor[] Arguments(string name, torch.Tensor[] primals, bool create_graph)
    {
        CheckGiven(name, primals);
        return
        [
            .. primals.Select(t => create_graph && t.requires_grad
                ? t.clone()
                : ForwardDifferentiation.Detached(t).requires_grad_()),
        ];
    }

    private static void CheckGiven(string name, torch.Tensor[] primals)
    {
        ArgumentNullException.ThrowIfNull(primals);
        if (primals.Length == 0)
        {
            throw new ArgumentException($"{name}: at least one argument is needed.", nameof(primals));
        }
    }

    private static torch.Tensor Dot(torch.Tensor[] a, torch.Tensor[] b) =>
        a.Select((t, i) => (t * b[i]).sum()).Aggregate((total, part) => total + part);

    private static void CheckScalar(string name, torch.Tensor y)
    {
        if (y.numel() != 1)
        {
            throw new ArgumentException(
                $"{name}: the function must give one element, it gave shape [{string.Join(", ", y.shape)}].");
        }
    }

    private static void CheckShapes(string name, string what, torch.Tensor[] given, torch.Tensor[] expected)
    {
        if (given.Length != expected.Length)
        {
            throw new ArgumentException($"{name}: {expected.Length} arguments but {given.Length} {what}s were given.");
        }

        for (int i = 0; i < given.Length; i++)
        {
            CheckShape(name, $"{what} {i}", given[i], expected[i]);
        }
    }

    private static void CheckShape(string name, string what, torch.Tensor? given, torch.Tensor expected)
    {
        if (given is not null && !given.shape.SequenceEqual(expected.shape))
        {
            throw new ArgumentException(
                $"{name}: the {what} has shape [{string.Join(", ", given.shape)}], expected "
                + $"[{string.Join(", ", expected.shape)}].");
        }
    }
}
