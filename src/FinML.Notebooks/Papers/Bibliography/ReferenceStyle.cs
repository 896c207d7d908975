using System.Net;
using System.Text;

namespace FinML.Notebooks.Papers;

/// <summary>
/// Citations by author and year, and the list of references, after the seventh edition of the American Psychological
/// Association's manual. Works of the same authors and year are told apart by letters.
/// </summary>
internal sealed class ReferenceStyle
{
    private const int MostAuthors = 20;

    private readonly Dictionary<string, string> letters = new(StringComparer.Ordinal);

    /// <summary>A style for the works that a text cites.</summary>
    public ReferenceStyle(IEnumerable<BibEntry> cited)
    {
        Sorted = [.. cited.OrderBy(entry => BibText.Fold(SortNames(entry)), StringComparer.Ordinal)
            .ThenBy(entry => entry.Year, StringComparer.Ordinal)
            .ThenBy(entry => BibText.Fold(entry.Text("title") ?? ""), StringComparer.Ordinal)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)];
        foreach (var same in Sorted.GroupBy(entry => (Short(entry, "&"), entry.Year)).Where(g => g.Count() > 1))
        {
            foreach (var (entry, i) in same.Select((entry, i) => (entry, i)))
                letters[entry.Key] = i < 26 ? ((char)('a' + i)).ToString() : FormattableString.Invariant($"-{i + 1}");
        }
    }

    /// <summary>The works in the order of the list.</summary>
    public IReadOnlyList<BibEntry> Sorted { get; }

    /// <summary>"Ding et al. (1993)", "Bailey and López de Prado (2014)" for "and".</summary>
    public static string Short(BibEntry entry, string and) => entry.Authors switch
    {
        [] => Brief(entry.Text("title") ?? entry.Key),
        [var one] => one.Family,
        [var one, { Family: "others" }] => $"{one.Family} et al.",
        [var one, var two] => $"{one.Family} {and} {two.Family}",
        [var one, ..] => $"{one.Family} et al.",
    };

    /// <summary>The year, with a letter where it needs one.</summary>
    public string Year(BibEntry entry) => entry.Year + letters.GetValueOrDefault(entry.Key, "");

    /// <summary>A work of the list as HTML.</summary>
    public string Html(BibEntry entry)
    {
        var html = new StringBuilder();
        void Add(string? text, string before = " ", string after = ".", bool italic = false)
        {
            if (text is null)
                return;
            var encoded = WebUtility.HtmlEncode(after == "." ? text.TrimEnd('.') : text);
            html.Append(before).Append(italic ? $"<i>{encoded}</i>" : encoded).Append(
                text.EndsWith('?') || text.EndsWith('!') ? after.TrimStart('.') : after);
        }

        var title = entry.Text("title");
        var names = List(entry.Authors);
        var editors = entry.Names("author").Count == 0 && entry.Names("editor").Count > 0;
        if (names.Length > 0)
        {
            html.Append(WebUtility.HtmlEncode(names));
            html.Append(editors ? entry.Authors.Count == 1 ? " (Ed.)." : " (Eds.)." : "");
        }
        else
        {
            html.Append(WebUtility.HtmlEncode(title ?? entry.Key));
            title = null;
        }

        html.Append(" (").Append(WebUtility.HtmlEncode(Year(entry))).Append(").");
        var pages = entry.Text("pages")?.Replace('-', '–');
        switch (entry.Type)
        {
            case "article" when entry.Text("journal", "journaltitle") is { } journal:
                Add(title);
                Add(journal, after: "", italic: true);
                Add(entry.Text("volume"), ", ", "", italic: true);
                Add(entry.Text("number", "issue"), entry.Text("volume") is null ? ", (" : "(", ")");
                Add(pages, ", ", "");
                html.Append('.');
                break;
            case "incollection" or "inproceedings" or "conference" or "inbook":
                Add(title);
                html.Append(" In");
                if (!editors && entry.Names("editor") is { Count: > 0 } people)
                    Add(List(people, initialsFirst: true), after: people.Count == 1 ? " (Ed.)," : " (Eds.),");
                Add(entry.Text("booktitle") ?? entry.Text("journal"), after: "", italic: true);
                var edition = entry.Text("edition") is { } nth ? $"{nth} ed." : null;
                List<string> inside =
                [
                    .. new[] { edition, entry.Text("volume") is { } v ? $"Vol. {v}" : null,
                        pages is null ? null : (pages.Contains('–') ? "pp. " : "p. ") + pages, }.OfType<string>(),
                ];
                if (inside.Count > 0)
                    Add(string.Join(", ", inside), " (", ")");
                html.Append('.');
                Add(entry.Text("publisher", "organization"));
                break;
            default:
                Add(title, after: "", italic: true);
                List<string> about =
                [
                    .. new[]
                    {
                        entry.Text("edition") is { } which ? $"{which} ed." : null,
                        Kind(entry),
                        entry.Text("number") is { } number && entry.Type is "techreport" or "report"
                            ? $"No. {entry.Text("number")}" : null,
                    }.OfType<string>(),
                ];
                if (about.Count > 0)
                    Add(string.Join(", ", about), " (", ")");
                if (title is not null || about.Count > 0)
                    html.Append('.');
                Add(entry.Text("publisher", "institution", "school", "organization", "howpublished"));
                break;
        }

        Add(entry.Text("note"));
        html.Append(Link(entry));
        return html.ToString().Replace("..", ".", StringComparison.Ordinal);
    }

    private static string? Kind(BibEntry entry) => entry.Text("type") ?? entry.Type switch
    {
        "phdthesis" => "Doctoral dissertation",
        "mastersthesis" => "Master’s thesis",
        "techreport" or "report" => "Technical report",
        "unpublished" => "Unpublished manuscript",
        _ => null,
    };

    private static string Link(BibEntry entry)
    {
        var doi = entry.Fields.TryGetValue("doi", out var field) ? Plain(field.Value) : null;
        var address = doi is not null
            ? doi.StartsWith("http", StringComparison.Ordinal) ? doi : $"https://doi.org/{doi}"
            : entry.Fields.TryGetValue("url", out field) ? Plain(field.Value)
            : entry.Fields.TryGetValue("eprint", out field)
                && entry.Text("archiveprefix", "eprinttype")?.ToLowerInvariant() == "arxiv"
                ? $"https://arxiv.org/abs/{Plain(field.Value)}"
                : null;
        // Only addresses of the web become links: a file must not bring a script in.
        return address is null || !(address.StartsWith("https://", StringComparison.Ordinal)
                || address.StartsWith("http://", StringComparison.Ordinal))
            ? ""
            : $" <a href=\"{WebUtility.HtmlEncode(address)}\">{WebUtility.HtmlEncode(address)}</a>";
    }

    /// <summary>An address without TeX's braces and escapes.</summary>
    private static string Plain(string tex) => tex.Replace("\\url", "", StringComparison.Ordinal)
        .Replace("\\", "", StringComparison.Ordinal).Trim('{', '}', ' ');

    /// <summary>"Ding, Z., Granger, C. W. J., &amp; Engle, R. F."</summary>
    private static string List(IReadOnlyList<BibName> names, bool initialsFirst = false)
    {
        var shown = names.Where(name => name.Family != "others").Select(name => One(name, initialsFirst)).ToList();
        var others = shown.Count < names.Count;
        if (shown.Count > MostAuthors)
            return string.Join(", ", shown.Take(MostAuthors - 1)) + ", … " + shown[^1];
        if (others)
            return string.Join(", ", shown) + ", et al.";
        return shown switch
        {
            [] => "",
            [var one] => one,
            [var one, var two] => initialsFirst ? $"{one} & {two}" : $"{one}, & {two}",
            _ => string.Join(", ", shown[..^1]) + ", & " + shown[^1],
        };
    }

    private static string One(BibName name, bool initialsFirst)
    {
        var initials = BibText.Initials(name.Given);
        var suffix = name.Suffix.Length > 0 ? $", {name.Suffix}" : "";
        return initials.Length == 0 ? name.Family
            : initialsFirst ? $"{initials} {name.Family}{suffix}"
            : $"{name.Family}, {initials}{suffix}";
    }

    private static string SortNames(BibEntry entry) => entry.Authors.Count == 0
        ? entry.Text("title") ?? entry.Key
        : string.Join(' ', entry.Authors.Select(name => $"{name.Family} {name.Given}"));

    private static string Brief(string title)
    {
        var words = title.Split(' ');
        return words.Length <= 4 ? title : string.Join(' ', words[..4]) + " …";
    }
}
