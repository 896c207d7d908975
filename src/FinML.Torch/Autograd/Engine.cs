namespace FinML.Torch;

/// <summary>
/// Reverse-mode differentiation: walks the nodes under the roots by falling depth (a topological order), iteratively,
/// so a graph of any length fits the stack. One pass belongs to one thread and keeps its books beside the graph, so two
/// threads may share leaves. The order of additions depends on the graph alone: same graph, same bits.
/// </summary>
internal sealed class Engine
{
    // The books of the last pass of this thread, emptied, for the next one.
    [ThreadStatic]
    private static EngineBooks? spare;

    private readonly EngineBooks books;
    private readonly bool createGraph;
    private readonly bool retainGraph;

    // autograd.grad: the edges whose gradients are wanted; null: accumulate into every leaf.
    private readonly Dictionary<Edge, int>? wanted;
    private readonly Tensor?[] captured;

    // Without create_graph nothing made on the way can be seen from outside: the scope returns it to the pool.
    private DisposeScope? scope;

    private Engine(bool retainGraph, bool createGraph, IList<Tensor>? inputs)
    {
        this.retainGraph = retainGraph;
        this.createGraph = createGraph;
        books = spare ?? new EngineBooks();
        spare = null; // a hook may run a pass of its own
        captured = inputs is null ? [] : new Tensor?[inputs.Count];
        if (inputs is not null)
        {
            wanted = [];
            for (int i = 0; i < inputs.Count; i++)
            {
                wanted.TryAdd(inputs[i].Meta!.GradientEdge, i);
            }
        }
    }

    /// <summary>Runs a pass; with <paramref name="inputs"/> gives their gradients (null where unreached).</summary>
    internal static Tensor?[] Run(
        IList<Tensor> roots, IList<Tensor?> seeds, bool retainGraph, bool createGraph, IList<Tensor>? inputs)
    {
        Engine engine = new(retainGraph, createGraph, inputs);
        bool gradWas = GradMode.Enabled, autocastWas = AutocastMode.Exchange(false);
        DisposeScope? outer = DisposeScope.Current;
        bool[]? wayWas = Node.OnTheWay; // of a backward function that runs this pass
        Node.OnTheWay = null;
        GradMode.Enabled = createGraph;
        try
        {
            engine.Walk(roots, seeds, outer);
            engine.books.Clear();
            spare = engine.books;
        }
        finally
        {
            GradMode.Enabled = gradWas;
            Node.OnTheWay = wayWas;
            DisposeScope.Suspend(outer);
            AutocastMode.Exchange(autocastWas);
        }

        if (inputs is not null)
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                engine.captured[i] = engine.captured[engine.wanted![inputs[i].Meta!.GradientEdge]];
            }
        }

        return engine.captured;
    }

    private void Walk(IList<Tensor> roots, IList<Tensor?> seeds, DisposeScope? outer)
    {
        for (int i = 0; i < roots.Count; i++)
        {
            Discover(roots[i].Meta!.GradientEdge.Node!);
        }

        int[] order = books.ByFallingDepth();
        if (wanted is not null)
        {
            MarkWays(order);
        }

        if (!createGraph)
        {
            scope = new DisposeScope();
        }

        for (int i = 0; i < roots.Count; i++)
        {
            Edge edge = roots[i].Meta!.GradientEdge;
            Tensor seed = seeds[i] ?? torch.ones_like(roots[i]);
            Add(edge, seed);
        }

        scope?.Sweep();
        for (int i = 0; i < books.Nodes.Count; i++)
        {
            int slot = order[i];
            Step(books.Nodes[slot], slot, outer);
            books.Return(slot);
        }

        scope?.Dispose();
    }

    private void Discover(Node root)
    {
        Visit(root);
        while (books.Open.TryPop(out Node? node))
        {
            foreach (Edge edge in node.Edges)
            {
                if (edge.Node is not null)
                {
                    Visit(edge.Node);
                }
            }
        }
    }

    private void Visit(Node node)
    {
        if (books.Slots.TryAdd(node, books.Nodes.Count))
        {
            books.Nodes.Add(node);
            books.Gradients.Add(null);
            books.Open.Push(node);
        }
    }

    // With inputs given, only the nodes between the roots and them run.
    private void MarkWays(int[] order)
    {
        bool[] leads = books.Leads();
        for (int i = books.Nodes.Count - 1; i >= 0; i--)
        {
            Node node = books.Nodes[order[i]];
            bool reaches = false;
            for (int output = 0; output < node.OutputCount; output++)
            {
                reaches |= wanted!.ContainsKey(new Edge(node, output));
            }

            foreach (Edge edge in node.Edges)
            {
                reaches |= edge.Node is not null && leads[books.Slots[edge.Node]];
            }

            leads[order[i]] = reaches;
        }
    }

    private void Step(Node node, int slot, DisposeScope? outer)
    {
        Tensor?[]? received = books.Gradients[slot];
        if (received is null)
        {
            return; // no gradient came this way
        }

        for (int i = 0; i < received.Length; i++)
        {
            if (received[i] is { } gradient)
            {
                received[i] = Arrived(node, i, gradient, outer);
            }
        }

        if (node.Leaf is { } leaf)
        {
            if (wanted is null)
            {
                Accumulate(leaf, received[0]!);
            }
        }
        else
        {
            Differentiate(node, received);
        }

        if (scope is not null)
        {
            foreach (Tensor? gradient in received)
            {
                if (gradient is not null && gradient.PendingUses > 0 && --gradient.PendingUses == 0
                    && gradient.Scope == scope)
                {
                    gradient.Dispose();
                }
            }

            scope.Sweep();
        }
    }

    private void Differentiate(Node node, Tensor?[] received)
    {
        int count = node.Edges.Length;
        if (wanted is not null)
        {
            bool[] ways = books.Ways(node);
            if (!ways.AsSpan(0, count).Contains(true))
            {
                return; // an input itself, or beside the way
            }

            Node.OnTheWay = ways;
        }

        Tensor?[] inputGradients = books.InputGradients(count);
        node.Run(received, inputGradients);
        for (int i = 0; i < count; i++)
        {
            if (inputGradients[i] is { } gradient && node.Needs(i))
            {
                Add(node.Edges[i], gradient);
            }
        }

        Node.OnTheWay = null;
        if (!retainGraph)
        {
            node.Free();
        }
    }

    /// <summary>The whole gradient of an output is there: hooks, retained gradients and captures.</summary>
    private Tensor Arrived(Node node, int index, Tensor gradient, DisposeScope? outer)
    {
        AutogradMeta? meta = node.Leaf ?? node.Output(index);
        if (meta?.Hooks is { Count: > 0 } hooks)
        {
            DisposeScope? was = DisposeScope.Suspend(outer);
            foreach (Func<Tensor, Tensor?> hook in hooks.ToArray())
            {
                Keep(gradient);
                gradient = hook(gradient) ?? gradient;
            }

            DisposeScope.Suspend(was);
        }

        if (meta is { RetainsGradient: true, IsLeaf: false } && wanted is null)
        {
            Keep(gradient);
            Tensor retained = createGraph ? gradient : gradient.alias();
            meta.SetGradient(retained, shared: true);
            Keep(retained);
        }

        if (wanted is not null && wanted.TryGetValue(new Edge(node, index), out int position))
        {
            Keep(gradient);
            captured[position] = gradient;
            outer?.Attach(gradient);
        }

        return gradient;
    }

    private void Keep(Tensor gradient)
    {
        if (gradient.Scope == scope)
        {
            gradient.Scope = null;
        }
    }

    private void Add(Edge edge, Tensor gradient)
    {
        int slot = books.Slots[edge.Node!];
        Tensor?[] buffer = books.Gradients[slot] ??= books.Rent(edge.Node!.OutputCount);
        Tensor? present = buffer[edge.Index];
        Tensor sum = present is null ? gradient : present.add(gradient);
        buffer[edge.Index] = sum;
        if (scope is null)
        {
            return;
        }

        sum.PendingUses++;
        if (present is not null)
        {
            present.PendingUses--; // the sum takes its place; the sweep returns it
            if (present.PendingUses == 0 && present.Scope == scope)
            {
                present.Dispose();
            }
        }
    }

    private void Accumulate(AutogradMeta leaf, Tensor gradient)
    {
        if (createGraph)
        {
            Tensor sum = leaf.Gradient is null ? gradient : leaf.Gradient.add(gradient);
            sum.Scope = null;
            leaf.SetGradient(sum, shared: true);
            return;
        }

        if (leaf.Gradient is not null)
        {
            leaf.Gradient.add_(gradient);
            return;
        }

        // Steal the buffer where nobody else can see it.
        bool own = gradient.Scope == scope && gradient.PendingUses == 1 && gradient.OwnsWholeStorage
            && gradient.Meta is null;
        Tensor kept = own ? gradient : gradient.clone();
        kept.Scope = null;
        leaf.SetGradient(kept, shared: false);
    }
}
