namespace FinML.Notebooks.Tests.Execution;

public sealed class ParameterTests
{
    private const string Cell = """
        enum Market { Stocks, Futures }
        int steps = 10;
        var rate = 0.1;
        string name = "a", other = "b";
        bool costs = true;
        const long Seed = 1;
        float? clip = null;
        int[] widths = { 1 };
        var start = new DateTime(2000, 1, 3);
        Market market = Market.Stocks;
        int Doubled() => 2 * steps;
        """;

    private const string Show =
        "display($\"{steps} {rate} {name} {other} {costs} {Seed} {clip} {string.Join('+', widths)} \""
        + " + $\"{start:yyyy-MM-dd} {market}\");\ndisplay(Doubled());";

    private static Task<NotebookRunResult> RunAsync(params (string Name, string Value)[] given) => Notebooks.RunAsync(
        Notebooks.WithParameters(Cell, Show),
        new() { Parameters = given.ToDictionary(pair => pair.Name, pair => pair.Value) });

    [Fact]
    public async Task WithoutValuesTheDefaultsStand()
    {
        var result = await RunAsync();
        Assert.Equal("10 0.1 a b True 1  1 2000-01-03 Stocks20", Notebooks.Text(result, 2));
        Assert.Equal(2, result.Executed.Cells.Count);
    }

    [Fact]
    public async Task ValuesAreConvertedToTheDeclaredTypes()
    {
        var result = await RunAsync(
            ("steps", "2e3"), ("rate", "-1e-3"), ("name", "it's \"x\"\\n"), ("costs", "False"), ("Seed", "7"),
            ("clip", "0.5"), ("widths", "[3, 4]"), ("start", "2020-04-17"), ("market", "futures"));
        Assert.Null(result.Error);
        Assert.Equal("2000 -0.001 it's \"x\"\\n b False 7 0.5 3+4 2020-04-17 Futures4000", Notebooks.Text(result, 3));
        Assert.Equal(["parameters"], result.Executed.Cells[0].Tags);
        Assert.Equal(["injected-parameters"], result.Executed.Cells[1].Tags);
        Assert.Contains("steps = 2000;", result.Executed.Cells[1].Source);
    }

    [Fact]
    public async Task RunningAnExecutedNotebookReplacesTheInjectedCell()
    {
        var first = await RunAsync(("steps", "3"));
        var again = await Notebooks.RunAsync(
            first.Executed, new() { Parameters = new Dictionary<string, string> { ["steps"] = "4" } });
        Assert.Equal(3, again.Executed.Cells.Count);
        Assert.Equal("8", Notebooks.Text(again, 3)[^1..]);
    }

    [Fact]
    public async Task AnUnknownNameIsRefusedWithTheKnownNames()
    {
        var error = await Assert.ThrowsAsync<NotebookException>(() => RunAsync(("step", "3")));
        Assert.Equal(
            "unknown parameter \"step\"; the notebook knows \"steps\", \"rate\", \"name\", \"other\", \"costs\", "
            + "\"Seed\", \"clip\", \"widths\", \"start\", \"market\".",
            error.Message);
    }

    [Theory]
    [InlineData("steps", "1.5", "a whole number (int), but the value was \"1.5\"")]
    [InlineData("steps", "3000000000", "a whole number (int)")]
    [InlineData("steps", "", "a whole number (int), but the value was \"\"")]
    [InlineData("rate", "fast", "a number (double), but the value was \"fast\"")]
    [InlineData("costs", "yes", "true or false, but the value was \"yes\"")]
    [InlineData("start", "soon", "a date such as 2020-04-17, but the value was \"soon\"")]
    [InlineData("market", "bonds", "one of Stocks, Futures, but the value was \"bonds\"")]
    [InlineData("widths", "1,x", "a list of int separated by commas, but the value was \"1,x\"")]
    public async Task AValueThatDoesNotConvertIsRefused(string name, string value, string expected)
    {
        var error = await Assert.ThrowsAsync<NotebookException>(() => RunAsync((name, value)));
        Assert.StartsWith($"the parameter \"{name}\" is {expected}", error.Message);
    }

    [Fact]
    public async Task ANotebookWithoutTheCellTakesNone()
    {
        var options = new NotebookHostOptions { Parameters = new Dictionary<string, string> { ["x"] = "1" } };
        var error = await Assert.ThrowsAsync<NotebookException>(() => Notebooks.RunAsync(Notebooks.Of("1"), options));
        Assert.Contains("takes no parameters", error.Message);
    }

    [Fact]
    public async Task AValueIsNeverRunAsCode()
    {
        var result = await RunAsync(("name", "\"; throw new Exception(); //"));
        Assert.Null(result.Error);
        Assert.Contains("\"; throw new Exception(); //", Notebooks.Text(result, 3));
    }
}
