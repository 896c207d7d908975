using System.Net;

namespace FinML.Notebooks;

/// <summary>The elements of MathML that formulas are written with.</summary>
internal static class MathMl
{
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A sign that keeps its size.</summary>
    public static string Sign(string sign) => $"<mo stretchy=\"false\">{Encode(sign)}</mo>";

    /// <summary>A sign that grows with its row; empty for none.</summary>
    public static string Stretched(string fence, string form) =>
        fence.Length == 0 ? "" : $"<mo stretchy=\"true\" form=\"{form}\">{Encode(fence)}</mo>";

    public static string Space(string width) => $"<mspace width=\"{width}\"/>";

    /// <summary>A name that is set upright.</summary>
    public static string Upright(string name) => $"<mi mathvariant=\"normal\">{Encode(Readable(name))}</mi>";

    /// <summary>A mark over or under something, with what it marks written before it.</summary>
    public static string Mark(string mark, bool grows) => $"<mo stretchy=\"{(grows ? "true" : "false")}\">{mark}</mo>";

    /// <summary>What stands below and above an atom, at its side or as limits.</summary>
    public static string Scripts(string body, string? below, string? above, bool limits)
    {
        var (sub, sup, both) = limits ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup");
        return (below, above) switch
        {
            (null, null) => body,
            (not null, null) => $"<{sub}>{body}{below}</{sub}>",
            (null, not null) => $"<{sup}>{body}{above}</{sup}>",
            _ => $"<{both}>{body}{below}{above}</{both}>",
        };
    }

    /// <summary>A group of one letter is that letter: scripts then stand as near as TeX has them.</summary>
    public static string Single(string row) =>
        row.StartsWith("<mrow><mi>", StringComparison.Ordinal) && row.IndexOf("</mi>", 10) is var stop
            && stop + "</mi></mrow>".Length == row.Length
                ? row["<mrow>".Length..^"</mrow>".Length]
                : row;

    /// <summary>Names that print as two words.</summary>
    private static string Readable(string name) => name switch
    {
        "argmax" => "arg\u2009max",
        "argmin" => "arg\u2009min",
        "limsup" => "lim\u2009sup",
        "liminf" => "lim\u2009inf",
        _ => name,
    };
}
