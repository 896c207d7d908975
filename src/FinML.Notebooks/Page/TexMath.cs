using System.Net;
using System.Text;

namespace FinML.Notebooks;

/// <summary>
/// The TeX that research notes use - fractions, roots, sub- and superscripts, Greek, accents, sums, text - as MathML,
/// which browsers draw without a script. What lies outside gives null, and the page shows the TeX as it was written.
/// </summary>
internal sealed class TexMath
{
    private static readonly Dictionary<string, string> Letters = Pairs(
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
        + "lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω "
        + "Gamma Γ Delta Δ Theta Θ "
        + "Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ infty ∞ partial ∂ nabla ∇ emptyset ∅ hbar ℏ");

    private static readonly Dictionary<string, string> Operators = Pairs(
        "times × cdot ⋅ pm ± mp ∓ div ÷ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ simeq ≃ propto ∝ ll ≪ "
        + "gg ≫ in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ setminus ∖ to → rightarrow → leftarrow ← Rightarrow ⇒ "
        + "mapsto ↦ iff ⇔ forall ∀ exists ∃ neg ¬ land ∧ lor ∨ ldots … dots … cdots ⋯ mid ∣ vert | Vert ‖ | ‖ langle "
        + "⟨ rangle ⟩ "
        + "lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ { { } } circ ∘ ast ∗ star ⋆ odot ⊙ oplus ⊕ otimes ⊗ prime ′ top ⊤ perp ⊥ "
        + "colon : % % $ $ & & # # _ _");

    private static readonly Dictionary<string, string> Large =
        Pairs("sum ∑ prod ∏ int ∫ oint ∮ bigcup ⋃ bigcap ⋂");

    private static readonly HashSet<string> Functions = new(
        "log ln exp sin cos tan tanh max min sup inf lim arg argmax argmin det dim ker Pr sgn var cov"
            .Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> Limits =
        new(["max", "min", "sup", "inf", "lim", "argmax", "argmin", "Pr"], StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Accents =
        Pairs("hat ^ widehat ^ bar ‾ overline ‾ tilde ~ widetilde ~ dot ˙ ddot ¨ vec →");

    private static readonly Dictionary<string, string> Spaces =
        Pairs(", 0.17em ; 0.28em : 0.22em quad 1em qquad 2em ! -0.17em");

    private readonly string tex;
    private readonly bool block;
    private int at;

    private TexMath(string tex, bool block) => (this.tex, this.block) = (tex, block);

    /// <summary>The MathML of a formula, or null where it uses what is not known here.</summary>
    public static string? ToMathMl(string tex, bool block)
    {
        var parser = new TexMath(tex.Trim(), block);
        try
        {
            var body = parser.Row(end: null);
            return $"<math{(block ? " display=\"block\"" : "")}>{body}</math>";
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Atoms up to a closing brace (taken) or the end.</summary>
    private string Row(string? end)
    {
        var row = new StringBuilder("<mrow>");
        while (true)
        {
            SkipSpace();
            if (at >= tex.Length)
                return end is null ? row.Append("</mrow>").ToString() : throw new FormatException();
            if (end is not null && tex.AsSpan(at).StartsWith(end))
            {
                at += end.Length;
                return row.Append("</mrow>").ToString();
            }

            row.Append(Scripted());
        }
    }

    /// <summary>An atom with what stands below and above it.</summary>
    private string Scripted()
    {
        var (body, limits) = Atom();
        string? below = null, above = null;
        while (true)
        {
            SkipSpace();
            if (at < tex.Length && tex[at] == '_' && below is null)
                below = Argument(skip: 1);
            else if (at < tex.Length && tex[at] == '^' && above is null)
                above = Argument(skip: 1);
            else if (at < tex.Length && tex[at] == '\'' && above is null)
                above = Primes();
            else
                break;
        }

        var (sub, sup, both) = limits && block ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup");
        return (below, above) switch
        {
            (null, null) => body,
            (not null, null) => $"<{sub}>{body}{below}</{sub}>",
            (null, not null) => $"<{sup}>{body}{above}</{sup}>",
            _ => $"<{both}>{body}{below}{above}</{both}>",
        };
    }

    private string Primes()
    {
        var start = at;
        while (at < tex.Length && tex[at] == '\'')
            at++;
        return $"<mo>{new string('′', at - start)}</mo>";
    }

    private string Argument(int skip = 0)
    {
        at += skip;
        SkipSpace();
        return at < tex.Length ? Atom().Body : throw new FormatException();
    }

    private (string Body, bool Limits) Atom()
    {
        var c = tex[at++];
        switch (c)
        {
            case '{':
                return (Row("}"), false);
            case '\\':
                return Command();
            case '}' or '^' or '_' or '&' or '#' or '%':
                throw new FormatException();
            case >= '0' and <= '9':
                var start = at - 1;
                while (at < tex.Length && (char.IsAsciiDigit(tex[at])
                       || (tex[at] == '.' && at + 1 < tex.Length && char.IsAsciiDigit(tex[at + 1]))))
                    at++;
                return ($"<mn>{tex[start..at]}</mn>", false);
            case '-':
                return ("<mo>−</mo>", false);
            case '~':
                return ("<mspace width=\"0.33em\"/>", false);
            default:
                return (char.IsLetter(c)
                    ? $"<mi>{c}</mi>"
                    : $"<mo stretchy=\"false\">{WebUtility.HtmlEncode(c.ToString())}</mo>", false);
        }
    }

    private (string Body, bool Limits) Command()
    {
        var start = at;
        while (at < tex.Length && char.IsAsciiLetter(tex[at]))
            at++;
        if (at == start && at < tex.Length)
            at++;
        var name = tex[start..at];

        if (Letters.TryGetValue(name, out var letter))
            return ($"<mi>{letter}</mi>", false);
        if (Operators.TryGetValue(name, out var symbol))
            return ($"<mo stretchy=\"false\">{WebUtility.HtmlEncode(symbol)}</mo>", false);
        if (Large.TryGetValue(name, out var large))
            return ($"<mo largeop=\"true\">{large}</mo>", name is not ("int" or "oint"));
        if (Functions.Contains(name))
            return ($"<mi mathvariant=\"normal\">{name}</mi>", Limits.Contains(name));
        if (Spaces.TryGetValue(name, out var width))
            return ($"<mspace width=\"{width}\"/>", false);
        if (Accents.TryGetValue(name, out var accent))
            return ($"<mover accent=\"true\">{Argument()}<mo>{accent}</mo></mover>", false);

        switch (name)
        {
            case "frac" or "tfrac" or "dfrac":
                return ($"<mfrac>{Argument()}{Argument()}</mfrac>", false);
            case "sqrt":
                SkipSpace();
                if (at < tex.Length && tex[at] == '[')
                {
                    at++;
                    var index = Row("]");
                    return ($"<mroot>{Argument()}{index}</mroot>", false);
                }

                return ($"<msqrt>{Argument()}</msqrt>", false);
            case "text" or "mathrm" or "operatorname" or "textrm" or "mbox":
                return ($"<mtext>{WebUtility.HtmlEncode(Verbatim())}</mtext>", false);
            case "mathbf" or "boldsymbol" or "bm":
                return ($"<mrow style=\"font-weight:bold\">{Argument()}</mrow>", false);
            case "mathbb":
                return ($"<mi>{Map(Verbatim(), "CℂEEHℍNℕPℙQℚRℝZℤ", "𝔼")}</mi>", false);
            case "mathcal":
                return ($"<mi>{WebUtility.HtmlEncode(Verbatim())}</mi>", false);
            case "left" or "right" or "big" or "Big" or "bigl" or "bigr" or "Bigl" or "Bigr":
                return (Fence(stretchy: name is "left" or "right"), false);
            default:
                throw new FormatException();
        }
    }

    private string Fence(bool stretchy)
    {
        SkipSpace();
        if (at >= tex.Length)
            throw new FormatException();
        var text = tex[at++].ToString();
        if (text == "\\")
        {
            var start = at;
            while (at < tex.Length && char.IsAsciiLetter(tex[at]))
                at++;
            if (at == start && at < tex.Length)
                at++;
            text = Operators.TryGetValue(tex[start..at], out var symbol) ? symbol : throw new FormatException();
        }

        var stretch = stretchy ? "true" : "false";
        return text == "." ? "" : $"<mo stretchy=\"{stretch}\">{WebUtility.HtmlEncode(text)}</mo>";
    }

    /// <summary>The text of a group, taken as it stands.</summary>
    private string Verbatim()
    {
        SkipSpace();
        var end = at < tex.Length && tex[at] == '{' ? tex.IndexOf('}', at) : -1;
        if (end < 0)
            throw new FormatException();
        var text = tex[(at + 1)..end];
        at = end + 1;
        return text.Contains('\\') ? throw new FormatException() : text;
    }

    /// <summary>Blackboard letters; E has none in the basic plane.</summary>
    private static string Map(string text, string pairs, string e)
    {
        var place = text.Length == 1 ? pairs.IndexOf(text[0]) : -1;
        return text == "E" ? e : text == "1" ? "𝟙" : place >= 0 && place % 2 == 0
            ? pairs[place + 1].ToString() : throw new FormatException();
    }

    private void SkipSpace()
    {
        while (at < tex.Length && char.IsWhiteSpace(tex[at]))
            at++;
    }

    private static Dictionary<string, string> Pairs(string list)
    {
        var words = list.Split(' ');
        return Enumerable.Range(0, words.Length / 2)
            .ToDictionary(i => words[2 * i], i => words[(2 * i) + 1], StringComparer.Ordinal);
    }
}
