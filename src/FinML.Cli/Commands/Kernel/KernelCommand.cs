using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Notebooks;
using FinML.Notebooks.Kernel;

namespace FinML.Cli.Commands;

/// <summary><c>finml kernel</c>: C# for VS Code's and JupyterLab's notebooks.</summary>
internal static class KernelCommand
{
    public static Command Create()
    {
        var command = new Command("kernel", "The Jupyter kernel for C# notebooks in VS Code and JupyterLab.")
        {
            Install(), Uninstall(), Doctor(), Start(),
        };
        return command.WithExamples("finml kernel install", "finml kernel doctor", "finml kernel uninstall");
    }

    private static Command Install()
    {
        Option<string?> folder = FolderOption();
        var command = new Command("install", "Make VS Code and JupyterLab offer \".NET (C#)\".") { folder };
        command.WithExamples("finml kernel install", "finml kernel install --data-dir ~/venv/share/jupyter");
        command.SetAction(result =>
        {
            var spec = new KernelSpec(result.GetValue(folder));
            spec.Install([.. Executable(), "kernel", "start"]);
            Console.WriteLine($"installed {Workbench.Display(spec.File)}");
            Console.WriteLine("Open a notebook in VS Code or JupyterLab and choose the kernel \".NET (C#)\".");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Uninstall()
    {
        Option<string?> folder = FolderOption();
        var command = new Command("uninstall", "Take the kernel's entry away.") { folder };
        command.WithExamples("finml kernel uninstall");
        command.SetAction(result =>
        {
            var spec = new KernelSpec(result.GetValue(folder));
            Console.WriteLine(spec.Uninstall()
                ? $"removed {Workbench.Display(spec.File)}"
                : $"{Workbench.Display(spec.File)} is not there; nothing to remove");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Doctor()
    {
        Option<string?> folder = FolderOption();
        var command = new Command("doctor", "Start the installed kernel as a front end does, and say how it answers.")
        {
            folder,
        };
        command.WithExamples("finml kernel doctor");
        command.SetAction(async (result, stop) =>
        {
            var spec = new KernelSpec(result.GetValue(folder));
            if (!spec.IsInstalled)
                return CommandLine.Fail(
                    $"{Workbench.Display(spec.File)} is not there: run 'finml kernel install'.");
            IReadOnlyList<string> start = spec.Command();
            Console.WriteLine($"entry         {Workbench.Display(spec.File)}");
            Console.WriteLine($"starts        {string.Join(' ', start)}");
            if (!File.Exists(start[0]))
                return CommandLine.Fail($"{start[0]} is not there any more: build it and run 'finml kernel install'.");
            KernelProbe.Result probe = await KernelProbe.RunAsync(start, stop);
            if (probe.Problem is not null)
                return CommandLine.Fail($"the kernel does not work: {probe.Problem}");
            Console.WriteLine(FormattableString.Invariant($"first answer  {probe.FirstAnswer.TotalSeconds:0.00} s"));
            Console.WriteLine(FormattableString.Invariant($"next cell     {probe.NextCell.TotalMilliseconds:0} ms"));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Start()
    {
        var file = new Argument<string>("CONNECTION_FILE") { Description = "What the front end wrote." };
        var command = new Command("start", "Serve a front end; this is what the kernel's entry calls.") { file };
        command.WithExamples("finml kernel start connection.json");
        command.SetAction(async (result, stop) =>
        {
            await KernelHost.RunAsync(
                result.GetValue(file)!,
                new NotebookHostOptions { References = Workbench.Assemblies(), Usings = Workbench.Usings }.WithHooks(),
                why => Console.Error.WriteLine($"finml kernel: refused: {why}"),
                stop);
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<string?> FolderOption() => new("--data-dir")
    {
        Description = "Jupyter's data folder. [default: the user's]",
    };

    /// <summary>This command, as it stands on the disk: its own executable, or the dotnet that runs it.</summary>
    private static string[] Executable()
    {
        string own = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "finml.exe" : "finml");
        return File.Exists(own)
            ? [own]
            : [Environment.ProcessPath!, "exec", Path.Combine(AppContext.BaseDirectory, "finml.dll")];
    }
}
