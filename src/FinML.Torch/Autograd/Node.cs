namespace FinML.Torch;

// How an operation joins autograd - the whole internal API:
//
//     Tensor y = ...;                                     // compute the value from x.Span<float>() and the like
//     if (Node.Needed(x, w))                              // grad mode is on and an input requires grad
//     {
//         Node.Record("linear", [x, w], Backward, y)      // y becomes the output of a node with two inputs
//             .Save(x, w)                                 // tensors for the backward pass (inputs or outputs)
//             .State = options;                           // anything else, one object
//     }
//
//     static void Backward(Node node, Tensor?[] outputGradients, Tensor?[] inputGradients)
//     {
//         Tensor g = outputGradients[0]!;                 // with several outputs an unused one is null
//         if (node.Needs(0)) { inputGradients[0] = g.matmul(node.Saved(1)); }
//         if (node.Needs(1)) { inputGradients[1] = g.t().matmul(node.Saved(0)); }
//     }
//
// - Backward is written in Tensor operations; then it is differentiable itself. The engine runs it with grad mode on
//   under create_graph and off otherwise. A fused backward kernel asks Node.Needed of the gradient and of what it
//   saved: no -> use the kernel, yes -> go through ordinary operations.
// - An input gradient must have exactly the shape of its input (SumTo reduces a broadcast). It may be null for zero,
//   may be the very tensor it was given, and may be given to several inputs.
// - Several outputs: pass them all to Record; those that are integer (indices) are left out.
// - Without create_graph all tensors made inside Backward are returned to the pool when it ends, save the gradients it
//   hands out. A tensor that must survive (a cache) is taken out with DetachFromDisposeScope().
// - Save checks versions: a saved tensor overwritten in place before the backward pass raises the error that names the
//   operation. In-place kernels call tensor.MarkWritten("op_") after writing.
// - Forward mode: Tangents.Carry follows (Tangents.cs). Under no_grad, with a tangent among the inputs, Record gives a
//   node that is connected to nothing and keeps nothing.
// - A gradient stays alive inside leaf.grad across dispose scopes; optimiser state must be detached from them likewise.

/// <summary>The derivative of an operation: fills the gradient of each input it needs.</summary>
internal delegate void BackwardFunction(Node node, Tensor?[] outputGradients, Tensor?[] inputGradients);

/// <summary>One step of the graph: where the gradients of an operation's outputs become gradients of its
/// inputs.</summary>
internal sealed class Node
{
    private static readonly BackwardFunction Nothing = static (_, _, _) => { };
    private static readonly Node Nowhere = new("tangent", Nothing, 0, 1);

    [ThreadStatic]
    private static bool[]? onTheWay;

    private readonly BackwardFunction backward;
    private readonly AutogradMeta?[]? outputMetas; // of several outputs
    private AutogradMeta? outputMeta;              // of the one output
    private SavedTensor[] saved = [];
    private bool freed;
    private uint given; // of SaveAll: bit i is set where input i was not null

    private Node(string name, BackwardFunction backward, int inputs, int outputs)
    {
        if (AnomalyMode.Watching)
        {
            AnomalyMode.Note(this);
        }

        Name = name;
        this.backward = backward;
        Edges = inputs == 0 ? [] : new Edge[inputs];
        outputMetas = outputs == 1 ? null : new AutogradMeta?[outputs];
    }

    internal string Name { get; }

    /// <summary>Where the gradient of each input goes; a node of null: nowhere.</summary>
    internal Edge[] Edges { get; }

    internal int OutputCount => outputMetas?.Length ?? 1;

    /// <summary>1 + the largest depth of the inputs: falling depth is a topological order.</summary>
    internal int Depth { get; private set; }

    /// <summary>The leaf whose gradient this node accumulates, or null for an operation.</summary>
    internal AutogradMeta? Leaf { get; private init; }

    /// <summary>What the backward function needs beside tensors.</summary>
    internal object? State { get; set; }

    internal ReadOnlySpan<SavedTensor> SavedTensors => saved;

    /// <summary>Whether an operation on these inputs is to be recorded, or has to carry their tangents.</summary>
    internal static bool Needed(Tensor a) =>
        (GradMode.Enabled && a.requires_grad) || (Tangents.Active && Tangents.Carried(a));

    internal static bool Needed(Tensor a, Tensor b) =>
        (GradMode.Enabled && (a.requires_grad || b.requires_grad))
        || (Tangents.Active && (Tangents.Carried(a) || Tangents.Carried(b)));

    /// <remarks>True in a trace: fused operations, which ask here, record themselves there too.</remarks>
    internal static bool Needed(ReadOnlySpan<Tensor?> tensors) =>
        Tracer.Recording || Recorded(tensors) || Tangents.Carried(tensors);

    /// <summary>Whether an operation on these inputs is recorded.</summary>
    internal static bool Recorded(ReadOnlySpan<Tensor?> tensors)
    {
        if (!GradMode.Enabled)
        {
            return false;
        }

        foreach (Tensor? tensor in tensors)
        {
            if (tensor is not null && tensor.requires_grad)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes <paramref name="output"/> the result of an operation on one input.</summary>
    internal static Node Record(string name, Tensor input, BackwardFunction backward, Tensor output)
    {
        Node node = new(name, backward, 1, 1);
        if (Tangents.Active && !Tangents.Recorded(name, [input], [output]))
        {
            return node.Idle();
        }

        node.Connect(0, input);
        node.Attach(0, output);
        return node;
    }

    /// <summary>Makes <paramref name="output"/> the result of an operation on two inputs.</summary>
    internal static Node Record(string name, Tensor first, Tensor second, BackwardFunction backward, Tensor output)
    {
        Node node = new(name, backward, 2, 1);
        if (Tangents.Active && !Tangents.Recorded(name, [first, second], [output]))
        {
            return node.Idle();
        }

        node.Connect(0, first);
        node.Connect(1, second);
        node.Attach(0, output);
        return node;
    }

    /// <summary>Makes <paramref name="outputs"/> the results of an operation; a null input takes no gradient.</summary>
    internal static Node Record(
        string name, ReadOnlySpan<Tensor?> inputs, BackwardFunction backward, params ReadOnlySpan<Tensor> outputs)
    {
        Node node = new(name, backward, inputs.Length, outputs.Length);
        if (Tangents.Active && !Tangents.Recorded(name, inputs, outputs))
        {
            return node.Idle();
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            node.Connect(i, inputs[i]);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i].dtype.IsFloating())
            {
                node.Attach(i, outputs[i]);
            }
        }

        return node;
    }

    internal static Node ForLeaf(AutogradMeta leaf) => new("accumulate", Nothing, 0, 1) { Leaf = leaf };

    /// <summary>A node outside any graph, to apply a backward function to a tangent: it needs the gradient of input
    /// <paramref name="wanted"/>.</summary>
    internal static Node ForRule(
        string name, BackwardFunction backward, int inputs, int wanted, object? state, ReadOnlySpan<Tensor> saved)
    {
        Node node = new(name, backward, inputs, 1) { State = state, saved = new SavedTensor[saved.Length] };
        node.Edges[wanted] = new Edge(Nowhere, 0);
        for (int i = 0; i < saved.Length; i++)
        {
            node.saved[i] = SavedTensor.Borrowed(saved[i]);
        }

        return node;
    }

    /// <summary>A node outside any graph, whose backward function is wanted for all inputs.</summary>
    internal static Node ForRule(string name, BackwardFunction backward, int inputs, int outputs)
    {
        Node node = new(name, backward, inputs, outputs);
        Array.Fill(node.Edges, new Edge(Nowhere, 0));
        return node;
    }

    /// <summary>What the backward function of a rule's node makes of <paramref name="tangent"/>.</summary>
    internal Tensor? Apply(Tensor tangent)
    {
        Tensor?[] gradients = new Tensor?[Edges.Length];
        backward(this, [tangent], gradients);
        return gradients[Array.FindIndex(Edges, edge => edge.Node is not null)];
    }

    /// <summary>The autograd side of output <paramref name="i"/>, for its hooks.</summary>
    internal AutogradMeta? Output(int i) => outputMetas is null ? outputMeta : outputMetas[i];

    /// <summary>True where the gradient of input <paramref name="i"/> is wanted.</summary>
    internal bool Needs(int i) => Edges[i].Node is not null && (onTheWay is null || onTheWay[i]);

    /// <summary>While a pass to some inputs only (autograd.grad) runs a node: which of its edges lead there.
    /// </summary>
    internal static bool[]? OnTheWay
    {
        get => onTheWay;
        set => onTheWay = value;
    }

    internal Node Save(Tensor tensor)
    {
        if (freed)
        {
            return this;
        }

        saved = [new SavedTensor(tensor)];
        return this;
    }

    internal Node Save(Tensor first, Tensor second)
    {
        if (freed)
        {
            return this;
        }

        saved = [new SavedTensor(first), new SavedTensor(second)];
        return this;
    }

    internal Node Save(params ReadOnlySpan<Tensor> tensors)
    {
        if (freed)
        {
            return this;
        }

        saved = new SavedTensor[tensors.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            saved[i] = new SavedTensor(tensors[i]);
        }

        return this;
    }

    /// <summary>Saves the inputs that are not null, then the extras.</summary>
    internal void SaveAll(ReadOnlySpan<Tensor?> inputs, ReadOnlySpan<Tensor> extras)
    {
        if (freed)
        {
            return;
        }

        int count = extras.Length;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is not null)
            {
                given |= 1u << i;
                count++;
            }
        }

        saved = new SavedTensor[count];
        int next = 0;
        foreach (Tensor? input in inputs)
        {
            if (input is not null)
            {
                saved[next++] = new SavedTensor(input);
            }
        }

        foreach (Tensor extra in extras)
        {
            saved[next++] = new SavedTensor(extra);
        }
    }

    /// <summary>Whether input <paramref name="i"/> of <see cref="SaveAll"/> was there.</summary>
    internal bool WasGiven(int i) => (given >> i & 1) != 0;

    /// <summary>Saved tensor <paramref name="i"/>, in the order of Save.</summary>
    /// <exception cref="InvalidOperationException">It was overwritten in place, or the graph was freed.</exception>
    internal Tensor Saved(int i) => saved[i].Unpack(Name);

    internal void Run(Tensor?[] outputGradients, Tensor?[] inputGradients)
    {
        if (freed)
        {
            throw new InvalidOperationException(
                $"backward through '{Name}' a second time: its saved tensors were freed by the first backward pass. "
                + "Pass retain_graph: true to the first.");
        }

        backward(this, outputGradients, inputGradients);
        if (AnomalyMode.Watching)
        {
            AnomalyMode.Check(this, inputGradients.AsSpan(0, Edges.Length));
        }
    }

    /// <summary>Lets go of what was saved; a second pass through it then fails with a clear error.</summary>
    internal void Free()
    {
        if (saved.Length == 0 || freed)
        {
            return;
        }

        freed = true;
        foreach (SavedTensor tensor in saved)
        {
            tensor.Release();
        }

        saved = [];
        State = null;
    }

    /// <summary>Of an operation that only carries tangents: connected to nothing, it keeps nothing.</summary>
    private Node Idle()
    {
        freed = true;
        return this;
    }

    private void Connect(int i, Tensor? input)
    {
        if (input is null || !input.requires_grad)
        {
            return;
        }

        Edges[i] = input.Meta!.GradientEdge;
        Depth = Math.Max(Depth, Edges[i].Node!.Depth + 1);
    }

    private void Attach(int i, Tensor output)
    {
        output.Meta = new AutogradMeta(this, i);
        if (outputMetas is null)
        {
            outputMeta = output.Meta;
        }
        else
        {
            outputMetas[i] = output.Meta;
        }
    }
}

/// <summary>Output <paramref name="Index"/> of <paramref name="Node"/>.</summary>
internal readonly record struct Edge(Node? Node, int Index);
