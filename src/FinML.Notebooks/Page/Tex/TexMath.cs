using System.Text;
using static FinML.Notebooks.MathMl;
using static FinML.Notebooks.TexSymbols;

namespace FinML.Notebooks;

/// <summary>
/// The TeX that research writes - fractions, roots, sub- and superscripts, Greek, alphabets, accents, sums, fences,
/// matrices, cases, aligned lines, text - as MathML, which browsers draw without a script. What lies outside is told
/// with its place.
/// </summary>
internal sealed partial class TexMath
{
    private const int DeepestNesting = 100;

    private enum Until
    {
        End,
        Brace,
        Bracket,
        Right,
        Cell,
    }

    private readonly TexReader reader;
    private readonly bool block;
    private int depth;
    private MathAlphabet? alphabet;

    private TexMath(string tex, bool block) => (reader, this.block) = (new TexReader(tex), block);

    /// <summary>The MathML of a formula, or null where it uses what is not known here.</summary>
    public static string? ToMathMl(string tex, bool block) => ToMathMl(tex, block, out _);

    /// <summary>The MathML of a formula; where it cannot be read null, and why.</summary>
    public static string? ToMathMl(string tex, bool block, out string? error)
    {
        error = null;
        try
        {
            return $"<math{(block ? " display=\"block\"" : "")}>{new TexMath(tex, block).Row(Until.End)}</math>";
        }
        catch (FormatException problem)
        {
            error = problem.Message;
            return null;
        }
    }

    /// <summary>Atoms up to what ends the row, which is left to the caller.</summary>
    private string Row(Until until)
    {
        var row = new StringBuilder("<mrow>");
        var styles = 0;
        var before = TexKind.None;
        while (!Ends(until))
        {
            if (Style() is { } style)
            {
                row.Append(style);
                styles += style.Length > 0 ? 1 : 0;
                continue;
            }

            var (body, kind) = Scripted(before);
            if (kind == TexKind.Function && before is (TexKind.Ordinary or TexKind.Close))
                row.Append(Space("0.167em"));
            row.Append(body);
            if (kind == TexKind.Function && OperandFollows())
                row.Append(Space("0.167em"));
            before = kind == TexKind.Function ? TexKind.Operator : kind == TexKind.None ? before : kind;
        }

        for (; styles > 0; styles--)
            row.Append("</mstyle>");
        return row.Append("</mrow>").ToString();
    }

    private bool Ends(Until until)
    {
        reader.SkipSpace();
        if (reader.Ended)
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
            Until.Brace => reader.At('}'),
            Until.Bracket => reader.At(']'),
            Until.Right => reader.At("\\right"),
            Until.Cell => reader.At('&') || reader.At("\\\\") || reader.At("\\cr") || reader.At("\\end"),
            _ => false,
        };
    }

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
            if (reader.TryTake(command))
                return tag;
        }

        return null;
    }

    /// <summary>An atom with what stands below and above it.</summary>
    private (string Body, TexKind Kind) Scripted(TexKind before)
    {
        if (reader.Current is '^' or '_')
            throw new FormatException($"a {reader.Current} has nothing before it.");
        var (body, kind, limits) = ReadAtom(before);
        limits &= block;
        string? below = null, above = null;
        while (true)
        {
            reader.SkipSpace();
            if (reader.TryTake("\\limits"))
            {
                limits = true;
            }
            else if (reader.TryTake("\\nolimits"))
            {
                limits = false;
            }
            else if (reader.At('_'))
            {
                below = below is null ? Script()
                    : throw new FormatException("two _ stand at the same place: write a_{b_c} or {a_b}_c.");
            }
            else if (reader.At('^') || reader.At('\''))
            {
                if (above is not null)
                    throw new FormatException("two ^ stand at the same place: write a^{b^c} or {a^b}^c.");
                above = reader.At('^') ? Script() : Primes();
            }
            else
            {
                return (Scripts(body, below, above, limits), kind);
            }
        }
    }

    /// <summary>What stands behind a _ or ^.</summary>
    private string Script() => Argument(reader.Take().ToString());

    /// <summary>Primes, and a superscript behind them.</summary>
    private string Primes()
    {
        var count = 0;
        for (; reader.At('\''); count++)
            reader.Take();
        var primes = $"<mo>{new string('′', count)}</mo>";
        reader.SkipSpace();
        return reader.At('^') ? $"<mrow>{primes}{Script()}</mrow>" : primes;
    }

    /// <summary>The one atom that a command or script takes.</summary>
    private string Argument(string of)
    {
        reader.SkipSpace();
        if (reader.Ended || reader.Current is '}' or '&' or '^' or '_')
            throw new FormatException($"{of} has nothing behind it.");
        // As in TeX, \frac12 is a half.
        return char.IsAsciiDigit(reader.Current)
            ? Number(reader.Take().ToString())
            : ReadAtom(TexKind.None).Body;
    }

    private TexAtom ReadAtom(TexKind before)
    {
        if (++depth > DeepestNesting)
            throw new FormatException($"the formula is nested more than {DeepestNesting} deep.");
        var atom = char.IsAsciiDigit(reader.Current) ? new(Number(reader.Number())) : ReadOne(before);
        depth--;
        return atom;
    }

    private string Number(string digits) => $"<mn>{alphabet?.Map(digits) ?? digits}</mn>";

    private TexAtom ReadOne(TexKind before)
    {
        var c = reader.Take();
        switch (c)
        {
            case '{':
                var row = Row(Until.Brace);
                reader.Take();
                return new(row);
            case '\\':
                return Command(before);
            case '}':
                throw new FormatException("a } closes nothing.");
            case '&':
                throw new FormatException("a & stands outside of an environment such as aligned.");
            case '#' or '%' or '$':
                throw new FormatException($"a {c} is written \\{c}.");
            case '-' or '−':
                return PlusMinus("−", before);
            case '+':
                return PlusMinus("+", before);
            case '~':
                return new(Space("0.333em"), TexKind.None);
            case '|' or '/':
                return Tight(c.ToString());
            case '(' or '[':
                return new(Sign(c.ToString()), TexKind.Operator);
            case ')' or ']' or '!':
                return new(Sign(c.ToString()), TexKind.Close);
            case '*':
                return new(Sign("∗"), TexKind.Operator);
            case '.':
                return new(Sign("."));
            default:
                if (char.IsHighSurrogate(c))
                    return new($"<mi>{c}{reader.Take()}</mi>");
                return char.IsLetter(c)
                    ? new($"<mi>{alphabet?.Map(c.ToString()) ?? c.ToString()}</mi>")
                    : new(Sign(c.ToString()), TexKind.Operator);
        }
    }

    /// <summary>A plus or minus; without a left operand it is a sign and keeps close to what follows.</summary>
    private static TexAtom PlusMinus(string sign, TexKind before) => before is TexKind.Operator or TexKind.Large
        ? new($"<mo form=\"prefix\" stretchy=\"false\">{sign}</mo>", TexKind.Operator)
        : new($"<mo>{sign}</mo>", TexKind.Operator);

    /// <summary>A sign without space around it: a slash, and a bar, which opens as often as it closes.</summary>
    private static TexAtom Tight(string sign) =>
        new($"<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">{sign}</mo>");

    /// <summary>Whether something that a function is applied to follows without a fence.</summary>
    private bool OperandFollows()
    {
        reader.SkipSpace();
        if (reader.Ended)
            return false;
        if (char.IsLetterOrDigit(reader.Current))
            return true;
        if (!reader.At('\\'))
            return false;
        var name = reader.NextName();
        return Letters.ContainsKey(name) || Functions.Contains(name) || Large.ContainsKey(name)
            || Accents.ContainsKey(name) || MathAlphabet.Of(name) is not null
            || name is "frac" or "sqrt" or "overline" or "mathrm" or "operatorname" or "text";
    }
}
