using System.Text.Json.Nodes;

namespace FinML.Notebooks.Tests.Checking;

public sealed class NotebookCheckerTests
{
    private static async Task<CheckResult> CheckAsync(Notebook stored) =>
        await new NotebookChecker(new(), new OutputTolerance()).CheckAsync(stored);

    private static async Task<Notebook> ExecutedAsync(params NotebookCell[] cells) =>
        (await Notebooks.RunAsync(Notebook.Create(cells), new())).Executed;

    private static NotebookCell Code(string id, string source, params string[] tags) =>
        NotebookCell.Create(id, CellKind.Code, source, tags);

    [Fact]
    public async Task ANotebookThatGivesTheSameAgainIsTheSame()
    {
        var stored = await ExecutedAsync(Code("a", "var x = 2.0;\n#!time"), Code("b", "Console.WriteLine(x);\nx / 3"));
        var result = await CheckAsync(stored);
        Assert.Equal((CheckStatus.Same, 2), (result.Status, result.CellsCompared));
        Assert.Empty(result.Drift);
    }

    [Fact]
    public async Task ACellThatDriftsIsToldWithItsPlace()
    {
        var stored = await ExecutedAsync(
            Code("a", "1 + 1"), NotebookCell.Create("text", CellKind.Markdown, "## Results"), Code("b", "2.5"));
        stored.Cells[2].Source = "2.6";
        var before = NotebookFile.ToBytes(stored);

        var result = await CheckAsync(stored);

        var drift = Assert.Single(result.Drift);
        Assert.Equal(CheckStatus.Drifted, result.Status);
        Assert.Equal((2, "b", "Results"), (drift.Cell, drift.Id, drift.Caption));
        Assert.Equal(["- 2.5", "+ 2.6"], Assert.Single(drift.Differences).Lines);
        Assert.Equal(before, NotebookFile.ToBytes(stored));
    }

    [Fact]
    public async Task TagsSayWhatIsNotComparedNotRunAndExpectedToThrow()
    {
        var stored = await ExecutedAsync(
            Code("a", "var n = 1;"),
            Code("b", "Environment.TickCount64 + Guid.NewGuid().ToString()", CheckTag.IgnoreOutput),
            Code("c", "n = 100;", CheckTag.Skip),
            Code("d", "n = 5;\nthrow new InvalidOperationException($\"n is {n}\");", CheckTag.RaisesException),
            Code("e", "n + 1"));
        Assert.Equal("succeeded", stored.Metadata[RunRecord.Key]!["status"]!.ToString());
        Assert.Equal("6", stored.Cells[4].Outputs[0]["data"]!["text/plain"]![0]!.ToString());

        var result = await CheckAsync(stored);

        Assert.Equal(CheckStatus.Same, result.Status);
        Assert.Equal(3, result.CellsCompared); // a, d and e
        Assert.Empty(result.Run!.Executed.Cells[2].Outputs);

        stored.Cells[3].Source = "n = 5;\nthrow new InvalidOperationException(\"another\");";
        var drift = Assert.Single((await CheckAsync(stored)).Drift);
        Assert.Equal("error", Assert.Single(drift.Differences).What);
    }

    [Fact]
    public async Task ACellThatThrowsEndsTheCheckAfterWhatCameBefore()
    {
        var stored = await ExecutedAsync(Code("a", "1"), Code("b", "2"), Code("c", "3"));
        stored.Cells[0].Source = "10";
        stored.Cells[1].Source = "throw new Exception(\"no\");";
        var result = await CheckAsync(stored);
        Assert.Equal(CheckStatus.Failed, result.Status);
        Assert.Equal(2, result.Run!.Error!.Cell);
        Assert.Equal(1, Assert.Single(result.Drift).Cell);
    }

    [Fact]
    public async Task ANotebookWithoutStoredOutputsIsNotRun()
    {
        var result = await CheckAsync(Notebooks.Of("throw new Exception();"));
        Assert.Equal(CheckStatus.NeverRun, result.Status);
        Assert.Null(result.Run);
    }

    [Fact]
    public async Task ParametersThatWereGivenToTheStoredRunHoldInTheCheck()
    {
        var options = new NotebookHostOptions { Parameters = new Dictionary<string, string> { ["n"] = "7" } };
        var run = await Notebooks.RunAsync(Notebooks.WithParameters("int n = 1;", "n"), options);
        Assert.Equal("7", Notebooks.Text(run, 3));
        Assert.Equal(CheckStatus.Same, (await CheckAsync(run.Executed)).Status);
    }

    [Fact]
    public async Task TheRecordOfARunNamesSeedLockFileDataAndSdk()
    {
        using var folder = new Notebooks.Folder();
        var file = Path.Combine(folder.Path, "packages.lock.json");
        File.WriteAllText(file, "");
        var options = new NotebookHostOptions
        {
            LockFile = file,
            DataHashes = () => new Dictionary<string, string> { ["sp500"] = "ab12" },
        };
        var result = await Notebooks.RunAsync(Notebooks.Of("ulong seed = 18446744073709551615;"), options);
        var record = (JsonObject)result.Executed.Metadata[RunRecord.Key]!;
        Assert.Equal("18446744073709551615", record["seed"]!.ToString());
        Assert.Equal("ab12", record["data"]!["sp500"]!.ToString());
        // SHA-256 of nothing (FIPS 180-4).
        Assert.Equal(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", record["lockHash"]!.ToString());
        Assert.Matches(@"^\d+\.\d+\.\d+", record["sdk"]!.ToString());
        Assert.True(record.ContainsKey("dirty"));
    }
}
