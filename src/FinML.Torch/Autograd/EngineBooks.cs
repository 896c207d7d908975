namespace FinML.Torch;

/// <summary>The nodes of a pass, and what has arrived at them so far.</summary>
internal sealed class EngineBooks
{
    private const int LargestKept = 4096;
    private int[] order = [], keys = [];
    private bool[] leads = [], ways = [];
    private readonly Stack<Tensor?[]> spareSingles = new();
    private Tensor?[] inputGradients = new Tensor?[8];

    /// <summary>Where a node stands in the lists.</summary>
    internal Dictionary<Node, int> Slots { get; private set; } = new(ReferenceEqualityComparer.Instance);

    internal List<Node> Nodes { get; private set; } = [];

    /// <summary>For each node the gradients of its outputs; null before the first arrives.</summary>
    internal List<Tensor?[]?> Gradients { get; private set; } = [];

    internal Stack<Node> Open { get; } = new();

    /// <summary>Room for the gradients of a node's outputs.</summary>
    internal Tensor?[] Rent(int outputs) =>
        outputs == 1 && spareSingles.TryPop(out Tensor?[]? single) ? single : new Tensor?[outputs];

    /// <summary>The node at a slot is done.</summary>
    internal void Return(int slot)
    {
        if (Gradients[slot] is { Length: 1 } single && spareSingles.Count < LargestKept)
        {
            single[0] = null;
            spareSingles.Push(single);
        }

        Gradients[slot] = null;
    }

    /// <summary>Slots with the deepest node first; longer than the number of nodes.</summary>
    internal int[] ByFallingDepth()
    {
        int count = Nodes.Count;
        if (order.Length < count)
        {
            order = new int[count];
            keys = new int[count];
        }

        for (int i = 0; i < count; i++)
        {
            order[i] = i;
            keys[i] = -Nodes[i].Depth;
        }

        keys.AsSpan(0, count).Sort(order.AsSpan(0, count));
        return order;
    }

    /// <summary>Room for a mark at each slot.</summary>
    internal bool[] Leads() => leads = leads.Length < Nodes.Count ? new bool[Nodes.Count] : leads;

    /// <summary>Which edges of a node lead to a marked slot.</summary>
    internal bool[] Ways(Node node)
    {
        ways = ways.Length < node.Edges.Length ? new bool[node.Edges.Length] : ways;
        for (int i = 0; i < node.Edges.Length; i++)
        {
            ways[i] = node.Edges[i].Node is { } to && leads[Slots[to]];
        }

        return ways;
    }

    /// <summary>Room for the gradients of a node's inputs, null.</summary>
    internal Tensor?[] InputGradients(int count)
    {
        if (inputGradients.Length < count)
        {
            inputGradients = new Tensor?[count];
        }

        Array.Clear(inputGradients);
        return inputGradients;
    }

    internal void Clear()
    {
        if (Nodes.Count > LargestKept)
        {
            // Clearing costs as much as the largest pass did: small passes after it must not pay.
            Slots = new(ReferenceEqualityComparer.Instance);
            Nodes = [];
            Gradients = [];
            order = keys = [];
            leads = [];
        }

        Slots.Clear();
        Nodes.Clear();
        Gradients.Clear();
        Array.Clear(inputGradients);
    }
}
