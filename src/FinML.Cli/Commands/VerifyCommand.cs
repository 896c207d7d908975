using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Data;
using FinML.Verification;

namespace FinML.Cli.Commands;

/// <summary><c>finml verify</c>: every number that somebody else published, beside ours.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var areas = new Argument<string[]>("CHECK")
        {
            Description = "Areas or identifiers to run, such as statistics or agents.ppo. [default: all]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print the results as JSON." };
        var markdown = new Option<bool>("--markdown") { Description = "Print the results as a Markdown table." };
        var nightly = new Option<bool>("--nightly")
        {
            Description = "Run the simulations of size, power and coverage too: each takes seconds to minutes.",
        };
        var command = new Command(
            "verify", "Compute reference numbers and compare them with what was published: expected, got, tolerance.")
        {
            areas, nightly, json, markdown,
        };
        command.WithExamples("finml verify", "finml verify statistics markets", "finml verify agents.ppo --json",
            "finml verify statistics.size --nightly", "finml verify --markdown");
        areas.Validators.Add(result =>
        {
            // An argument of any number takes a mistyped option for a check.
            if (result.Tokens.Select(token => token.Value).FirstOrDefault(value => value.StartsWith('-')) is { } option)
            {
                string? near = Nearest.Of(option, command.Options.Select(known => known.Name));
                result.AddError($"unknown option '{option}'{(near is null ? "" : $": did you mean '{near}'?")}");
            }
        });
        command.SetAction((result, stop) => Task.FromResult(
            Run(result.GetValue(areas) ?? [], result.GetValue(nightly), Choose(result.GetValue(json),
                result.GetValue(markdown)), stop)));
        return command;
    }

    private enum Format
    {
        Text,
        Json,
        Markdown,
    }

    private static Format Choose(bool json, bool markdown) => (json, markdown) switch
    {
        (true, true) => throw new UserErrorException("--json and --markdown exclude each other: give one of them."),
        (true, false) => Format.Json,
        (false, true) => Format.Markdown,
        _ => Format.Text,
    };

    private static int Run(string[] prefixes, bool nightly, Format format, CancellationToken stop)
    {
        var checks = VerificationSuite.Select(prefixes, nightly);
        int left = VerificationSuite.Select(prefixes, nightly: true).Count - checks.Count;
        var catalog = DataCatalog.Open();
        var results = new List<CheckResult>();
        for (int i = 0; i < checks.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            using var line = new StatusLine($"{i + 1} of {checks.Count}  {checks[i].Id}");
            var result = VerificationSuite.Run(checks[i], new VerificationContext(catalog, line));
            line.Dispose();
            results.Add(result);
            if (format == Format.Text)
                Print(result);
        }

        int skipped = results.Count(result => result.Skipped);
        int failed = results.Count(result => !result.Passed && !result.Skipped);
        Console.WriteLine(format switch
        {
            Format.Json => Json(results, failed, skipped).ToJsonString(),
            Format.Markdown => Markdown(results).ToMarkdown(),
            _ => $"{results.Count - failed - skipped} passed, {failed} failed"
                + (skipped > 0 ? $", {skipped} SKIPPED: their data are not here" : "")
                + (left > 0 ? $", {left} simulations left out (--nightly runs them)" : ""),
        });
        return failed == 0
            ? ExitCode.Success
            : CommandLine.Fail($"{failed} of {results.Count} checks failed, the first is "
                + $"{results.First(r => !r.Passed && !r.Skipped).Check.Id}.");
    }

    private static string Expected(ReferenceCheck check)
    {
        string relation = check.Comparison switch
        {
            Comparison.AtLeast => "at least ",
            Comparison.AtMost => "at most ",
            _ => "",
        };
        return relation + Number(check.Expected) + (check.Tolerance > 0 ? $" ± {Number(check.Tolerance)}" : "");
    }

    private static Figures.Table Markdown(IReadOnlyList<CheckResult> results)
    {
        var table = Figures.Table.Create()
            .Column("number").Column("source").Column("expected").Column("got").Column("");
        foreach (var result in results)
        {
            table = table.Row(
                result.Check.Description, result.Check.Source, Expected(result.Check), Number(result.Got),
                result.Passed ? "ok" : result.Skipped ? "skipped" : "FAILS");
        }

        return table;
    }

    private static void Print(CheckResult result)
    {
        var check = result.Check;
        string verdict = result.Passed ? "ok  " : result.Skipped ? "SKIP" : "FAIL";
        Console.WriteLine($"{verdict} {check.Id}  {check.Description}");
        Console.WriteLine(
            $"       expected {Expected(check)}, got {Number(result.Got)}, "
            + $"{RunDisplay.Duration(result.Elapsed)}  ({check.Source})");
        if (result.Error is not null)
            Console.WriteLine($"       {result.Error}");
    }

    private static JsonObject Json(IReadOnlyList<CheckResult> results, int failed, int skipped) => new()
    {
        ["ok"] = failed == 0,
        ["skipped"] = skipped,
        ["checks"] = new JsonArray([.. results.Select(result => (JsonNode)new JsonObject
        {
            ["id"] = result.Check.Id,
            ["description"] = result.Check.Description,
            ["source"] = result.Check.Source,
            ["comparison"] = result.Check.Comparison.ToString(),
            ["expected"] = result.Check.Expected,
            ["tolerance"] = result.Check.Tolerance,
            ["got"] = double.IsFinite(result.Got) ? result.Got : null,
            ["passed"] = result.Passed,
            ["skipped"] = result.Skipped,
            ["seconds"] = Math.Round(result.Elapsed.TotalSeconds, 3),
            ["error"] = result.Error,
        })]),
    };

    private static string Number(double value) => value.ToString("G12", CultureInfo.InvariantCulture);

    /// <summary>One line on standard error that says how far the running check is; gone when it ends.</summary>
    private sealed class StatusLine : IProgress<double>, IDisposable
    {
        private readonly string label;
        private int shown = -1;

        public StatusLine(string label)
        {
            this.label = label;
            Report(0);
        }

        public void Report(double value)
        {
            int percent = (int)(100 * value);
            if (Console.IsErrorRedirected || percent == shown)
                return;
            shown = percent;
            Console.Error.Write($"\r\x1b[K{label}  {percent} %");
        }

        public void Dispose()
        {
            if (!Console.IsErrorRedirected)
                Console.Error.Write("\r\x1b[K");
        }
    }
}
