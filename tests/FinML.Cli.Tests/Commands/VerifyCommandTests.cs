using System.Text.Json.Nodes;

namespace FinML.Cli.Tests.Commands;

public sealed class VerifyCommandTests
{
    private static readonly string Here = AppContext.BaseDirectory;

    [Fact]
    public async Task EveryCheckSaysExpectedGotAndSource()
    {
        var run = await Finml.RunAsync(Here, "verify", "statistics.dsr");

        Assert.Equal(0, run.Code);
        Assert.Contains("expected 0.9003968344 ± 1E-09, got 0.900396834449", run.Output);
        Assert.Contains("Bailey, Lopez de Prado 2014", run.Output);
        Assert.EndsWith("8 passed, 0 failed", run.Output.TrimEnd());
    }

    [Fact]
    public async Task AScriptReadsTheSame()
    {
        var run = await Finml.RunAsync(Here, "verify", "markets.cartpole", "--json");

        var result = JsonNode.Parse(run.Output)!;
        Assert.True(result["ok"]!.GetValue<bool>());
        Assert.Equal(5, result["checks"]!.AsArray().Count);
        Assert.All(result["checks"]!.AsArray(), check => Assert.True(check!["passed"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task ACheckWhoseDataAreNotHereIsSkippedAndSaidSo()
    {
        using var process = Finml.Start(Here, [("FINML_DATA_MIRROR", "/nowhere")], ["verify", "markets.pamr"]);
        var run = await Finml.EndAsync(process);

        Assert.Equal(0, run.Code);
        Assert.Contains("SKIP markets.pamr.nyse-o", run.Output);
        Assert.Contains("'olps-nyse-o' may not be shipped and is not here", run.Output);
        Assert.EndsWith("0 passed, 0 failed, 2 SKIPPED: their data are not here", run.Output.TrimEnd());
    }

    [Fact]
    public async Task TheReadmesTableIsPrinted()
    {
        var run = await Finml.RunAsync(Here, "verify", "markets.cartpole.fall", "--markdown");

        Assert.Contains("| Gymnasium cartpole.py | 11 | 11 | ok |", run.Output);
    }

    [Theory]
    [InlineData("statisticz", "The areas are torch, statistics, data, markets, agents, controls.")]
    [InlineData("--jsn", "did you mean '--json'?")]
    public async Task WhatItDoesNotKnowIsOneSentence(string argument, string answer)
    {
        var run = await Finml.RunAsync(Here, "verify", argument);

        Assert.Equal(1, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains(answer, run.Error);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task TwoFormatsAtOnceAreRefused()
    {
        var run = await Finml.RunAsync(Here, "verify", "markets.cartpole", "--json", "--markdown");

        Assert.Equal(1, run.Code);
        Assert.Contains("exclude each other", run.Error);
    }
}
