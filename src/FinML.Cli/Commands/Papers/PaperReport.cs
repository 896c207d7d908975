using System.Globalization;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Notebooks;
using FinML.Notebooks.Papers;

namespace FinML.Cli.Commands;

/// <summary>What a check of one paper found: a verdict for each claim.</summary>
internal sealed class PaperReport
{
    // What another machine's last bits may do to a number, and no more.
    private static readonly double Same = new OutputTolerance().Relative;

    private readonly Paper paper;
    private readonly PaperBuild build;
    private readonly List<Row> rows;
    private readonly TimeSpan elapsed;

    private sealed record Row(ClaimResult Result, double? Stored, string? Error)
    {
        /// <summary>Whether the value is not that of the stored run any more.</summary>
        public bool Moved => Result.Value is { } fresh && Stored is { } stored
            && !(Math.Abs(fresh - stored) <= Same * Math.Max(Math.Abs(fresh), Math.Abs(stored)));

        /// <summary>Whether the paper says so: reproduced, or differing for a reason.</summary>
        public bool Good => Error is null && !Moved && (Result.Verdict == ClaimVerdict.Reproduced
            ? Result.Claim.Reason is null
            : Result.Verdict == ClaimVerdict.Differs && Result.Claim.Reason is not null);

        public string Verdict => Error is not null && Result.Verdict == ClaimVerdict.NotRun ? "not run"
            : Moved ? $"moved from {Stored!.Value.ToString("G9", CultureInfo.InvariantCulture).Replace('-', '−')}"
            : Result.Verdict switch
            {
                ClaimVerdict.Reproduced when Result.Claim.Reason is not null => "reproduced, with a reason to differ",
                ClaimVerdict.Reproduced => "reproduced",
                ClaimVerdict.Differs when Result.Claim.Reason is not null => "differs, as the paper says",
                ClaimVerdict.Differs => "DIFFERS",
                _ => "not reported",
            };
    }

    private PaperReport(Paper paper, PaperBuild build, List<Row> rows, TimeSpan elapsed)
    {
        this.paper = paper;
        this.build = build;
        this.rows = rows;
        this.elapsed = elapsed;
    }

    /// <summary>Holds the claims of a paper against fresh runs.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="fresh">The run of a notebook, as the paper names it.</param>
    public static PaperReport Of(Paper paper, Func<string, FreshRun> fresh)
    {
        var runs = paper.Notebooks.ToDictionary(name => name, fresh, StringComparer.Ordinal);
        var executed = runs.Where(pair => pair.Value.Executed is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value.Executed!);
        var build = PaperBuild.Of(paper, PaperRun.Of(executed));
        var stored = PaperBuild.Of(paper, PaperBuild.Stored(paper)).Results;
        var rows = build.Results.Zip(stored, (result, before) => new Row(
            result, before.Value, runs.GetValueOrDefault(result.Claim.Notebook)?.Error)).ToList();
        return new PaperReport(
            paper, build, rows, TimeSpan.FromTicks(runs.Values.Sum(run => run.Elapsed.Ticks)));
    }

    /// <summary>What is wrong with the paper besides its claims' verdicts; after a broken run what it did not get to
    /// show is not held against the paper.</summary>
    public IReadOnlyList<PaperProblem> Mistakes => rows.Any(row => row.Error is not null) ? [] : build.Mistakes;

    /// <summary>The exit code for this paper alone.</summary>
    public int Code => Mistakes.Count > 0 ? ExitCode.Failure
        : rows.Any(row => !row.Good) ? ExitCode.Drift
        : ExitCode.Success;

    /// <summary>The table of verdicts.</summary>
    public void Write(TextWriter output)
    {
        var state = rows.Count == 0 ? "no claims" : ReproductionBadge.Summary(build.Results);
        output.WriteLine($"{paper.Name}: {state}, {RunDisplay.Duration(elapsed)}");
        if (rows.Count == 0)
            return;
        string[] head = ["claim", "published", "ours", "difference", "tolerance", "verdict"];
        var cells = rows.Select(row => (string[])
        [
            row.Result.Claim.Id, row.Result.Claim.PublishedText, row.Result.ValueText, row.Result.DifferenceText,
            row.Result.Claim.ToleranceText, row.Verdict,
        ]).ToList();
        var widths = head.Select((title, i) => Math.Max(title.Length, cells.Max(line => line[i].Length))).ToArray();
        void Line(string mark, string[] line) => output.WriteLine((mark + string.Join("  ", line.Select((cell, i) =>
            i is 0 or 5 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))).TrimEnd().Replace('\u00A0', ' '));

        Line("    ", head);
        foreach (var (row, line) in rows.Zip(cells))
        {
            Line(row.Good ? "ok  " : "!!  ", line);
            if (row.Result.Verdict == ClaimVerdict.Differs && row.Result.Claim.Reason is { } reason)
                output.WriteLine($"      why: {reason}");
        }
    }

    public JsonObject Json() => new()
    {
        ["name"] = paper.Name,
        ["code"] = Code,
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
        ["claims"] = new JsonArray([.. rows.Select(row =>
        {
            var json = ClaimRow.Of(row.Result);
            json["stored"] = row.Stored;
            json["moved"] = row.Moved;
            json["good"] = row.Good;
            json["error"] = row.Error;
            return (JsonNode)json;
        })]),
        ["mistakes"] = new JsonArray([.. Mistakes.Select(each => (JsonNode)each.ToString())]),
    };

    /// <summary>A test suite with a case for each claim.</summary>
    public JUnitSuite Suite() => new(paper.Name,
    [
        .. rows.Select(row => new JUnitCase(
            row.Result.Claim.Id, TimeSpan.Zero,
            row.Good || row.Error is not null ? null
                : $"{row.Verdict}: published {row.Result.Claim.PublishedText}, ours {row.Result.ValueText}, "
                    + $"difference {row.Result.DifferenceText}, tolerance {row.Result.Claim.ToleranceText}",
            row.Good ? null : row.Error)),
        .. Mistakes.Select(each => new JUnitCase($"{each.File}:{each.Line}", TimeSpan.Zero, Error: each.Message)),
    ]);
}
