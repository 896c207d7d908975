using System.CommandLine;
using FinML.Cli.Terminal;

namespace FinML.Cli.Commands;

/// <summary><c>finml papers</c>: papers whose numbers come from notebooks.</summary>
internal static class PapersCommand
{
    public static Command Create() =>
        new Command("papers", "Papers: build them from their notebooks, check their claims, list them, begin one.")
    {
        PapersBuildCommand.Create(),
        PapersCheckCommand.Create(),
        PapersListCommand.Create(),
        PapersNewCommand.Create(),
    }.WithExamples(
        "finml papers list",
        "finml papers build stylized-facts",
        "finml papers check",
        "finml papers new my-paper");
}
