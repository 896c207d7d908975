namespace FinML.Statistics;

/// <summary>
/// Something that must hold for a causal result to mean what it says. The data never prove it; its diagnostics speak
/// for or against it, and where there are none it rests on the design of the study alone.
/// </summary>
/// <param name="Name">The field's name, lower case: "relevance", "exclusion", "parallel trends".</param>
/// <param name="Statement">One sentence: what must hold, in terms of this result's variables where it has them.</param>
/// <param name="Diagnostics">What the data say about it; empty where it cannot be tested.</param>
public sealed record Assumption(string Name, string Statement, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>An assumption that no number of this data speaks to.</summary>
    public Assumption(string name, string statement)
        : this(name, statement, [])
    {
    }

    /// <summary>Whether any diagnostic contradicts it.</summary>
    public bool IsContradicted => Diagnostics.Any(diagnostic => diagnostic.Bearing == Bearing.Contradicts);

    /// <summary>Whether nothing in the data speaks to it.</summary>
    public bool IsUntested => Diagnostics.Count == 0;
}
