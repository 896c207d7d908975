using System.CommandLine;
using System.Text.Json.Nodes;
using FinML.Cli.Commands;
using FinML.Data;
using FinML.Evaluation;
using FinML.Statistics;
using Microsoft.Data.Sqlite;

namespace FinML.Cli.Tests.Commands;

/// <summary>What a user sees of a ledger, and of one that somebody touched.</summary>
public sealed class EvaluateLedgerCommandTests : IDisposable
{
    private readonly Workplace _place = new();

    private string File => Path.Combine(_place.Path, "ledger.db");

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Everything_that_was_tried_is_shown()
    {
        string head = Fill();
        var (code, output, error) = Run("--file", File);
        Assert.Equal((0, ""), (code, error));
        foreach (string says in new[]
        {
            "trend      ", "Trend following earns more than holding.",
            "amended: horizon: '1 day' became '5 days' (Costs.)",
            "opened again, time 2 (a trial)", "The final test.", "2020-03-11", "the chain is whole.", head,
        })
            Assert.Contains(says, output, StringComparison.Ordinal);

        JsonNode json = JsonNode.Parse(Run("--file", File, "--json", "--head", head).Output)!;
        JsonNode trend = json["experiments"]!.AsArray().Single(e => (string?)e!["name"] == "trend")!;
        Assert.Equal((4, 2, 1), ((int)trend["trials"]!, (int)trend["effectiveTrials"]!, (int)trend["reopenings"]!));
        Assert.Equal((1, 2, 1), ((int)trend["registered"]!, (int)trend["exploratory"]!, (int)trend["others"]!));
        Assert.Equal(2, json["registrations"]!.AsArray().Count);
        Assert.Equal("Opening", (string?)json["lockboxes"]![1]!["type"]);
        Assert.True((bool)json["chain"]!["isIntact"]!);
        Assert.Equal(head, (string?)json["chain"]!["head"]);
    }

    [Theory]
    [InlineData("UPDATE entries SET fields = replace(fields, '\"sharpePerPeriod\":\"', '\"sharpePerPeriod\":\"9') "
        + "WHERE sequence = 2", "Row 2 ('a' of experiment 'trend') was changed: sharpePerPeriod says '9")]
    [InlineData("UPDATE entries SET fields = '{}' WHERE sequence = 2",
        "Row 2 (trial of experiment 'trend') was changed")]
    public void A_touched_ledger_fails_and_says_which_row(string sql, string says)
    {
        Fill();
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER entries_no_update; " + sql;
            command.ExecuteNonQuery();
        }

        var (code, output, error) = Run("--file", File);
        Assert.Equal(1, code);
        Assert.Contains(says, output, StringComparison.Ordinal);
        Assert.StartsWith("finml: The ledger is not whole (2 faults): The trigger entries_no_update", error);
        JsonNode json = JsonNode.Parse(Run("--file", File, "--json").Output)!;
        Assert.False((bool)json["chain"]!["isIntact"]!);
        Assert.Contains(json["chain"]!["faults"]!.AsArray(), fault => ((string)fault!).StartsWith(says));
    }

    [Fact]
    public void A_head_that_is_gone_is_a_rewritten_history()
    {
        Fill();
        var (code, _, error) = Run("--file", File, "--head", new string('a', 64));
        Assert.Equal(1, code);
        Assert.Contains("its history was rewritten", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_opened_is_one_sentence()
    {
        Assert.Equal((1, "", $"finml: There is no ledger at {File}.\n"), Run("--file", File));
        System.IO.File.WriteAllText(File, new string('a', 5_000));
        Assert.Contains("is not a ledger", Run("--file", File).Error, StringComparison.Ordinal);
        Assert.Contains("--file and --postgres exclude each other", Run("--file", File, "--postgres", "Host=a").Error,
            StringComparison.Ordinal);
        Assert.Contains("needs Host and Database", Run("--postgres", "Host=a").Error, StringComparison.Ordinal);
        string error = Run("--postgres", "Host=127.0.0.1;Port=1;Database=d;Password=hunter2;Timeout=2").Error;
        Assert.StartsWith("finml: The ledger postgresql://127.0.0.1:1/d cannot be reached", error);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.Contains("--postgres needs a connection string", Run("--postgres").Error, StringComparison.Ordinal);
    }

    /// <summary>One experiment with a registered trial, an exploratory twin of it, a baseline and a hold-out that was
    /// opened twice. Gives the head.</summary>
    private string Fill()
    {
        using TrialLedger ledger = TrialLedger.Open(File);
        RegistrationEntry registration = ledger.Register(new Registration
        {
            Experiment = "trend",
            Hypothesis = "Trend following earns more than holding.",
            PrimaryMetric = "net Sharpe ratio a year",
            Universe = "one index",
            Sample = "2020",
            Horizon = "1 day",
            Family = ["a"],
        });
        Record("a", TrialKind.Trial, registration.Id, 1);
        Record("b", TrialKind.Trial, null, 2);
        Record("c", TrialKind.Trial, null, 3);
        Record("hold", TrialKind.Baseline, null, 1);
        ledger.Amend(registration, registration.Registration with { Horizon = "5 days" }, "Costs.");
        Lockbox box = Lockbox.Seal(ledger, "trend", Prices, new DateTime(2020, 3, 11));
        box.Open(registration, "The final test.");
        box.Open(registration, "Once more.");
        return ledger.Verify().Head;

        void Record(string name, TrialKind kind, string? id, double scale)
        {
            double[] values = [.. Enumerable.Range(0, 60).Select(t => scale * .01 * Math.Sin(t * t))];
            SharpeRatio ratio = SharpeRatio.Of(ReturnSeries.Simple(values, 252));
            ledger.Record(
                TrialRecord.Of(ratio, "trend", name, "{}", "data", "code", 1, kind) with { Registration = id },
                TrialReturns.Of([.. Enumerable.Range(0, 60).Select(t => new DateTime(2020, 1, 1).AddDays(t))], values));
        }
    }

    private static Panel Prices() => Panel.OfAsset(
        "A", [.. Enumerable.Range(0, 100).Select(day => new DateTime(2020, 1, 1).AddDays(day))],
        ("close", [.. Enumerable.Range(0, 100).Select(day => 100.0 + day)]));

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        StringWriter output = new(), error = new();
        InvocationConfiguration configuration = new()
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        };
        int code = EvaluateCommand.Create().Parse(["ledger", .. args]).Invoke(configuration);
        return (code, output.ToString(), error.ToString());
    }
}
