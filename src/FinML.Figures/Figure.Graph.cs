using FinML.Figures.Traces;

namespace FinML.Figures;

// Graphs of variables.
public sealed partial class Figure
{
    private const int MostNodes = 60, MostEdges = 400;

    /// <summary>
    /// A graph of variables: nodes in layers from causes on the left to effects on the right, directed, bidirected and
    /// undirected edges with their lag and weight. Colour is the weight's sign, width and depth its size. It stands
    /// alone in its figure. A graph found from data is one of prediction unless its assumptions make it causal: say
    /// which in the title.
    /// <code>
    /// Figure.Create("Links at the 1% level").Graph(
    ///     graph.Links.Select(l => new GraphEdge(l.From, l.To, Weight: l.PartialCorrelation, Lag: l.Lag)), graph.Names)
    /// </code>
    /// </summary>
    /// <param name="edges">The edges, at most 400.</param>
    /// <param name="nodes">All nodes in their order, at most 60; null takes those of the edges. A node without an edge
    /// is drawn too.</param>
    /// <exception cref="ArgumentException">An edge names no node, is there twice, has a weight that is not finite or a
    /// lag below 0, or the figure has other data.</exception>
    public Figure Graph(IEnumerable<GraphEdge> edges, IEnumerable<string>? nodes = null)
    {
        ArgumentNullException.ThrowIfNull(edges);
        const string Owner = "the graph";
        if (TraceCount > 0 || Panels.Length > 1)
            throw new ArgumentException("A graph stands alone in its figure, and this one has other data.");
        GraphEdge[] all = [.. edges];
        string[] names = [.. nodes ?? all.SelectMany(edge => new[] { edge.From, edge.To }).Distinct()];
        if (names.Length is 0 or > MostNodes || all.Length > MostEdges)
            throw new ArgumentException($"{Owner} needs 1 to {MostNodes} nodes and at most {MostEdges} edges; "
                + $"got {names.Length} and {all.Length}.");
        if (Array.Exists(names, string.IsNullOrWhiteSpace))
            throw new ArgumentException($"A node of {Owner} has no name.");
        RequireDifferent(names, Owner);
        foreach (GraphEdge edge in all)
            CheckEdge(edge, names);
        // Two ends without a direction are the same edge either way.
        if (all.GroupBy(edge => (edge.Kind, edge.Lag, Ends(edge)))
            .FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"{Told(twice.First())} is in the graph twice.");
        var index = names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);
        var layout = GraphLayout.Of(names.Length, [.. all.Select(e => (index[e.From], index[e.To], e))]);
        return Add(new GraphTrace(names, all, layout)).Size(
            PixelSize.Width ?? Math.Clamp(180 * layout.Layers + 40, 420, 1400),
            PixelSize.Height ?? Math.Clamp(70 * (layout.Bottom - layout.Top) + 150, 240, 2000));
    }

    private static (string, string) Ends(GraphEdge edge) =>
        edge.Kind == EdgeKind.Directed || string.CompareOrdinal(edge.From, edge.To) <= 0
            ? (edge.From, edge.To) : (edge.To, edge.From);

    private static void CheckEdge(GraphEdge edge, string[] names)
    {
        foreach (string end in (string[])[edge.From, edge.To])
        {
            if (!names.Contains(end, StringComparer.Ordinal))
                throw new ArgumentException($"{Told(edge)} names '{end}', which is no node of the graph.");
        }

        if (!Enum.IsDefined(edge.Kind))
            throw new ArgumentException(
                $"{Told(edge)} must be Directed, Bidirected or Undirected; got {edge.Kind}.");
        if (edge.Weight is { } weight && !double.IsFinite(weight))
            throw new ArgumentException($"The weight of {Told(edge)} must be finite or null; got {Show(weight)}.");
        if (edge.Lag < 0)
            throw new ArgumentException($"The lag of {Told(edge)} must be 0 or more; got {edge.Lag}.");
        if (edge.From == edge.To && !(edge.Lag > 0 && edge.Kind == EdgeKind.Directed))
            throw new ArgumentException($"{Told(edge)} is a loop, which needs a direction and a lag above 0.");
    }

    private static string Told(GraphEdge edge) => $"the edge '{edge.From}' to '{edge.To}'";
}
