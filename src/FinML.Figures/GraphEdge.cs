namespace FinML.Figures;

/// <summary>An edge of a graph of variables, as <see cref="Figure.Graph"/> draws it.</summary>
/// <param name="From">Where it starts; also the node's label.</param>
/// <param name="To">Where it ends; the same node for a loop, which must then have a lag.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Weight">Strength with its sign (a coefficient, a partial correlation), finite; null where it is not
/// known.</param>
/// <param name="Lag">By how many periods the start is earlier, 0 or more; null where time plays no part.</param>
public sealed record GraphEdge(
    string From, string To, EdgeKind Kind = EdgeKind.Directed, double? Weight = null, int? Lag = null);
