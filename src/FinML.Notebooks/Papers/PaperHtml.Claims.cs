using System.Text;

namespace FinML.Notebooks.Papers;

/// <summary>The table of claims.</summary>
internal sealed partial class PaperHtml
{
    private string ClaimsSection() =>
        $"<section>\n<h2 id=\"claims-section\">The claims and their reproduction</h2>\n{ClaimsTable()}</section>\n";

    private string ClaimsTable()
    {
        var html = new StringBuilder("<div class=\"scroll\">\n<table class=\"claims\" id=\"claims\">\n<thead><tr>"
            + "<th>Claim</th><th class=\"n\">Published</th><th class=\"n\">Ours</th><th class=\"n\">Difference</th>"
            + "<th class=\"n\">Tolerance</th><th>Verdict</th></tr></thead>\n<tbody>\n");
        foreach (var result in contents.Results)
        {
            var claim = result.Claim;
            var (statement, source, reason) = contents.Texts[claim];
            var (difference, tolerance) = result.Bare();
            var error = result.StandardError is null ? ""
                : $" <span class=\"se\">({Encode(result.StandardErrorText)})</span>";
            html.Append("<tr id=\"claim-").Append(Encode(claim.Id)).Append("\"><td>").Append(Inline(statement))
                .Append(" <span class=\"source\">").Append(Inline(source)).Append("</span></td><td class=\"n\">")
                .Append(Encode(claim.PublishedText)).Append("</td><td class=\"n\">").Append(Encode(result.ValueText))
                .Append(error).Append("</td><td class=\"n\">").Append(Encode(difference))
                .Append("</td><td class=\"n\">").Append(Encode(tolerance)).Append("</td><td>")
                .Append(ReproductionBadge.Brief(result.Verdict)).Append("</td></tr>\n");
            if (reason is not null && result.Verdict == ClaimVerdict.Differs)
            {
                html.Append("<tr class=\"reason\"><td colspan=\"6\"><b>Why it differs.</b> ").Append(Inline(reason))
                    .Append("</td></tr>\n");
            }
        }

        return html.Append("</tbody>\n</table>\n</div>\n").ToString();
    }
}
