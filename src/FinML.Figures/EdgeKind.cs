namespace FinML.Figures;

/// <summary>What an edge of a causal graph says.</summary>
public enum EdgeKind
{
    /// <summary>From one to the other: an arrow.</summary>
    Directed,

    /// <summary>Both have a common cause that is not observed: an arrow at each end, dashed.</summary>
    Bidirected,

    /// <summary>Linked, with no direction known: a line.</summary>
    Undirected,
}
