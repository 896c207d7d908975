namespace FinML.Statistics;

/// <summary>
/// A result that is a claim about cause, or about prediction under a causal reading, and carries what it rests on. A
/// report prints the assumptions beside the estimate, contradicted ones first.
/// </summary>
public interface ICausalResult
{
    /// <summary>Whether the result speaks of an effect or of prediction.</summary>
    CausalClaim Claim { get; }

    /// <summary>What must hold, each with the diagnostics that speak to it.</summary>
    IReadOnlyList<Assumption> Assumptions { get; }

    /// <summary>All diagnostics of all assumptions.</summary>
    IEnumerable<Diagnostic> Diagnostics => Assumptions.SelectMany(assumption => assumption.Diagnostics);

    /// <summary>The names of the assumptions that the data contradict.</summary>
    IEnumerable<string> Contradicted =>
        Assumptions.Where(assumption => assumption.IsContradicted).Select(assumption => assumption.Name);
}
