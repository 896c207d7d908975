using System.CommandLine;
using FinML.Cli.Commands;
using FinML.Cli.Terminal;

var root = new RootCommand("FinML Workbench: research on deep learning in financial markets that can be checked.")
{
    RunCommand.Create(),
    NotebooksCommand.Create(),
    PapersCommand.Create(),
    VerifyCommand.Create(),
    DataCommand.Create(),
    KernelCommand.Create(),
    EvaluateCommand.Create(),
    DoctorCommand.Create(),
};
root.WithExamples(
    "finml run notebooks/00-quickstart.ipynb",
    "finml run notebooks/00-quickstart.ipynb -p seed=7 --resume",
    "finml notebooks check",
    "finml papers check",
    "finml doctor");
return await CommandLine.InvokeAsync(root, args);
