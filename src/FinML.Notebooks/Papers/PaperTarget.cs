namespace FinML.Notebooks.Papers;

/// <summary>What a reference can point to.</summary>
/// <param name="Text">What the reference reads: "Figure 2", "Equation (1)", "Section 3.1".</param>
/// <param name="Label">The label, "fig:wealth"; also the anchor of the page, with a hyphen for the colon.</param>
internal sealed record PaperTarget(string Text, string Label)
{
    /// <summary>The id of an element for a label.</summary>
    public static string Anchor(string label) => label.Replace(':', '-');
}
