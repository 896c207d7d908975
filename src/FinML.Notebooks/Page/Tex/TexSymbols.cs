namespace FinML.Notebooks;

/// <summary>The commands of TeX that stand for a character, by what the character is in a formula.</summary>
internal static class TexSymbols
{
    /// <summary>Variables and constants.</summary>
    public static Dictionary<string, string> Letters { get; } = Pairs("""
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
        varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ
        phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ
        Omega Ω ell ℓ infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ hbar ℏ imath ı jmath ȷ Re ℜ Im ℑ aleph ℵ
        top ⊤ bot ⊥ angle ∠ triangle △ square □ dagger † ddagger ‡ checkmark ✓ degree °
        """);

    /// <summary>Operators between two operands.</summary>
    public static Dictionary<string, string> Binary { get; } = Pairs("""
        times × cdot ⋅ pm ± mp ∓ div ÷ cup ∪ cap ∩ setminus ∖ land ∧ wedge ∧ lor ∨ vee ∨ circ ∘ ast ∗ star ⋆ odot ⊙
        oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ bullet ∙ sqcup ⊔ sqcap ⊓ uplus ⊎ diamond ⋄ bmod mod amalg ⨿
        """);

    /// <summary>Relations and arrows.</summary>
    public static Dictionary<string, string> Relations { get; } = Pairs("""
        le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ ll ≪ gg ≫ in ∈ notin ∉ ni ∋
        subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ to → rightarrow → leftarrow ← gets ← Rightarrow ⇒ Leftarrow ⇐
        leftrightarrow ↔ Leftrightarrow ⇔ mapsto ↦ iff ⟺ implies ⟹ longrightarrow ⟶ longmapsto ⟼ uparrow ↑ downarrow ↓
        nearrow ↗ searrow ↘ perp ⟂ mid ∣ parallel ∥ prec ≺ succ ≻ preceq ⪯ succeq ⪰ lesssim ≲ gtrsim ≳ leqslant ⩽
        geqslant ⩾ coloneqq ≔ asymp ≍ doteq ≐ models ⊨ vdash ⊢ hookrightarrow ↪ rightsquigarrow ⇝ triangleq ≜ colon :
        """);

    /// <summary>Signs without operands: negation, quantifiers, dots, escaped characters.</summary>
    public static Dictionary<string, string> Signs { get; } = Pairs("""
        forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ ldots … dots … dotsc … cdots ⋯ dotsb ⋯ vdots ⋮ ddots ⋱ prime ′ % %
        $ $ & & # # _ _ backslash \
        """);

    /// <summary>Opening and closing signs, which \left and \right stretch.</summary>
    public static Dictionary<string, string> Fences { get; } = Pairs("""
        { { } } lbrace { rbrace } lbrack [ rbrack ] langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ vert | Vert ‖
        | ‖ lvert | rvert | lVert ‖ rVert ‖ lparen ( rparen ) uparrow ↑ downarrow ↓ backslash \
        """);

    /// <summary>Large operators; those of <see cref="SideLimits"/> keep their limits at the side.</summary>
    public static Dictionary<string, string> Large { get; } = Pairs("""
        sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂
        """);

    /// <summary>Integrals.</summary>
    public static HashSet<string> SideLimits { get; } = ["int", "iint", "iiint", "oint"];

    /// <summary>Named functions, set upright.</summary>
    public static HashSet<string> Functions { get; } =
    [
        .. ("log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan max min sup inf lim limsup "
            + "liminf arg argmax argmin det dim ker deg gcd hom Pr sgn sign var cov Var Cov Corr tr rank diag plim")
            .Split(' '),
    ];

    /// <summary>Functions whose subscript stands below them in a displayed formula.</summary>
    public static HashSet<string> Limits { get; } =
        ["max", "min", "sup", "inf", "lim", "limsup", "liminf", "argmax", "argmin", "Pr", "det", "gcd", "plim"];

    /// <summary>Signs over an argument.</summary>
    public static Dictionary<string, string> Accents { get; } = Pairs("""
        hat ^ widehat ^ bar ‾ tilde ~ widetilde ~ dot ˙ ddot ¨ vec → overrightarrow → check ˇ breve ˘
        acute ´ grave ` mathring ˚ overbrace ⏞
        """);

    /// <summary>Signs under an argument.</summary>
    public static Dictionary<string, string> Below { get; } = Pairs("underbrace ⏟");

    /// <summary>Accents that grow with what they stand over.</summary>
    public static HashSet<string> Wide { get; } =
        ["widehat", "widetilde", "overrightarrow", "overbrace", "underbrace"];

    /// <summary>Spaces, in em.</summary>
    public static Dictionary<string, string> Spaces { get; } = Pairs(
        ", 0.167em : 0.222em > 0.222em ; 0.278em thinspace 0.167em medspace 0.222em thickspace 0.278em quad 1em "
        + "qquad 2em ! -0.167em enspace 0.5em");

    private static Dictionary<string, string> Pairs(string list)
    {
        var words = list.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, words.Length / 2)
            .ToDictionary(i => words[2 * i], i => words[(2 * i) + 1], StringComparer.Ordinal);
    }
}
