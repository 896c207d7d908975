using System.Text.Json.Nodes;

namespace FinML.Notebooks.Papers;

/// <summary>What the notebooks of a paper have reported, from their outputs.</summary>
public sealed class PaperRun
{
    private readonly List<PaperProblem> problems = [];
    private readonly Dictionary<string, Report> claims = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> figures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<(ReportedKind, string), string> places = [];
    private readonly HashSet<string> executed = new(StringComparer.Ordinal);
    private readonly List<string> stamps = [];

    private PaperRun()
    {
    }

    /// <summary>A value as a cell reported it.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="StandardError">Its standard error, or null.</param>
    /// <param name="Notebook">The notebook, as the paper names it.</param>
    internal readonly record struct Report(double Value, double? StandardError, string Notebook);

    /// <summary>Reads the outputs of notebooks.</summary>
    /// <param name="notebooks">The notebooks by the names that the paper gives them.</param>
    public static PaperRun Of(IReadOnlyDictionary<string, Notebook> notebooks)
    {
        var run = new PaperRun();
        foreach (var (name, notebook) in notebooks.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            run.Add(name, notebook);
        return run;
    }

    /// <summary>What a reader needs to know of where the numbers come from: a sentence for each notebook.</summary>
    public IReadOnlyList<string> Stamps => stamps;

    /// <summary>What is wrong with the reports themselves.</summary>
    internal IReadOnlyList<PaperProblem> Problems => problems;

    internal IReadOnlyDictionary<string, Report> Claims => claims;

    /// <summary>Whether a notebook has run.</summary>
    internal bool HasRun(string notebook) => executed.Contains(notebook);

    /// <summary>The names of the figures, or of the tables.</summary>
    internal IEnumerable<string> Names(ReportedKind kind) => (kind == ReportedKind.Figure ? figures : tables).Keys;

    /// <summary>The content of a figure's or table's output under a media type, or null.</summary>
    internal string? Part(ReportedKind kind, string id, string mime) =>
        (kind == ReportedKind.Figure ? figures : tables).GetValueOrDefault(id)?[mime] is { } node
            ? MultilineText.FromJson(node)
            : null;

    /// <summary>What became of a claim.</summary>
    /// <exception cref="PaperException">The value cannot be compared.</exception>
    internal ClaimResult Result(Claim claim) => claims.TryGetValue(claim.Id, out var report)
        ? claim.Compare(report.Value, report.StandardError)
        : claim.NotRun();

    private void Add(string name, Notebook notebook)
    {
        var number = 0;
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            number++;
            if (cell.ExecutionCount is not null)
                executed.Add(name);
            foreach (var output in cell.Outputs)
            {
                if (ReportedItem.Of(output) is { } item)
                {
                    var place = FormattableString.Invariant($"In[{number}] of {name}");
                    Add(item, (JsonObject)output["data"]!, name, place);
                }
            }
        }

        stamps.Add(Stamp(name, notebook));
    }

    private void Add(ReportedItem item, JsonObject data, string notebook, string place)
    {
        var kind = item.Kind.ToString().ToLowerInvariant();
        var fresh = places.TryAdd((item.Kind, item.Id), place);
        var first = places[(item.Kind, item.Id)];
        if (item.Kind == ReportedKind.Claim)
        {
            if (item.Value is not { } value)
            {
                problems.Add(new(notebook, 0, $"{place} reports the claim \"{item.Id}\" without a value."));
                return;
            }

            var report = new Report(value, item.StandardError, notebook);
            if (fresh)
            {
                claims[item.Id] = report;
            }
            else if (claims.GetValueOrDefault(item.Id) is var other && !other.Value.Equals(value))
            {
                problems.Add(new(notebook, 0, FormattableString.Invariant(
                    $"{place} reports the claim \"{item.Id}\" as {value}, and {first} as {other.Value}: ")
                    + "report it once."));
            }
        }
        else if (fresh)
        {
            (item.Kind == ReportedKind.Figure ? figures : tables)[item.Id] = data;
        }
        else
        {
            problems.Add(new(notebook, 0, $"{place} shows the {kind} \"{item.Id}\", and so does {first}: "
                + "give each its own name."));
        }
    }

    /// <summary>"notebooks/a.ipynb: run of commit 0123456789ab on 2026-01-02".</summary>
    private string Stamp(string name, Notebook notebook)
    {
        if (!executed.Contains(name))
            return $"{name}: not run";
        var record = notebook.Metadata[RunRecord.Key];
        var commit = record?["commit"]?.ToString() is { Length: >= 7 } hash
            ? $" of commit {hash[..Math.Min(12, hash.Length)]}"
            : "";
        var changes = record?["dirty"]?.ToString() == "true" ? " with changes" : "";
        var started = record?["started"]?.ToString() is { Length: >= 10 } time ? $" on {time[..10]}" : "";
        return commit.Length + started.Length == 0
            ? $"{name}: a run without a record"
            : $"{name}: run{commit}{changes}{started}";
    }
}
