using System.Text;
using static FinML.Notebooks.MathMl;
using static FinML.Notebooks.TexSymbols;

namespace FinML.Notebooks;

/// <summary>What a backslash and a name stand for: first the signs, then what takes arguments.</summary>
internal sealed partial class TexMath
{
    private TexAtom Command(TexKind before)
    {
        var name = reader.Name();
        if (Letters.TryGetValue(name, out var letter))
            return new($"<mi>{alphabet?.Map(letter) ?? letter}</mi>");
        if (name is "pm" or "mp")
            return PlusMinus(Binary[name], before);
        if (Binary.TryGetValue(name, out var symbol) || Relations.TryGetValue(name, out symbol))
            return new(Sign(symbol), TexKind.Operator);
        if (Signs.TryGetValue(name, out symbol))
            return new(Sign(symbol));
        if (name is "|" or "Vert" or "vert")
            return Tight(Fences[name]);
        if (Fences.TryGetValue(name, out symbol))
        {
            var closes = name is "}" or "rbrace" or "rbrack" or "rparen"
                || "⟩⌋⌉".Contains(symbol, StringComparison.Ordinal);
            return new(Sign(symbol), closes ? TexKind.Close : TexKind.Operator);
        }

        if (Large.TryGetValue(name, out var large))
            return new($"<mo largeop=\"true\">{large}</mo>", TexKind.Large, !SideLimits.Contains(name));
        if (Functions.Contains(name))
            return new(Upright(name), TexKind.Function, Limits.Contains(name));
        if (Spaces.TryGetValue(name, out var width))
            return new(Space(width), TexKind.None);
        // No font's line is as long as what it covers: it is drawn.
        if (name is "overline" or "underline")
        {
            var side = name == "overline" ? "top" : "bottom";
            var style = $"border-{side}:.06em solid;padding-{side}:.12em";
            return new($"<mrow style=\"{style}\">{Argument($"\\{name}")}</mrow>");
        }

        if (Accents.TryGetValue(name, out var accent))
            return new($"<mover accent=\"true\">{Argument($"\\{name}")}{Mark(accent, Wide.Contains(name))}</mover>",
                Limits: name == "overbrace");
        if (Below.TryGetValue(name, out accent))
            return new(
                $"<munder accentunder=\"true\">{Argument($"\\{name}")}{Mark(accent, Wide.Contains(name))}</munder>",
                Limits: name == "underbrace");
        return MathAlphabet.Of(name) is { } chosen ? InAlphabet(name, chosen) : Construct(name);
    }

    private TexAtom Construct(string name)
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
                return Root();
            case "overset" or "stackrel":
                var over = Argument($"\\{name}");
                return new($"<mover>{Argument($"\\{name}")}{over}</mover>", TexKind.Operator);
            case "underset":
                var under = Argument("\\underset");
                return new($"<munder>{Argument("\\underset")}{under}</munder>", TexKind.Operator);
            case "not":
                var negated = Argument("\\not");
                var end = negated.LastIndexOf("</", StringComparison.Ordinal);
                return new(negated.Insert(end, "\u0338"), TexKind.Operator);
            case "phantom":
                return new($"<mphantom>{Argument("\\phantom")}</mphantom>");
            case "text" or "textrm" or "mbox" or "textnormal" or "textit" or "textbf":
                return new(Text(name));
            case "mathrm":
                return new(Upright(reader.Plain(name)));
            case "operatorname":
                var starred = reader.TryTake("*");
                return new(Upright(reader.Plain(name)), TexKind.Function, starred);
            case "left":
                return LeftRight();
            case "big" or "Big" or "bigg" or "Bigg" or "bigl" or "bigr" or "Bigl" or "Bigr" or "biggl" or "biggr"
                or "Biggl" or "Biggr" or "bigm" or "Bigm":
                return Sized(name);
            case "begin":
                return Environment();
            case " ":
                return new(Space("0.333em"), TexKind.None);
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

    private TexAtom Root()
    {
        reader.SkipSpace();
        if (!reader.TryTake("["))
            return new($"<msqrt>{Argument("\\sqrt")}</msqrt>");
        var index = Row(Until.Bracket);
        reader.Take();
        return new($"<mroot>{Argument("\\sqrt")}{index}</mroot>");
    }

    private TexAtom InAlphabet(string name, MathAlphabet chosen)
    {
        var outer = alphabet;
        alphabet = chosen;
        var body = Argument($"\\{name}");
        alphabet = outer;
        return new(Single(body));
    }

    /// <summary>Words in a formula, with formulas between $ in them.</summary>
    private string Text(string name)
    {
        var text = reader.Group(name);
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
}
