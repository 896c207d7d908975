using System.Globalization;
using System.Net;

namespace FinML.Notebooks.Papers;

/// <summary>A claim's verdict as a small SVG for pages and READMEs; the same bytes for the same verdict.</summary>
public static class ReproductionBadge
{
    // The mean of 11 pixel Verdana; textLength makes every font fit.
    private const double CharacterWidth = 6.45;

    /// <summary>The badge of a claim.</summary>
    public static string Svg(ClaimResult result) => Svg(result.VerdictText, Colour(result.Verdict));

    /// <summary>The badge of a verdict alone, for where the difference stands beside it.</summary>
    internal static string Brief(ClaimVerdict verdict) => Svg(
        verdict switch
        {
            ClaimVerdict.Reproduced => "reproduced",
            ClaimVerdict.Differs => "differs",
            _ => "not run",
        },
        Colour(verdict));

    /// <summary>The badge of a whole paper: "12 of 14 claims reproduced".</summary>
    public static string Svg(IReadOnlyList<ClaimResult> results)
    {
        var good = results.Count(result => result.Verdict == ClaimVerdict.Reproduced);
        var worst = results.Any(result => result.Verdict == ClaimVerdict.NotRun) ? ClaimVerdict.NotRun
            : good < results.Count ? ClaimVerdict.Differs : ClaimVerdict.Reproduced;
        return Svg(Summary(results), Colour(worst));
    }

    /// <summary>"12 of 14 claims reproduced, 2 differ".</summary>
    public static string Summary(IReadOnlyList<ClaimResult> results)
    {
        int Count(ClaimVerdict verdict) => results.Count(result => result.Verdict == verdict);
        var (good, differ, open) =
            (Count(ClaimVerdict.Reproduced), Count(ClaimVerdict.Differs), Count(ClaimVerdict.NotRun));
        var text = FormattableString.Invariant(
            $"{good} of {results.Count} claim{(results.Count == 1 ? "" : "s")} reproduced");
        text += differ > 0 ? FormattableString.Invariant($", {differ} differ{(differ == 1 ? "s" : "")}") : "";
        return text + (open > 0 ? FormattableString.Invariant($", {open} not run") : "");
    }

    private static string Colour(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Reproduced => "#1a7f37",
        ClaimVerdict.Differs => "#b35900",
        _ => "#656d76",
    };

    private static string Svg(string label, string colour)
    {
        string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
        var length = label.Length * CharacterWidth;
        var text = WebUtility.HtmlEncode(label);
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Number(length + 16)}\" height=\"20\" "
            + $"viewBox=\"0 0 {Number(length + 16)} 20\" role=\"img\" "
            + $"aria-label=\"{text}\"><rect width=\"{Number(length + 16)}\" height=\"20\" rx=\"10\" fill=\"{colour}\"/>"
            + $"<text x=\"8\" y=\"14\" fill=\"#fff\" font-size=\"11\" "
            + "font-family=\"Verdana,'DejaVu Sans',Geneva,sans-serif\" "
            + $"textLength=\"{Number(length)}\" lengthAdjust=\"spacingAndGlyphs\">{text}</text></svg>";
    }
}
