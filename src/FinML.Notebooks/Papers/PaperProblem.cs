namespace FinML.Notebooks.Papers;

/// <summary>Something in a paper's files that its authors have to put right.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Message">What is wrong and what is needed, in one sentence.</param>
public sealed record PaperProblem(string File, int Line, string Message)
{
    /// <summary>"file:line: message", as compilers write it.</summary>
    public override string ToString() =>
        Line > 0 ? FormattableString.Invariant($"{File}:{Line}: {Message}") : $"{File}: {Message}";
}
