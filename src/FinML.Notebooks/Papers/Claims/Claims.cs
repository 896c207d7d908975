using System.Globalization;
using System.Net;
using System.Text;
using FinML.Figures;

namespace FinML.Notebooks.Papers;

/// <summary>
/// What a notebook's cells give to papers: values of claims, figures and tables. Each is shown below the cell, and
/// marked so that a paper's build and check find it in the notebook's outputs.
/// </summary>
public sealed class Claims
{
    private readonly ICellOutput outputs;
    private readonly string directory;

    internal Claims(ICellOutput outputs, string directory)
    {
        this.outputs = outputs;
        this.directory = directory;
    }

    /// <summary>Reports our value of a claim, and shows it beside the published one.</summary>
    /// <param name="id">The claim's id in a papers/NAME/claims.json.</param>
    /// <param name="value">Ours; finite.</param>
    /// <param name="standardError">Its standard error, above 0, or null where it has none.</param>
    /// <exception cref="ArgumentException">The id is not one, or a number is out of its range.</exception>
    public void Report(string id, double value, double? standardError = null)
    {
        Check(id);
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value), FormattableString.Invariant($"The value of \"{id}\" must be finite, but is {value}."));
        }

        if (standardError is { } error && !(error > 0 && double.IsFinite(error)))
        {
            throw new ArgumentOutOfRangeException(nameof(standardError), FormattableString.Invariant(
                $"The standard error of \"{id}\" must be finite and above 0, but is {error}."));
        }

        var lines = Lines(id, value, standardError, out var claim, out var verdict);
        outputs.Display(new MimeBundle(
        [
            new ReportedItem(ReportedKind.Claim, id, value, standardError).Part(),
            new("text/html", Html(id, claim, lines, verdict)),
            new("text/plain", Text(id, claim, lines, verdict)),
        ]));
    }

    /// <summary>Shows a figure, and gives it to papers under <paramref name="id"/>.</summary>
    /// <exception cref="ArgumentException">The id is not one.</exception>
    public void Figure(string id, Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        Show(ReportedKind.Figure, id, ValueFormatter.Format(figure));
    }

    /// <summary>Shows a table, and gives it to papers under <paramref name="id"/>.</summary>
    /// <exception cref="ArgumentException">The id is not one, or the table has no columns.</exception>
    public void Table(string id, Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.ColumnCount == 0)
            throw new ArgumentException($"The table \"{id}\" has no columns.", nameof(table));
        var shown = ValueFormatter.Format(table);
        var latex = new KeyValuePair<string, string>("text/latex", table.ToLatex());
        Show(ReportedKind.Table, id, new MimeBundle([.. shown.Parts, latex]));
    }

    private void Show(ReportedKind kind, string id, MimeBundle bundle)
    {
        Check(id);
        outputs.Display(new MimeBundle([.. bundle.Parts, new ReportedItem(kind, id).Part()]));
    }

    private static void Check(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!ClaimsFile.IsId(id))
            throw new ArgumentException("Here " + ClaimsFile.IdRule(id), nameof(id));
    }

    /// <summary>What is known of the claim, as name and text.</summary>
    private List<(string Name, string Value)> Lines(
        string id, double value, double? standardError, out Claim? claim, out (ClaimVerdict? Kind, string Text) verdict)
    {
        (claim, var why) = ClaimsCatalog.Find(id, directory);
        string Plain(double number) => number.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');
        if (claim is null)
        {
            verdict = (null, why!);
            return [("ours", Plain(value) + (standardError is { } se ? $" ({Plain(se)})" : ""))];
        }

        ClaimResult result;
        try
        {
            result = claim.Compare(value, standardError);
            verdict = (result.Verdict, result.VerdictText);
        }
        catch (PaperException error)
        {
            result = new ClaimResult(claim, value, standardError, null, ClaimVerdict.NotRun);
            verdict = (null, error.Message);
        }

        var ours = result.ValueText + (standardError is null ? "" : $" ({result.StandardErrorText})");
        return
        [
            ("published", claim.PublishedText), ("ours", ours),
            ("difference", result.DifferenceText), ("tolerance", claim.ToleranceText),
        ];
    }

    private static string Text(
        string id, Claim? claim, List<(string Name, string Value)> lines, (ClaimVerdict? Kind, string Text) verdict)
    {
        var text = new StringBuilder($"claim {id}: {verdict.Text}\n");
        if (claim is not null)
            text.Append($"  {claim.Statement} ({claim.Source})\n");
        text.Append("  ").AppendJoin("   ", lines.Select(line => $"{line.Name} {line.Value}"));
        if (claim?.Reason is { } reason && verdict.Kind == ClaimVerdict.Differs)
            text.Append($"\n  why: {reason}");
        return text.ToString();
    }

    private static string Html(
        string id, Claim? claim, List<(string Name, string Value)> lines, (ClaimVerdict? Kind, string Text) verdict)
    {
        static string Encode(string text) => WebUtility.HtmlEncode(text);
        var colour = verdict.Kind switch
        {
            ClaimVerdict.Reproduced => "#1a7f37",
            ClaimVerdict.Differs => "#b35900",
            _ => "#7a828e",
        };
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture,
            $"<div style=\"border-left:4px solid {colour};padding:.25em 0 .25em .9em;margin:.6em 0;line-height:1.5\">");
        html.Append($"<div><b style=\"color:{colour}\">{Encode(verdict.Text)}</b> &nbsp;<code>{Encode(id)}</code>")
            .Append("</div>");
        if (claim is not null)
            html.Append($"<div>{Encode(claim.Statement)} <i>{Encode(claim.Source)}</i></div>");
        html.Append("<div>").AppendJoin(" &nbsp;·&nbsp; ",
            lines.Select(line => $"{line.Name} <b>{Encode(line.Value)}</b>")).Append("</div>");
        if (claim?.Reason is { } reason && verdict.Kind == ClaimVerdict.Differs)
            html.Append($"<div>Why: {Encode(reason)}</div>");
        return html.Append("</div>").ToString();
    }
}
