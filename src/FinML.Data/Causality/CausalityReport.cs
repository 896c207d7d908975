namespace FinML.Data;

/// <summary>What an audit found.</summary>
/// <param name="Outputs">The names of the audited outputs.</param>
/// <param name="Runs">How many perturbed panels the pipeline was run on.</param>
/// <param name="ValuesCompared">How many pairs of values were compared, bit for bit.</param>
/// <param name="Violations">The values that saw the future.</param>
/// <param name="NotDeterministic">Outputs that differ between two runs on the same data: nothing can be said of
/// them.</param>
/// <param name="Insensitive">Outputs that no perturbation changed anywhere, not even after a cut-off: they do not
/// depend on the panel's values, and their passing says nothing (a calendar feature; or a mistake in the
/// set-up).</param>
public sealed record CausalityReport(IReadOnlyList<string> Outputs, int Runs, long ValuesCompared,
    IReadOnlyList<CausalityViolation> Violations, IReadOnlyList<string> NotDeterministic,
    IReadOnlyList<string> Insensitive)
{
    /// <summary>Whether no output saw the future and all are deterministic.</summary>
    public bool Passed => Violations.Count == 0 && NotDeterministic.Count == 0;

    /// <summary>One line when it passed; otherwise what is wrong, a sentence each.</summary>
    public override string ToString() => Passed
        ? $"Causal: {Outputs.Count} outputs, {Runs} perturbed runs, {ValuesCompared} values identical to the bit."
        : string.Join(Environment.NewLine,
        NotDeterministic.Select(n => $"{n} differs between two runs on the same data.")
            .Concat(Violations.Select(v => v.ToString())));
}
