using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FinML.Cli.Terminal;
using FinML.Notebooks;

namespace FinML.Cli.Commands;

/// <summary>What a check of one notebook found, as its process prints it in JSON and as a reader sees it.</summary>
/// <param name="File">The notebook.</param>
/// <param name="Status">"same", "drifted", "neverrun", "failed", "timedout", "cancelled" or "refused".</param>
/// <param name="Code">The exit code for this notebook alone.</param>
/// <param name="Seconds">Wall time of the run.</param>
/// <param name="Cells">Code cells of the notebook.</param>
/// <param name="CellsCompared">Those whose outputs were compared.</param>
/// <param name="Fresh">The file with the fresh outputs, or null where nothing ran.</param>
/// <param name="Error">What ended the run, or why there was none; null where it ended.</param>
/// <param name="Drift">The cells that differ.</param>
internal sealed record CheckReport(
    string File, string Status, int Code, double Seconds, int Cells, int CellsCompared, string? Fresh, string? Error,
    IReadOnlyList<CellDrift> Drift)
{
    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static CheckReport Of(string file, CheckResult result, string? fresh) => new(
        file, result.Status.ToString().ToLowerInvariant(), CodeOf(result.Status),
        Math.Round(result.Run?.Elapsed.TotalSeconds ?? 0, 3), result.Run?.Cells ?? 0, result.CellsCompared, fresh,
        result.Status == CheckStatus.NeverRun
            ? "it stores no outputs to compare with: run it, and commit the executed notebook."
            : result.Run?.Error?.Sentence,
        result.Drift);

    public static CheckReport Refused(string file, string why, int code = ExitCode.Failure) =>
        new(file, "refused", code, 0, 0, 0, null, why, []);

    public JUnitSuite Suite() => Fresh is not null && System.IO.File.Exists(Fresh)
        ? JUnitSuite.Of(File, NotebookFile.Read(Fresh), Error, Drift)
        : JUnitSuite.Refused(File, Error ?? "it did not run.");

    /// <summary>One line, and below it what differs, cell by cell.</summary>
    public void Write(TextWriter output)
    {
        var verdict = Code switch
        {
            ExitCode.Success => "same    ",
            ExitCode.Drift => "differs ",
            ExitCode.Timeout => "time-out",
            ExitCode.Interrupted => "stopped ",
            _ => "failed  ",
        };
        var drifted = Drift.Count > 0 ? FormattableString.Invariant($"{Drift.Count} of ") : "";
        var what = Error ?? FormattableString.Invariant(
            $"{drifted}{CellsCompared} compared cells{(Drift.Count > 0 ? " differ" : "")}");
        output.WriteLine(
            $"{verdict}  {File}  {RunDisplay.Duration(TimeSpan.FromSeconds(Seconds))}  {what}");
        foreach (var cell in Drift)
        {
            output.WriteLine($"  In[{cell.Cell}]  {cell.Caption}");
            foreach (var difference in cell.Differences)
            {
                var largest = difference.LargestRelativeDifference is { } size
                    ? string.Create(CultureInfo.InvariantCulture, $", largest relative difference {size:0.0e+0}")
                    : "";
                output.WriteLine($"    output {difference.Output}, {difference.What}{largest}");
                foreach (var line in difference.Lines)
                    output.WriteLine($"      {line}");
            }
        }

        if (Drift.Count > 0 && Fresh is not null)
            output.WriteLine($"  - stored, + fresh; the fresh notebook is {Workbench.Display(Fresh)}");
    }

    private static int CodeOf(CheckStatus status) => status switch
    {
        CheckStatus.Same => ExitCode.Success,
        CheckStatus.Drifted or CheckStatus.NeverRun => ExitCode.Drift,
        CheckStatus.TimedOut => ExitCode.Timeout,
        CheckStatus.Cancelled => ExitCode.Interrupted,
        _ => ExitCode.Failure,
    };
}
