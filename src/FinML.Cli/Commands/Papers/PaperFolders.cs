using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Notebooks.Papers;

namespace FinML.Cli.Commands;

/// <summary>Where the papers are, and how commands name them.</summary>
internal static class PaperFolders
{
    /// <summary>The names of papers on the command line; none of them means all.</summary>
    public static Argument<string[]> Names() => new("NAME")
    {
        Description = "The paper, a folder of papers/. [default: all of them]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The folder papers/ of the clone around the current folder; of the current folder outside of
    /// one.</summary>
    public static string Home() =>
        Path.Combine(Workbench.FindRoot(Environment.CurrentDirectory) ?? Environment.CurrentDirectory, "papers");

    /// <summary>The papers that were named, or all of them.</summary>
    /// <exception cref="UserErrorException">There is no such paper, or none at all.</exception>
    public static IReadOnlyList<Paper> Read(IReadOnlyList<string> names)
    {
        var home = Home();
        if (names.Count == 0)
        {
            names = Paper.Find(home);
            if (names.Count == 0)
                throw new UserErrorException(
                    $"{Workbench.Display(home)} holds no paper: begin one with 'finml papers new'.");
        }

        return [.. names.Distinct().Select(name => Read(home, name))];
    }

    private static Paper Read(string home, string name)
    {
        // A name, or the path that a shell completed.
        var folder = File.Exists(Path.Combine(home, name, Paper.FileName)) ? Path.Combine(home, name)
            : File.Exists(Path.Combine(name, Paper.FileName)) ? Path.GetFullPath(name)
            : null;
        if (folder is not null)
            return Paper.Read(folder, Workbench.Display(folder));
        var known = Paper.Find(home);
        var near = Nearest.Of(name, known);
        throw new UserErrorException($"there is no paper '{name}' in {Workbench.Display(home)}"
            + (near is not null ? $": did you mean '{near}'?"
                : known.Count > 0 ? $": there are {string.Join(", ", known)}." : "."));
    }

    /// <summary>Says what is wrong, a line for each problem, on standard error.</summary>
    public static void Say(IEnumerable<PaperProblem> problems, string before = "")
    {
        foreach (var problem in problems)
            Console.Error.WriteLine($"{problem.ToString().Insert(Place(problem), before)}");
    }

    // Behind "file:line: ", where compilers have the word "warning".
    private static int Place(PaperProblem problem) => problem.ToString().Length - problem.Message.Length;

    /// <summary>"1 mistake", "3 mistakes".</summary>
    public static string Count(int count, string what) =>
        FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
