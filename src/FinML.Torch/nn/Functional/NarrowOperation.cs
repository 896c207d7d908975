namespace FinML.Torch;

/// <summary>
/// An operation with float32 kernels, on operands of bfloat16. The node keeps the operands only (activations in
/// bfloat16, parameters as they are); its backward runs the float32 operation again and differentiates that, so it
/// serves every operation and every order of derivative.
/// </summary>
internal static class NarrowOperation
{
    /// <summary>Products: all operands are rounded, sums run in float32, the results become bfloat16.</summary>
    /// <param name="name">Of the operation.</param>
    /// <param name="operation">Takes and gives float32; must record, and mean the same each time it is called.</param>
    /// <param name="inputs">Null where left out; of one dtype, unless the autocast mode is on.</param>
    internal static torch.Tensor[] Lowered(
        string name, Func<torch.Tensor?[], torch.Tensor[]> operation, torch.Tensor?[] inputs) =>
        Apply(
            name, operation,
            AutocastMode.IsEnabled
                ? Array.ConvertAll(inputs, t => t is null ? null : AutocastMode.Kept(t))
                : inputs,
            AutocastMode.Operand, rounded: true);

    /// <summary>Norms and losses: operands are widened and no more; under the autocast mode the result stays float32.
    /// </summary>
    internal static torch.Tensor[] Raised(
        string name, Func<torch.Tensor?[], torch.Tensor[]> operation, torch.Tensor?[] inputs) =>
        Apply(name, operation, inputs, static t => t.to(torch.ScalarType.Float32), rounded: !AutocastMode.IsEnabled);

    private static torch.Tensor[] Apply(
        string name, Func<torch.Tensor?[], torch.Tensor[]> operation, torch.Tensor?[] inputs,
        Func<torch.Tensor, torch.Tensor> operand, bool rounded)
    {
        if (!AutocastMode.IsEnabled)
        {
            FloatingTypes.Check(name, inputs);
        }

        torch.Tensor[] outputs;
        bool mode = AutocastMode.Exchange(false);
        try
        {
            using IDisposable off = torch.no_grad();
            using DisposeScope scope = new();
            outputs = operation(Array.ConvertAll(inputs, t => t is null ? null : operand(t)));
            outputs = rounded ? Array.ConvertAll(outputs, Widening.Rounded) : outputs;
            foreach (torch.Tensor output in outputs)
            {
                scope.MoveToOuter(output);
            }
        }
        finally
        {
            AutocastMode.Exchange(mode);
        }

        if (Node.Needed(inputs))
        {
            Node node = Node.Record(name, inputs, Backward, outputs).Save([.. inputs.OfType<torch.Tensor>()]);
            node.State = new State(operation, operand, Array.ConvertAll(inputs, t => t is not null));
        }

        return outputs;
    }

    private static void Backward(Node node, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        State state = (State)node.State!;
        bool recording = GradMode.Enabled;
        using IDisposable mode = torch.enable_grad();
        var operands = new torch.Tensor?[state.Present.Length];
        var leaves = new torch.Tensor?[operands.Length];
        for (int i = 0, slot = 0; i < operands.Length; i++)
        {
            if (state.Present[i])
            {
                // Of their own: an input that depends on another must not send its share through that one.
                torch.Tensor saved = node.Saved(slot++);
                leaves[i] = recording ? saved.view(saved.Sizes) : saved.detach();
                leaves[i] = node.Needs(i) && !recording ? leaves[i]!.requires_grad_() : leaves[i];
                operands[i] = state.Operand(leaves[i]!);
            }
        }

        torch.Tensor[] outputs = state.Operation(operands);
        List<torch.Tensor> roots = [], seeds = [], wanted = [];
        for (int i = 0; i < outputs.Length; i++)
        {
            if (g[i] is { } seed && outputs[i].requires_grad)
            {
                roots.Add(outputs[i]);
                seeds.Add(seed.to(outputs[i].dtype));
            }
        }

        wanted.AddRange(leaves.Where((_, i) => node.Needs(i))!);
        if (roots.Count == 0 || wanted.Count == 0)
        {
            return;
        }

        IList<torch.Tensor> gradients = torch.autograd.grad(
            roots, wanted, seeds, retain_graph: recording, create_graph: recording, allow_unused: true);
        for (int i = 0, next = 0; i < d.Length && i < leaves.Length; i++)
        {
            d[i] = node.Needs(i) ? gradients[next++] : null;
        }
    }

    private sealed record State(
        Func<torch.Tensor?[], torch.Tensor[]> Operation, Func<torch.Tensor, torch.Tensor> Operand, bool[] Present);
}
