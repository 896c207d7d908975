namespace FinML.Notebooks.Papers;

/// <summary>A paper that cannot be read or built; the message has a line for each problem.</summary>
/// <param name="problems">What is wrong, at least one.</param>
public sealed class PaperException(IReadOnlyList<PaperProblem> problems)
    : Exception(string.Join('\n', problems.Select(problem => problem.ToString())))
{
    /// <summary>What is wrong, in the order of the files.</summary>
    public IReadOnlyList<PaperProblem> Problems { get; } = problems;

    /// <summary>One problem.</summary>
    public PaperException(string file, int line, string message)
        : this([new PaperProblem(file, line, message)])
    {
    }
}
