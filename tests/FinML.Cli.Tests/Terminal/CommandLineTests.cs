using FinML.Cli.Terminal;
using FinML.Shared;

namespace FinML.Cli.Tests.Terminal;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", "finml: finml needs a command: run, ")]
    [InlineData("rnu x", "finml: unknown command 'rnu': did you mean 'run'? See 'finml --help'.")]
    [InlineData("zzzzzz", "finml: unknown command 'zzzzzz'. See 'finml --help'.")]
    [InlineData("run", "finml: finml run needs <NOTEBOOK>. See 'finml run --help'.")]
    [InlineData("run x.ipynb --resum", "finml: unknown option '--resum': did you mean '--resume'?")]
    [InlineData("doctor y.ipynb", "finml: unknown argument 'y.ipynb'.")]
    public async Task MisuseIsOneSentenceWithWhatToDoNext(string arguments, string expected)
    {
        using var place = new Workplace();
        var run = await Finml.RunAsync(
            place.Path, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.StartsWith(expected, run.Error);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("", "finml run notebooks/00-quickstart.ipynb")]
    [InlineData("run", "finml run notebooks/00-quickstart.ipynb --resume")]
    [InlineData("doctor", "finml doctor --json")]
    public async Task HelpHasExamples(string command, string example)
    {
        using var place = new Workplace();
        var run = await Finml.RunAsync(
            place.Path, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("Usage:", run.Output);
        Assert.Contains(example, run.Output[run.Output.IndexOf("Examples:", StringComparison.Ordinal)..]);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("run", "rnu", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("abc", "", 3)]
    public void TheDistanceCountsEdits(string a, string b, int expected)
    {
        Assert.Equal(expected, Nearest.Distance(a, b));
        Assert.Equal(expected, Nearest.Distance(b, a));
    }
}
