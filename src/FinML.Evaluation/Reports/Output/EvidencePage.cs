using System.Net;
using System.Text;
using FinML.Figures;
using FinML.Shared;

namespace FinML.Evaluation;

/// <summary>A report as one HTML file that opens without a network: no script, no font, no image from elsewhere, and a
/// content security policy that forbids them. Always the same bytes for the same report.</summary>
public static class EvidencePage
{
    /// <summary>The page.</summary>
    public static string Render(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var body = new StringBuilder();
        Header(body, report);
        Tiles(body, report);
        Checks(body, report);
        foreach (ReportSection section in EvidenceSections.Of(report))
            Section(body, section);
        Footer(body, report);
        return OfflinePage.Of($"{report.Input.Name}: what it is evidence for", PageStyle.Css,
            $"<main>\n{body}</main>\n".ReplaceLineEndings("\n"));
    }

    private static void Header(StringBuilder body, EvidenceReport report)
    {
        (string tone, string label) = report.Verdict.Kind switch
        {
            VerdictKind.Supported when report.Input.Benchmark is null => ("good", "More than cash; no benchmark"),
            VerdictKind.Supported => ("good", "Supported"),
            VerdictKind.Suggestive => ("mid", "Suggestive, no discovery"),
            VerdictKind.NotBetter => ("mid", "No evidence that it beats the benchmark"),
            VerdictKind.BestOfMany => ("mid", "No better than luck among so many"),
            VerdictKind.Worse => ("bad", "Worse than the benchmark"),
            VerdictKind.NoEvidence => ("bad", "No evidence of skill"),
            VerdictKind.InsufficientData => ("none", "Insufficient data"),
            _ => ("bad", "No verdict"),
        };
        body.Append("<header>\n<p class=\"kicker\">Backtest report</p>\n")
            .Append($"<h1>{Encode(report.Input.Name)}</h1>\n")
            .Append($"<p class=\"span\">{Encode(EvidenceSections.Span(report))}</p>\n</header>\n")
            .Append($"<section class=\"card verdict {tone}\">\n<p class=\"label\">{label}</p>\n")
            .Append($"<p class=\"sentence\">{Encode(report.Verdict.Sentence)}</p>\n");
        if (report.Verdict.Reasons.Count > 0)
        {
            body.Append("<ul>\n");
            foreach (string reason in report.Verdict.Reasons)
                Item(body, reason);
            body.Append("</ul>\n");
        }

        body.Append("</section>\n");
    }

    private static void Tiles(StringBuilder body, EvidenceReport report)
    {
        body.Append("<section class=\"tiles\">\n");
        if (report.Sharpe is { } sharpe && report.Verdict.Kind != VerdictKind.NoVerdict)
        {
            Tile("Sharpe ratio a year", Say.Of($"{sharpe.Annual.Estimate:0.00}"),
                Say.Of($"{100 * report.Options.Bootstrap.Level:0.#}%: {sharpe.Annual.Lower:0.00} to ")
                + Say.Of($"{sharpe.Annual.Upper:0.00}"));
            Tile("deflated (DSR)", Say.Of($"{sharpe.Deflated.Probability:0.000}"),
                Say.Of($"PSR {sharpe.Probabilistic.Probability:0.000}"));
        }

        Tile("return a year", CellFormat.Percent(1).Write(report.Net.AnnualisedReturn),
            (report.Gross is { } gross
                ? $"{CellFormat.Percent(1).Write(gross.AnnualisedReturn)} before costs, "
                : "") + $"volatility {CellFormat.Percent(1).Write(report.Net.AnnualisedVolatility)}");
        Tile("deepest drawdown", CellFormat.Percent(1).Write(-report.Net.MaximumDrawdown.Depth),
            Say.Of($"{report.Net.MaximumDrawdown.Duration:N0} periods under water"));
        if (report.Market is { } market)
            Tile("beta", Say.Of($"{market.Beta:0.00}"),
                Say.Of($"alpha {market.AlphaPerYear:0.0%}, p = {market.AlphaPValue:0.00}"));
        if (report.Selection?.Overfitting is { } overfitting)
            Tile("overfitting (PBO)", Say.Of($"{overfitting.Probability:0.00}"),
                Say.Of($"{report.Selection.Count} strategies"));
        body.Append("</section>\n");

        void Tile(string name, string value, string more) => body
            .Append($"<div class=\"card tile\"><div class=\"name\">{Encode(name)}</div>")
            .Append($"<div class=\"value\">{Encode(value)}</div><div class=\"more\">{Encode(more)}</div></div>\n");
    }

    private static void Checks(StringBuilder body, EvidenceReport report)
    {
        if (report.Checks.Count + report.Input.Notes.Count == 0)
            return;
        body.Append("<ul class=\"checks\">\n");
        foreach (DataCheck check in report.Checks)
        {
            string level = check.Level.ToString().ToLowerInvariant();
            body.Append($"<li class=\"{level}\"><b>{Encode(Upper(check.Id))}.</b> {Encode(check.Sentence)}</li>\n");
        }

        if (report.Input.Notes.Count > 0)
        {
            body.Append("<li><b>How the returns were read.</b>\n<ul>\n");
            foreach (string note in report.Input.Notes)
                body.Append($"<li>{Encode(note)}</li>\n");
            body.Append("</ul></li>\n");
        }

        body.Append("</ul>\n");
    }

    /// <summary>"Name: sentence" with the name in bold.</summary>
    private static void Item(StringBuilder body, string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        body.Append($"<li><b>{Encode(line[..colon])}.</b> {Encode(Upper(line[(colon + 2)..]))}</li>\n");
    }

    private static void Section(StringBuilder body, ReportSection section)
    {
        body.Append($"<section>\n<h2>{Encode(section.Title)}</h2>\n");
        if (section.Figures.Count + section.Tables.Count == 0)
        {
            body.Append("<ul class=\"missing\">\n");
            foreach (string line in section.Lead)
                Item(body, line);
            body.Append("</ul>\n</section>\n");
            return;
        }

        if (section.Lead.Count > 0)
            body.Append($"<p class=\"lead\">{Encode(string.Join(' ', section.Lead))}</p>\n");
        body.Append($"<div class=\"flow{(section.Beside ? " beside" : "")}\">\n");
        foreach ((_, Figure figure) in section.Figures)
            body.Append("<figure>\n").Append(figure.ToSvg()).Append("</figure>\n");
        if (section.Tables.Count > 0)
            body.Append("<div class=\"tables\">\n");
        foreach (Table table in section.Tables)
        {
            string tall = table.RowCount > 26 ? " tall" : "";
            body.Append($"<div class=\"sheet{tall}\">\n").Append(table.ToHtml()).Append("</div>\n");
        }

        if (section.Tables.Count > 0)
            body.Append("</div>\n");
        body.Append("</div>\n</section>\n");
    }

    private static void Footer(StringBuilder body, EvidenceReport report)
    {
        body.Append("<footer>\n");
        foreach (string line in Method(report))
            body.Append($"<p>{Encode(line)}</p>\n");
        body.Append("</footer>\n");
    }

    /// <summary>How the numbers were made.</summary>
    internal static IReadOnlyList<string> Method(EvidenceReport report) =>
    [
        Say.Of(
            $"Returns are simple and after costs; yearly Sharpe ratios are per period times the root of "
            + $"{report.Options.PeriodsPerYear:0.##}, ddof 1. Intervals and tests: stationary bootstrap, "
            + $"{report.Options.Bootstrap.Replicates} resamples, automatic block length (Politis and White 2004), seed "
            + $"{report.Options.Bootstrap.Seed}."),
        "PSR and minimum track record: Bailey and Lopez de Prado 2012. DSR: Bailey and Lopez de Prado 2014. Minimum "
            + "backtest and PBO: Bailey, Borwein, Lopez de Prado and Zhu 2014, 2017. eta: Lo 2002. SPA: Hansen 2005. "
            + "StepM: Romano and Wolf 2005. t above 3: Harvey, Liu and Zhu 2016.",
    ];

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
