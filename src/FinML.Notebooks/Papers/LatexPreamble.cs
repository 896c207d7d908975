using System.Text;
using System.Text.RegularExpressions;

namespace FinML.Notebooks.Papers;

/// <summary>What stands before a document's title: its class, its packages, and what its formulas and signs
/// need.</summary>
internal static class LatexPreamble
{
    private const string FittedTable = """
        \newsavebox{\fittedbox}
        \newenvironment{fitted}{\begin{lrbox}{\fittedbox}}{\end{lrbox}\ifdim\wd\fittedbox>\linewidth
          \resizebox{\linewidth}{!}{\usebox{\fittedbox}}\else\usebox{\fittedbox}\fi}
        """;

    // A page of figures alone is a full one; text shares its page with figures that leave a sixth of it.
    private const string Floats = """
        \renewcommand{\topfraction}{.85}\renewcommand{\bottomfraction}{.6}
        \renewcommand{\textfraction}{.15}\renewcommand{\floatpagefraction}{.75}
        \setcounter{topnumber}{3}\setcounter{totalnumber}{5}
        """;

    /// <summary>The preamble of a document.</summary>
    /// <param name="text">All of its text.</param>
    /// <param name="formulas">Its formulas.</param>
    public static string Of(string text, string formulas) => $$"""
        \documentclass[11pt,a4paper]{article}
        \usepackage[T1]{fontenc}
        \usepackage[utf8]{inputenc}
        \usepackage{lmodern}
        \usepackage[margin=27mm]{geometry}
        \usepackage{amsmath,amssymb,mathtools}
        \usepackage{textcomp}
        \usepackage{graphicx}
        \usepackage{booktabs,longtable,array}
        \usepackage[round]{natbib}
        \usepackage{microtype}
        \usepackage[hidelinks]{hyperref}
        {{FittedTable}}
        {{Floats}}
        {{Operators(formulas)}}
        {{Characters(text)}}
        """;

    /// <summary>The functions of the formulas that LaTeX does not have by itself.</summary>
    private static string Operators(string formulas)
    {
        var lines = new StringBuilder();
        foreach (var (name, shown, star) in (ReadOnlySpan<(string, string, string)>)
        [
            ("argmax", "arg\\,max", "*"), ("argmin", "arg\\,min", "*"), ("plim", "plim", "*"), ("sgn", "sgn", ""),
            ("sign", "sign", ""), ("var", "var", ""), ("cov", "cov", ""), ("Var", "Var", ""), ("Cov", "Cov", ""),
            ("Corr", "Corr", ""), ("tr", "tr", ""), ("rank", "rank", ""), ("diag", "diag", ""),
        ])
        {
            if (Regex.IsMatch(formulas, $@"\\{name}(?![A-Za-z])"))
                lines.Append($"\\providecommand{{\\{name}}}{{\\operatorname{star}{{{shown}}}}}\n");
        }

        foreach (var (name, package) in (ReadOnlySpan<(string, string)>)[("bm", "bm"), ("mathscr", "mathrsfs")])
        {
            if (Regex.IsMatch(formulas, $@"\\{name}(?![A-Za-z])"))
                lines.Append($"\\usepackage{{{package}}}\n");
        }

        return lines.ToString().TrimEnd('\n');
    }

    /// <summary>The signs of the text and of the notebooks' tables that LaTeX's fonts do not have.</summary>
    private static string Characters(string text)
    {
        var lines = new StringBuilder();
        foreach (var c in text.Where(c => c > 127).Distinct().Order())
        {
            if (LatexText.Command(c) is { } command)
                lines.Append($"\\DeclareUnicodeCharacter{{{(int)c:X4}}}{{{command}}}\n");
        }

        return lines.ToString().TrimEnd('\n');
    }
}
