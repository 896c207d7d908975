namespace FinML.Notebooks.Papers;

/// <summary>What is wrong with a paper, found while it is put in order.</summary>
internal sealed class PaperProblems
{
    /// <summary>What keeps the paper from being built.</summary>
    public List<PaperProblem> Mistakes { get; } = [];

    /// <summary>Claims that are not what the paper says of them: not reported, or differing without a reason.</summary>
    public List<PaperProblem> Verdicts { get; } = [];

    /// <summary>What the authors may want to know.</summary>
    public List<PaperProblem> Warnings { get; } = [];
}
