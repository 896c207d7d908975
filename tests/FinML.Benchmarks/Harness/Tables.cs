using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FinML.Benchmarks;

/// <summary>Results as text, as a Markdown table and as JSON.</summary>
internal static class Tables
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The cells of one row: name, ours, theirs, ratio, the number with its target, verdict.</summary>
    internal static string[] Cells(Result result, Targets targets)
    {
        bool time = result.Unit is "x" or "x one thread";
        string Side(Spread? spread) => spread is null ? "–"
            : time ? $"{Format.Seconds(spread.Median)} [{Format.Seconds(spread.Low)}, {Format.Seconds(spread.High)}]"
            : $"{Format.Number(spread.Median)} {result.Unit} "
                + $"[{Format.Number(spread.Low)}, {Format.Number(spread.High)}]";
        Target? target = targets.Of(result.Row);
        string number = result.Number is not { } value ? "–"
            : time ? $"{Format.Number(value)} {result.Unit}" : $"{Format.Number(value)}";
        if (result.Ceiling is { } ceiling)
            number += $" ({Format.Number(ceiling)} by copies)";
        return
        [
            result.Row,
            Side(result.Ours),
            Side(result.Theirs),
            result.Ratio is { } ratio ? Format.Number(ratio) : "–",
            number,
            target is null ? "–" : target.Text(""),
            target is null || result.Number is not { } reached ? "" : target.Holds(reached) ? "ok" : "short",
        ];
    }

    internal static string[] Heads(string peer) =>
        ["work", "ours [10 %, 90 %]", $"{peer} [10 %, 90 %]", $"{peer} / ours", "number", "target", ""];

    /// <summary>The README's table, under a line that says where, when and what.</summary>
    internal static string Markdown(Suite suite, Machine machine, IReadOnlyList<Result> results, Targets targets)
    {
        var text = new StringBuilder();
        text.AppendLine(machine.ToString());
        text.AppendLine();
        text.AppendLine($"| {string.Join(" | ", Heads(suite.PeerName))} |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|---|");
        foreach (Result result in results)
            text.AppendLine($"| {string.Join(" | ", Cells(result, targets).Select(c => c.TrimEnd()))} |");
        return text.ToString();
    }

    /// <summary>One line of the table on a terminal.</summary>
    internal static string Line(string[] cells) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cells[0],-34} {cells[1],-34} {cells[2],-34} {cells[3],8} {cells[4],22} {cells[5],14} {cells[6]}").TrimEnd();

    internal static string Json(Machine machine, IReadOnlyList<Result> results, Targets targets) =>
        JsonSerializer.Serialize(
            new { machine, results = results.Select(r => new { result = r, target = targets.Of(r.Row) }) }, Indented);
}
