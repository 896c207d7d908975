using System.Numerics;

namespace FinML.Torch;

/// <summary>
/// An operation with a forward and a backward kernel of its own. Where the backward pass is itself recorded
/// (create_graph) the kernel's result would have no graph: there the operation is composed of ops again from its saved
/// inputs, and those are differentiated.
/// </summary>
internal abstract class FusedOperation(string name)
{
    [ThreadStatic]
    private static torch.Tensor?[]? scratch;

    /// <summary>The operation's name, for its node and its errors.</summary>
    protected string Name { get; } = name;

    /// <summary>The same function of the inputs, made of ops that record; null inputs were left out.</summary>
    protected abstract torch.Tensor[] Compose(torch.Tensor?[] inputs);

    /// <summary>What a trace keeps of the operation besides its inputs; null: the trace records
    /// <see cref="Compose"/>'s operations instead.</summary>
    internal virtual object? TraceAttributes => null;

    /// <summary>Fills <paramref name="d"/> for the inputs that the node needs.</summary>
    /// <param name="node">Says which gradients are needed.</param>
    /// <param name="inputs">As they were recorded, contiguous.</param>
    /// <param name="extras">What the forward pass saved besides.</param>
    /// <param name="g">Gradients of the outputs, contiguous; null where none arrived.</param>
    /// <param name="d">Gradients of the inputs.</param>
    protected abstract void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Makes <paramref name="outputs"/> results of this operation; all <paramref name="inputs"/> contiguous.
    /// </summary>
    protected void Record(
        ReadOnlySpan<torch.Tensor?> inputs, ReadOnlySpan<torch.Tensor> extras, ReadOnlySpan<torch.Tensor> outputs)
    {
        if (Tracer.Recording)
        {
            Trace(inputs.ToArray(), outputs);
            Release(extras);
            return;
        }

        if (Tangents.Active)
        {
            Tangents.Carry(outputs, inputs, (self: this, inputs.ToArray(), extras.ToArray()), static (t, s) =>
                s.self.Forward(s.Item2, s.Item3, t));
        }

        Node node = Node.Record(Name, inputs, static (n, g, d) => ((FusedOperation)n.State!).Run(n, g, d), outputs);
        node.SaveAll(inputs, extras);
        node.State = this;
        Release(extras);
    }

    private void Trace(torch.Tensor?[] inputs, ReadOnlySpan<torch.Tensor> outputs)
    {
        if (TraceAttributes is { } attributes)
            Tracer.Record(Name, inputs, outputs, attributes);
        else
            Tracer.Define(Compose(inputs), outputs);
    }

    /// <summary>Lets go of what only the backward pass would need: the graph holds it, or nobody does.</summary>
    protected static void Release(ReadOnlySpan<torch.Tensor> extras)
    {
        foreach (torch.Tensor extra in extras)
            extra.Dispose();
    }

    /// <summary>A gradient like <paramref name="tensor"/>, its elements undefined.</summary>
    protected static torch.Tensor Like(torch.Tensor tensor) =>
        torch.Tensor.Uninitialized(tensor.Sizes, tensor.dtype);

    /// <summary>A gradient like <paramref name="tensor"/>, zero.</summary>
    protected static torch.Tensor ZeroLike(torch.Tensor tensor) => Like(tensor).ZeroFill();

    /// <summary>Elements, or an empty span for null.</summary>
    protected static Span<T> SpanOf<T>(torch.Tensor? tensor)
        where T : unmanaged => tensor is null ? [] : tensor.Span<T>();

    private void Run(Node node, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor?[] inputs = TakeScratch(node.Edges.Length);
        int slot = Unpack(node, inputs);
        if (GradMode.Enabled || Tangents.Carried(inputs) || Tangents.Carried(g))
        {
            BackwardRecorded(node, inputs, g, d);
            return;
        }

        torch.Tensor?[] gradients = Array.TrueForAll(g, static t => t is null or { IsContiguous: true })
            ? g
            : Array.ConvertAll(g, static t => t?.contiguous());
        torch.ScalarType type = inputs[0]!.dtype;
        torch.Tensor[] extras = Extras(node, slot);
        if (type == torch.ScalarType.Float32)
            Backward<float>(node, inputs, extras, gradients, d);
        else
            Backward<double>(node, inputs, extras, gradients, d);
        Array.Clear(inputs);
        scratch = inputs;
    }

    private static int Unpack(Node node, torch.Tensor?[] inputs)
    {
        int slot = 0;
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = node.WasGiven(i) ? node.Saved(slot++) : null;
        return slot;
    }

    // Taken, not shared: a kernel may itself run a pass.
    private static torch.Tensor?[] TakeScratch(int length)
    {
        torch.Tensor?[] taken = scratch is not null && scratch.Length == length ? scratch : new torch.Tensor?[length];
        scratch = null;
        return taken;
    }

    /// <summary>How many tensors the forward pass saves besides the inputs.</summary>
    protected abstract int ExtraCount { get; }

    private torch.Tensor[] Extras(Node node, int first)
    {
        torch.Tensor[] extras = ExtraCount == 0 ? [] : new torch.Tensor[ExtraCount];
        for (int i = 0; i < extras.Length; i++)
            extras[i] = node.Saved(first + i);
        return extras;
    }

    /// <summary>The tangents of the outputs; null is zero. An operation that is linear in its inputs, or whose
    /// composition costs much, says so here; the others are composed again, and carry.</summary>
    /// <param name="inputs">As they were recorded, contiguous.</param>
    /// <param name="extras">What the forward pass saved besides.</param>
    /// <param name="tangents">Of the inputs; null where one has none.</param>
    protected virtual torch.Tensor?[] Forward(
        torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] tangents) =>
        Tangents.Through(Compose, inputs, tangents);

    /// <summary>The backward pass in ops that record. An operation whose backward is a few of them says so here; the
    /// others are composed again and differentiated.</summary>
    protected virtual void BackwardRecorded(
        Node node, torch.Tensor?[] inputs, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        bool recording = GradMode.Enabled;
        using IDisposable mode = torch.enable_grad();

        // Views of the inputs: an input that depends on another must not send its share through that one.
        torch.Tensor?[] views = Array.ConvertAll(inputs, t => t is null ? null : t.view(t.Sizes));
        torch.Tensor[] outputs = Compose(views);
        List<torch.Tensor> roots = [], seeds = [], wanted = [];
        for (int i = 0; i < outputs.Length; i++)
        {
            if (g[i] is { } seed && outputs[i].requires_grad)
            {
                roots.Add(outputs[i]);
                seeds.Add(seed);
            }
        }

        for (int i = 0; i < views.Length; i++)
        {
            if (node.Needs(i))
                wanted.Add(views[i]!);
        }

        if (roots.Count == 0 || wanted.Count == 0)
            return;
        IList<torch.Tensor> gradients = torch.autograd.grad(
            roots, wanted, seeds, retain_graph: recording, create_graph: recording, allow_unused: true);
        int next = 0;
        for (int i = 0; i < views.Length; i++)
        {
            if (node.Needs(i))
                d[i] = gradients[next++];
        }
    }
}
