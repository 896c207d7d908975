using System.CommandLine;
using FinML.Cli.Terminal;

namespace FinML.Cli.Commands;

/// <summary><c>finml notebooks</c>: what one does with notebooks besides running them.</summary>
internal static class NotebooksCommand
{
    public static Command Create() =>
        new Command("notebooks", "Notebooks: check what they store, clear it, export them, begin a new one.")
    {
        NotebooksCheckCommand.Create(),
        NotebooksClearCommand.Create(),
        NotebooksExportCommand.Create(),
        NotebooksNewCommand.Create(),
        NotebooksCacheCommand.Create(),
    }.WithExamples(
        "finml notebooks check",
        "finml notebooks clear draft.ipynb",
        "finml notebooks export artifacts/00-quickstart.ipynb pdf",
        "finml notebooks new backtest --output mine.ipynb",
        "finml notebooks cache list");
}
