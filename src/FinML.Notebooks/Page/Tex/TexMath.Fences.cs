using System.Text;
using static FinML.Notebooks.MathMl;
using static FinML.Notebooks.TexSymbols;

namespace FinML.Notebooks;

/// <summary>What opens and closes: fences of all sizes, and environments of lines and columns.</summary>
internal sealed partial class TexMath
{
    private TexAtom LeftRight()
    {
        var open = Fence("\\left");
        var body = Row(Until.Right);
        reader.TryTake("\\right");
        var close = Fence("\\right");
        return new($"<mrow>{Stretched(open, "prefix")}{body}{Stretched(close, "postfix")}</mrow>", TexKind.Close);
    }

    private TexAtom Sized(string name)
    {
        var fence = Fence($"\\{name}");
        var size = name.TrimEnd('l', 'r', 'm') switch
        {
            "big" => "1.2em",
            "Big" => "1.8em",
            "bigg" => "2.4em",
            _ => "3em",
        };
        var form = name[^1] switch
        {
            'l' => " form=\"prefix\"",
            'r' => " form=\"postfix\"",
            _ => "",
        };
        return new($"<mo stretchy=\"true\"{form} minsize=\"{size}\" maxsize=\"{size}\">{Encode(fence)}</mo>",
            name.EndsWith('r') || fence is ")" or "]" or "}" ? TexKind.Close : TexKind.Operator);
    }

    /// <summary>The sign behind \left, \right and \big; empty for the invisible one.</summary>
    private string Fence(string of)
    {
        reader.SkipSpace();
        if (reader.Ended)
            throw new FormatException($"{of} has no fence behind it.");
        var c = reader.Take();
        if (c == '\\')
        {
            var name = reader.Name();
            return Fences.GetValueOrDefault(name)
                ?? throw new FormatException($"{of} takes a fence such as ( [ \\{{ |, but stands before \\{name}.");
        }

        return c switch
        {
            '.' => "",
            '<' => "⟨",
            '>' => "⟩",
            '(' or ')' or '[' or ']' or '|' or '/' => c.ToString(),
            _ => throw new FormatException($"{of} takes a fence such as ( [ \\{{ |, but stands before {c}."),
        };
    }

    private TexAtom Environment()
    {
        var name = reader.Plain("begin");
        var (open, close) = name.TrimEnd('*') switch
        {
            "matrix" or "smallmatrix" or "aligned" or "align" or "alignedat" or "split" or "gathered" or "gather"
                or "array" => ("", ""),
            "pmatrix" => ("(", ")"),
            "bmatrix" => ("[", "]"),
            "Bmatrix" => ("{", "}"),
            "vmatrix" => ("|", "|"),
            "Vmatrix" => ("‖", "‖"),
            "cases" => ("{", ""),
            _ => throw new FormatException($"the environment {name} is not known here."),
        };
        var columns = name == "array" ? reader.Plain("begin{array}").Replace(" ", "", StringComparison.Ordinal) : "";
        if (columns.Any(c => c is not ('l' or 'c' or 'r')))
            throw new FormatException($"the columns of an array are l, c and r, but are {columns}.");
        var lines = name is "aligned" or "align" or "align*" or "split" or "gathered" or "gather" or "gather*";
        var table = new StringBuilder(lines || name == "cases"
            ? $"<mtable displaystyle=\"{(lines ? "true" : "false")}\">" : "<mtable>");
        do
            table.Append(Line(name, columns));
        while (!EnvironmentEnds());

        var closed = reader.Plain("end");
        if (closed != name)
            throw new FormatException($"\\begin{{{name}}} is ended by \\end{{{closed}}}.");
        table.Append("</mtable>");
        return open.Length == 0
            ? new(table.ToString())
            : new($"<mrow>{Stretched(open, "prefix")}{table}{Stretched(close, "postfix")}</mrow>");
    }

    private string Line(string name, string columns)
    {
        var line = new StringBuilder("<mtr>");
        for (var column = 0; column == 0 || reader.TryTake("&"); column++)
        {
            var cell = Row(Until.Cell);
            line.Append("<mtd").Append(CellStyle(name, columns, column)).Append('>').Append(cell).Append("</mtd>");
        }

        return line.Append("</mtr>").ToString();
    }

    /// <summary>Reads the end of a line, and the \end that may come with it: a line end before \end opens no
    /// line.</summary>
    private bool EnvironmentEnds()
    {
        if (reader.TryTake("\\end"))
            return true;
        if (!reader.TryTake("\\\\"))
            reader.TryTake("\\cr");
        reader.SkipSpace();
        return reader.TryTake("\\end");
    }

    private static string CellStyle(string name, string columns, int column) => name.TrimEnd('*') switch
    {
        "cases" => " style=\"text-align:left\"",
        "aligned" or "align" or "split" => column % 2 == 0
            ? " style=\"text-align:right;padding-right:0\""
            : " style=\"text-align:left;padding-left:0\"",
        "array" when column < columns.Length && columns[column] != 'c' =>
            $" style=\"text-align:{(columns[column] == 'l' ? "left" : "right")}\"",
        _ => "",
    };
}
