using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FinML.Benchmarks;

/// <summary>A bound on the numbers of the rows that a pattern names (* stands for any text).</summary>
internal sealed record Target
{
    public required string Rows { get; init; }

    public double? AtLeast { get; init; }

    public double? AtMost { get; init; }

    /// <summary>The bound is on the median over the rows, not on each.</summary>
    public bool Median { get; init; }

    internal bool Names(string row) => FileSystemName.MatchesSimpleExpression(Rows, row);

    internal bool Holds(double number) => AtLeast is { } low ? number >= low : number <= AtMost;

    /// <summary>The bound in words.</summary>
    internal string Text(string unit) =>
        AtLeast is { } low ? $"at least {Format.Number(low)} {unit}" : $"at most {Format.Number(AtMost!.Value)} {unit}";
}

/// <summary>targets.json: what each suite must reach.</summary>
internal sealed class Targets
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    private readonly Target[] all;

    private Targets(Target[] all) => this.all = all;

    /// <summary>Reads the targets of a suite.</summary>
    /// <exception cref="FormatException">The text is no such file, or a target has not exactly one bound.</exception>
    internal static Targets Parse(string json, string suite)
    {
        Dictionary<string, Target[]>? suites;
        try
        {
            suites = JsonSerializer.Deserialize<Dictionary<string, Target[]>>(json, Json);
        }
        catch (JsonException failure)
        {
            throw new FormatException($"targets.json: {failure.Message}");
        }

        Target[] targets = suites?.GetValueOrDefault(suite)
            ?? throw new FormatException($"targets.json has no suite '{suite}'.");
        foreach (Target target in targets)
        {
            if (target.AtLeast.HasValue == target.AtMost.HasValue)
                throw new FormatException($"targets.json: '{target.Rows}' needs atLeast or atMost, and one only.");
        }

        return new Targets(targets);
    }

    /// <summary>The bound on one row's number, or null. The last that names it counts.</summary>
    internal Target? Of(string row) => all.LastOrDefault(t => !t.Median && t.Names(row));

    /// <summary>A sentence for each target that is missed, or that could not be measured.</summary>
    internal IReadOnlyList<string> Misses(IReadOnlyList<Result> results)
    {
        List<string> misses = [];
        foreach (Result result in results)
        {
            if (Of(result.Row) is not { } target)
                continue;
            if (result.Number is not { } number)
                misses.Add($"{result.Row}: not measured, {target.Text(result.Unit)} is wanted");
            else if (!target.Holds(number))
                misses.Add($"{result.Row}: {Format.Number(number)}, {target.Text(result.Unit)} is wanted");
        }

        foreach (Target target in all.Where(t => t.Median))
        {
            double[] numbers = [.. results.Where(r => target.Names(r.Row)).Select(r => r.Number).OfType<double>()];
            if (numbers.Length > 0 && Spread.Of(numbers).Median is var median && !target.Holds(median))
                misses.Add($"median of {target.Rows}: {Format.Number(median)}, {target.Text("x")} is wanted");
        }

        return misses;
    }
}
