using System.Net;
using System.Text;
using static FinML.Notebooks.TexSymbols;

namespace FinML.Notebooks;

/// <summary>
/// The TeX that research writes - fractions, roots, sub- and superscripts, Greek, alphabets, accents, sums, fences,
/// matrices, cases, aligned lines, text - as MathML, which browsers draw without a script. What lies outside is told
/// with its place.
/// </summary>
internal sealed class TexMath
{
    private const int DeepestNesting = 100;

    /// <summary>What an atom is to its neighbours: it decides spaces and which minus is a sign.</summary>
    private enum Kind
    {
        None,
        Ordinary,
        Function,
        Large,
        Operator, // binary operators, relations, punctuation, opening fences: what follows has no left operand
        Close,
    }

    private enum Until
    {
        End,
        Brace,
        Bracket,
        Right,
        Cell,
    }

    private readonly record struct Atom(string Body, Kind Kind = Kind.Ordinary, bool Limits = false);

    private readonly string tex;
    private readonly bool block;
    private int at;
    private int depth;
    private MathAlphabet? alphabet;

    private TexMath(string tex, bool block) => (this.tex, this.block) = (tex, block);

    /// <summary>The MathML of a formula, or null where it uses what is not known here.</summary>
    public static string? ToMathMl(string tex, bool block) => ToMathMl(tex, block, out _);

    /// <summary>The MathML of a formula; where it cannot be read null, and why.</summary>
    public static string? ToMathMl(string tex, bool block, out string? error)
    {
        error = null;
        try
        {
            var parser = new TexMath(Valid(tex), block);
            return $"<math{(block ? " display=\"block\"" : "")}>{parser.Row(Until.End)}</math>";
        }
        catch (FormatException problem)
        {
            error = problem.Message;
            return null;
        }
    }

    /// <summary>The text without space around it, where all of it can stand in a page.</summary>
    private static string Valid(string tex)
    {
        for (var i = 0; i < tex.Length; i++)
        {
            var pair = i + 1 < tex.Length && char.IsSurrogatePair(tex[i], tex[i + 1]);
            if ((char.IsSurrogate(tex[i]) && !pair) || (char.IsControl(tex[i]) && !char.IsWhiteSpace(tex[i])))
                throw new FormatException($"the character U+{(int)tex[i]:X4} is not one of a formula.");
            i += pair ? 1 : 0;
        }

        return tex.Trim();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Atoms up to what ends the row, which is left to the caller.</summary>
    private string Row(Until until)
    {
        var row = new StringBuilder("<mrow>");
        var styles = 0;
        var before = Kind.None;
        while (!Ends(until))
        {
            if (Style() is { } style)
            {
                row.Append(style);
                styles += style.Length > 0 ? 1 : 0;
                continue;
            }

            var (body, kind) = Scripted(before);
            if (kind == Kind.Function && before is (Kind.Ordinary or Kind.Close))
                row.Append("<mspace width=\"0.167em\"/>");
            row.Append(body);
            if (kind == Kind.Function && OperandFollows())
                row.Append("<mspace width=\"0.167em\"/>");
            before = kind == Kind.Function ? Kind.Operator : kind == Kind.None ? before : kind;
        }

        for (; styles > 0; styles--)
            row.Append("</mstyle>");
        return row.Append("</mrow>").ToString();
    }

    private bool Ends(Until until)
    {
        SkipSpace();
        if (at >= tex.Length)
        {
            return until switch
            {
                Until.End => true,
                Until.Brace => throw new FormatException("a { is not closed by }."),
                Until.Bracket => throw new FormatException("a [ is not closed by ]."),
                Until.Right => throw new FormatException("\\left has no \\right."),
                _ => throw new FormatException("\\begin has no \\end."),
            };
        }

        return until switch
        {
            Until.Brace => tex[at] == '}',
            Until.Bracket => tex[at] == ']',
            Until.Right => Next("\\right"),
            Until.Cell => tex[at] == '&' || Next("\\\\") || Next("\\cr") || Next("\\end"),
            _ => false,
        };
    }

    /// <summary>Whether the text goes on with a command or sign.</summary>
    private bool Next(string text) => tex.AsSpan(at).StartsWith(text)
        && (!char.IsAsciiLetter(text[^1]) || at + text.Length >= tex.Length
            || !char.IsAsciiLetter(tex[at + text.Length]));

    /// <summary>A switch of the rest of the row to another size: its opening tag; null where there is none.</summary>
    private string? Style()
    {
        foreach (var (command, tag) in (ReadOnlySpan<(string, string)>)
        [
            ("\\displaystyle", "<mstyle displaystyle=\"true\" scriptlevel=\"0\">"),
            ("\\textstyle", "<mstyle displaystyle=\"false\" scriptlevel=\"0\">"),
            ("\\scriptstyle", "<mstyle displaystyle=\"false\" scriptlevel=\"1\">"),
            ("\\nonumber", ""), ("\\notag", ""),
        ])
        {
            if (Next(command))
            {
                at += command.Length;
                return tag;
            }
        }

        return null;
    }

    /// <summary>An atom with what stands below and above it.</summary>
    private (string Body, Kind Kind) Scripted(Kind before)
    {
        if (tex[at] is '^' or '_')
            throw new FormatException($"a {tex[at]} has nothing before it.");
        var (body, kind, limits) = ReadAtom(before);
        limits &= block;
        string? below = null, above = null;
        while (true)
        {
            SkipSpace();
            if (Next("\\limits") || Next("\\nolimits"))
            {
                limits = Next("\\limits");
                at += limits ? "\\limits".Length : "\\nolimits".Length;
            }
            else if (at < tex.Length && tex[at] == '_')
            {
                below = below is null ? Argument("_", 1)
                    : throw new FormatException("two _ stand at the same place: write a_{b_c} or {a_b}_c.");
            }
            else if (at < tex.Length && tex[at] is '^' or '\'')
            {
                if (above is not null)
                    throw new FormatException("two ^ stand at the same place: write a^{b^c} or {a^b}^c.");
                above = tex[at] == '^' ? Argument("^", 1) : Primes();
            }
            else
            {
                break;
            }
        }

        var (sub, sup, both) = limits ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup");
        return ((below, above) switch
        {
            (null, null) => body,
            (not null, null) => $"<{sub}>{body}{below}</{sub}>",
            (null, not null) => $"<{sup}>{body}{above}</{sup}>",
            _ => $"<{both}>{body}{below}{above}</{both}>",
        }, kind);
    }

    /// <summary>Primes, and a superscript behind them.</summary>
    private string Primes()
    {
        var start = at;
        while (at < tex.Length && tex[at] == '\'')
            at++;
        var primes = $"<mo>{new string('′', at - start)}</mo>";
        SkipSpace();
        return at < tex.Length && tex[at] == '^' ? $"<mrow>{primes}{Argument("^", 1)}</mrow>" : primes;
    }

    /// <summary>The one atom that a command or script takes.</summary>
    private string Argument(string of, int skip = 0)
    {
        at += skip;
        SkipSpace();
        if (at >= tex.Length || tex[at] is '}' or '&' or '^' or '_')
            throw new FormatException($"{of} has nothing behind it.");
        if (!char.IsAsciiDigit(tex[at]))
            return ReadAtom(Kind.None).Body;
        // As in TeX, \frac12 is a half.
        var digit = tex[at++].ToString();
        return $"<mn>{alphabet?.Map(digit) ?? digit}</mn>";
    }

    private Atom ReadAtom(Kind before)
    {
        if (++depth > DeepestNesting)
            throw new FormatException($"the formula is nested more than {DeepestNesting} deep.");
        var atom = ReadOne(before);
        depth--;
        return atom;
    }

    private Atom ReadOne(Kind before)
    {
        var c = tex[at++];
        switch (c)
        {
            case '{':
                var row = Row(Until.Brace);
                at++;
                return new(row);
            case '\\':
                return Command(before);
            case '}':
                throw new FormatException("a } closes nothing.");
            case '&':
                throw new FormatException("a & stands outside of an environment such as aligned.");
            case '#' or '%' or '$':
                throw new FormatException($"a {c} is written \\{c}.");
            case >= '0' and <= '9':
                var start = at - 1;
                while (at < tex.Length && (char.IsAsciiDigit(tex[at])
                       || (tex[at] == '.' && at + 1 < tex.Length && char.IsAsciiDigit(tex[at + 1]))))
                    at++;
                var digits = tex[start..at];
                return new($"<mn>{alphabet?.Map(digits) ?? digits}</mn>");
            case '-' or '−':
                return Sign("−", before);
            case '+':
                return Sign("+", before);
            case '~':
                return new("<mspace width=\"0.333em\"/>", Kind.None);
            case '|':
                return Bar("|");
            case '(' or '[':
                return new($"<mo stretchy=\"false\">{c}</mo>", Kind.Operator);
            case ')' or ']' or '!':
                return new($"<mo stretchy=\"false\">{c}</mo>", Kind.Close);
            case '*':
                return new("<mo stretchy=\"false\">∗</mo>", Kind.Operator);
            case '/' or '.':
                return new($"<mo stretchy=\"false\">{c}</mo>");
            default:
                if (char.IsHighSurrogate(c))
                    return new($"<mi>{c}{tex[at++]}</mi>");
                return char.IsLetter(c)
                    ? new($"<mi>{alphabet?.Map(c.ToString()) ?? c.ToString()}</mi>")
                    : new($"<mo stretchy=\"false\">{Encode(c.ToString())}</mo>", Kind.Operator);
        }
    }

    /// <summary>A plus or minus; without a left operand it is a sign and keeps close to what follows.</summary>
    private static Atom Sign(string sign, Kind before) => before == Kind.Operator || before == Kind.Large
        ? new($"<mo form=\"prefix\" stretchy=\"false\">{sign}</mo>", Kind.Operator)
        : new($"<mo>{sign}</mo>", Kind.Operator);

    /// <summary>A vertical bar, which opens as often as it closes: it keeps no space of its own.</summary>
    private static Atom Bar(string bar) =>
        new($"<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">{bar}</mo>", Kind.Ordinary);

    private Atom Command(Kind before)
    {
        var name = Name();
        if (Letters.TryGetValue(name, out var letter))
            return new($"<mi>{alphabet?.Map(letter) ?? letter}</mi>");
        if (name is "pm" or "mp")
            return Sign(Binary[name], before);
        if (Binary.TryGetValue(name, out var symbol) || Relations.TryGetValue(name, out symbol))
            return new($"<mo stretchy=\"false\">{Encode(symbol)}</mo>", Kind.Operator);
        if (Signs.TryGetValue(name, out symbol))
            return new($"<mo stretchy=\"false\">{Encode(symbol)}</mo>");
        if (name is "|" or "Vert" or "vert")
            return Bar(Fences[name]);
        if (Fences.TryGetValue(name, out symbol))
        {
            return new($"<mo stretchy=\"false\">{Encode(symbol)}</mo>",
                name is "}" or "rbrace" or "rbrack" or "rparen"
                || "⟩⌋⌉".Contains(symbol, StringComparison.Ordinal)
                    ? Kind.Close : Kind.Operator);
        }

        if (Large.TryGetValue(name, out var large))
            return new($"<mo largeop=\"true\">{large}</mo>", Kind.Large, !SideLimits.Contains(name));
        if (Functions.Contains(name))
            return new($"<mi mathvariant=\"normal\">{Readable(name)}</mi>", Kind.Function, Limits.Contains(name));
        if (Spaces.TryGetValue(name, out var width))
            return new($"<mspace width=\"{width}\"/>", Kind.None);
        // No font's line is as long as what it covers: it is drawn.
        if (name is "overline" or "underline")
        {
            var side = name == "overline" ? "top" : "bottom";
            var style = $"border-{side}:.06em solid;padding-{side}:.12em";
            return new($"<mrow style=\"{style}\">{Argument($"\\{name}")}</mrow>");
        }

        if (Accents.TryGetValue(name, out var accent))
            return new($"<mover accent=\"true\">{Argument($"\\{name}")}{Mark(name, accent)}</mover>",
                Limits: name == "overbrace");
        if (Below.TryGetValue(name, out accent))
            return new($"<munder accentunder=\"true\">{Argument($"\\{name}")}{Mark(name, accent)}</munder>",
                Limits: name == "underbrace");
        if (MathAlphabet.Of(name) is { } chosen)
            return InAlphabet(name, chosen);
        return Construct(name);
    }

    private Atom Construct(string name)
    {
        switch (name)
        {
            case "frac" or "tfrac" or "dfrac" or "cfrac":
                var style = name switch
                {
                    "dfrac" or "cfrac" => " displaystyle=\"true\"",
                    "tfrac" => " displaystyle=\"false\"",
                    _ => "",
                };
                return new($"<mfrac{style}>{Argument($"\\{name}")}{Argument($"\\{name}")}</mfrac>");
            case "binom":
                return new($"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument("\\binom")}{Argument("\\binom")}"
                    + "</mfrac><mo>)</mo></mrow>");
            case "sqrt":
                SkipSpace();
                if (at >= tex.Length || tex[at] != '[')
                    return new($"<msqrt>{Argument("\\sqrt")}</msqrt>");
                at++;
                var index = Row(Until.Bracket);
                at++;
                return new($"<mroot>{Argument("\\sqrt")}{index}</mroot>");
            case "overset" or "stackrel":
                var over = Argument($"\\{name}");
                return new($"<mover>{Argument($"\\{name}")}{over}</mover>", Kind.Operator);
            case "underset":
                var under = Argument("\\underset");
                return new($"<munder>{Argument("\\underset")}{under}</munder>", Kind.Operator);
            case "not":
                SkipSpace();
                var negated = Argument("\\not");
                var end = negated.LastIndexOf("</", StringComparison.Ordinal);
                return new(negated.Insert(end, "\u0338"), Kind.Operator);
            case "phantom":
                return new($"<mphantom>{Argument("\\phantom")}</mphantom>");
            case "text" or "textrm" or "mbox" or "textnormal" or "textit" or "textbf":
                return new(Text(name));
            case "mathrm":
                return new($"<mi mathvariant=\"normal\">{Encode(Readable(Plain(name)))}</mi>");
            case "operatorname":
                var starred = at < tex.Length && tex[at] == '*';
                at += starred ? 1 : 0;
                return new($"<mi mathvariant=\"normal\">{Encode(Readable(Plain(name)))}</mi>", Kind.Function, starred);
            case "left":
                return LeftRight();
            case "big" or "Big" or "bigg" or "Bigg" or "bigl" or "bigr" or "Bigl" or "Bigr" or "biggl" or "biggr"
                or "Biggl" or "Biggr" or "bigm" or "Bigm":
                return Sized(name);
            case "begin":
                return Environment();
            case " ":
                return new("<mspace width=\"0.333em\"/>", Kind.None);
            case "right":
                throw new FormatException("\\right has no \\left.");
            case "end":
                throw new FormatException("\\end has no \\begin.");
            case "\\":
                throw new FormatException("\\\\ stands outside of an environment such as aligned.");
            case "":
                throw new FormatException("a \\ stands at the end.");
            default:
                throw new FormatException($"\\{name} is not known here.");
        }
    }

    private string Name()
    {
        var start = at;
        while (at < tex.Length && char.IsAsciiLetter(tex[at]))
            at++;
        if (at == start && at < tex.Length)
            at++;
        return tex[start..at];
    }

    /// <summary>Names that print as two words or with a hyphen.</summary>
    private static string Readable(string name) => name switch
    {
        "argmax" => "arg\u2009max",
        "argmin" => "arg\u2009min",
        "limsup" => "lim\u2009sup",
        "liminf" => "lim\u2009inf",
        _ => name,
    };

    private static string Mark(string name, string accent) =>
        Wide.Contains(name) ? $"<mo stretchy=\"true\">{accent}</mo>" : $"<mo stretchy=\"false\">{accent}</mo>";

    private Atom InAlphabet(string name, MathAlphabet chosen)
    {
        var outer = alphabet;
        alphabet = chosen;
        var body = Argument($"\\{name}");
        alphabet = outer;
        // A group of one letter is that letter: scripts then stand as near as TeX has them.
        var inner = body.StartsWith("<mrow><mi>", StringComparison.Ordinal) && body.IndexOf("</mi>", 10) is var stop
            && stop + "</mi></mrow>".Length == body.Length
                ? body["<mrow>".Length..^"</mrow>".Length]
                : body;
        return new(inner);
    }

    private Atom LeftRight()
    {
        var open = Fence("\\left");
        var body = new StringBuilder($"<mrow>{Stretched(open, "prefix")}");
        body.Append(Row(Until.Right));
        at += "\\right".Length;
        return new(body.Append(Stretched(Fence("\\right"), "postfix")).Append("</mrow>").ToString(), Kind.Close);
    }

    private static string Stretched(string fence, string form) =>
        fence.Length == 0 ? "" : $"<mo stretchy=\"true\" form=\"{form}\">{Encode(fence)}</mo>";

    private Atom Sized(string name)
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
            name.EndsWith('r') || fence is ")" or "]" or "}" ? Kind.Close : Kind.Operator);
    }

    /// <summary>The sign behind \left, \right and \big; empty for the invisible one.</summary>
    private string Fence(string of)
    {
        SkipSpace();
        if (at >= tex.Length)
            throw new FormatException($"{of} has no fence behind it.");
        var c = tex[at++];
        if (c == '\\')
        {
            var name = Name();
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

    private Atom Environment()
    {
        var name = Plain("begin");
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
        var columns = name == "array" ? Plain("begin{array}").Replace(" ", "", StringComparison.Ordinal) : "";
        if (columns.Any(c => c is not ('l' or 'c' or 'r')))
            throw new FormatException($"the columns of an array are l, c and r, but are {columns}.");
        var lines = name is "aligned" or "align" or "align*" or "split" or "gathered" or "gather" or "gather*";
        var table = new StringBuilder(lines || name == "cases"
            ? $"<mtable displaystyle=\"{(lines ? "true" : "false")}\">" : "<mtable>");
        var ended = false;
        while (!ended)
        {
            table.Append("<mtr>");
            for (var column = 0; ; column++)
            {
                var cell = Row(Until.Cell);
                table.Append("<mtd").Append(CellStyle(name, columns, column)).Append('>').Append(cell)
                    .Append("</mtd>");
                if (tex[at] != '&')
                    break;
                at++;
            }

            table.Append("</mtr>");
            if (Next("\\end"))
            {
                at += "\\end".Length;
                ended = true;
            }
            else
            {
                at += Next("\\\\") ? 2 : 3;
                SkipSpace();
                // A line end before \end opens no line.
                if (Next("\\end"))
                {
                    at += "\\end".Length;
                    ended = true;
                }
            }
        }

        var closed = Plain("end");
        if (closed != name)
            throw new FormatException($"\\begin{{{name}}} is ended by \\end{{{closed}}}.");
        table.Append("</mtable>");
        return open.Length == 0
            ? new(table.ToString())
            : new($"<mrow>{Stretched(open, "prefix")}{table}{Stretched(close, "postfix")}</mrow>");
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

    /// <summary>Words in a formula, with formulas between $ in them.</summary>
    private string Text(string name)
    {
        var text = Group(name);
        var style = name switch
        {
            "textit" => " style=\"font-style:italic\"",
            "textbf" => " style=\"font-weight:bold\"",
            _ => "",
        };
        var parts = text.Split('$');
        if (parts.Length % 2 == 0)
            throw new FormatException($"a $ in \\{name} is not closed.");
        var row = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1)
            {
                row.Append(new TexMath(parts[i], block: false) { depth = depth }.Row(Until.End));
            }
            else if (parts[i].Length > 0)
            {
                if (parts[i].IndexOfAny(['\\', '{', '}']) >= 0)
                    throw new FormatException($"\\{name} holds plain text, and {parts[i].Trim()} is more.");
                // MathML drops spaces at the ends.
                var body = parts[i].TrimStart(' ').TrimEnd(' ');
                var start = parts[i].StartsWith(' ') ? "\u00A0" : "";
                var end = parts[i].EndsWith(' ') && body.Length > 0 ? "\u00A0" : "";
                row.Append($"<mtext{style}>{start}{Encode(body)}{end}</mtext>");
            }
        }

        return parts.Length == 1 ? row.ToString() : $"<mrow>{row}</mrow>";
    }

    /// <summary>The text of a group without commands.</summary>
    private string Plain(string of)
    {
        var text = Group(of);
        return text.IndexOfAny(['\\', '{', '}', '$', '&']) < 0
            ? text.Trim()
            : throw new FormatException($"\\{of} holds plain text, and {text.Trim()} is more.");
    }

    /// <summary>What stands between a brace and the one that closes it.</summary>
    private string Group(string of)
    {
        SkipSpace();
        if (at >= tex.Length || tex[at] != '{')
            throw new FormatException($"\\{of} is followed by {{...}}.");
        var start = ++at;
        for (var open = 1; at < tex.Length; at++)
        {
            open += tex[at] == '{' ? 1 : tex[at] == '}' ? -1 : 0;
            if (open == 0)
                return tex[start..at++];
        }

        throw new FormatException("a { is not closed by }.");
    }

    /// <summary>Whether something that a function is applied to follows without a fence.</summary>
    private bool OperandFollows()
    {
        SkipSpace();
        if (at >= tex.Length)
            return false;
        if (char.IsLetterOrDigit(tex[at]))
            return true;
        if (tex[at] != '\\')
            return false;
        var back = at++;
        var name = Name();
        at = back;
        return Letters.ContainsKey(name) || Functions.Contains(name) || Large.ContainsKey(name)
            || Accents.ContainsKey(name) || MathAlphabet.Of(name) is not null
            || name is "frac" or "sqrt" or "overline" or "mathrm" or "operatorname" or "text";
    }

    private void SkipSpace()
    {
        while (at < tex.Length && char.IsWhiteSpace(tex[at]))
            at++;
    }
}
