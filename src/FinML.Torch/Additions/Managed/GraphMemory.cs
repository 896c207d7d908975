namespace FinML.Torch;

/// <summary>Counts what a graph keeps.</summary>
public static class GraphMemory
{
    /// <summary>
    /// Bytes of tensors that the graph under <paramref name="root"/> keeps for its backward pass, each buffer once;
    /// leaves (inputs and parameters) are left out, for they live anyway.
    /// </summary>
    public static long saved_bytes(torch.Tensor root)
    {
        HashSet<Node> seen = new(ReferenceEqualityComparer.Instance);
        HashSet<Storage> buffers = new(ReferenceEqualityComparer.Instance);
        Stack<Node> open = new();
        if (root.Meta?.Producer is { } first)
        {
            open.Push(first);
        }

        while (open.TryPop(out Node? node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            foreach (SavedTensor saved in node.SavedTensors)
            {
                if (!saved.IsLeaf)
                {
                    buffers.Add(saved.Storage);
                }
            }

            foreach (Edge edge in node.Edges)
            {
                if (edge.Node is not null)
                {
                    open.Push(edge.Node);
                }
            }
        }

        return buffers.Sum(buffer => (long)buffer.Length * buffer.Type.ElementSize());
    }
}
