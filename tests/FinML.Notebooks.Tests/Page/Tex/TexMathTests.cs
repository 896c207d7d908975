using System.Xml.Linq;

namespace FinML.Notebooks.Tests.Page;

public class TexMathTests
{
    private static string Inside(string tex, bool block = false)
    {
        var math = TexMath.ToMathMl(tex, block, out var error);
        Assert.Null(error);
        var tree = XElement.Parse(math!); // well-formed
        Assert.Equal("math", tree.Name.LocalName);
        var open = math!.IndexOf("<mrow>", StringComparison.Ordinal) + "<mrow>".Length;
        return math[open..^"</mrow></math>".Length];
    }

    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("12.5", "<mn>12.5</mn>")]
    [InlineData("3.", "<mn>3</mn><mo stretchy=\"false\">.</mo>")]
    [InlineData("a+b", "<mi>a</mi><mo>+</mo><mi>b</mi>")]
    [InlineData("-a", "<mo>−</mo><mi>a</mi>")]
    [InlineData("= -a", "<mo stretchy=\"false\">=</mo><mo form=\"prefix\" stretchy=\"false\">−</mo><mi>a</mi>")]
    [InlineData("(-1)", "<mo stretchy=\"false\">(</mo><mo form=\"prefix\" stretchy=\"false\">−</mo><mn>1</mn>"
        + "<mo stretchy=\"false\">)</mo>")]
    [InlineData("x_t", "<msub><mi>x</mi><mi>t</mi></msub>")]
    [InlineData("x^2_t", "<msubsup><mi>x</mi><mi>t</mi><mn>2</mn></msubsup>")]
    [InlineData("x_{t-1}", "<msub><mi>x</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub>")]
    [InlineData("f'", "<msup><mi>f</mi><mo>′</mo></msup>")]
    [InlineData("f'^2", "<msup><mi>f</mi><mrow><mo>′</mo><mn>2</mn></mrow></msup>")]
    [InlineData("\\alpha\\Omega", "<mi>α</mi><mi>Ω</mi>")]
    [InlineData("a \\leq b", "<mi>a</mi><mo stretchy=\"false\">≤</mo><mi>b</mi>")]
    [InlineData("a < b", "<mi>a</mi><mo stretchy=\"false\">&lt;</mo><mi>b</mi>")]
    [InlineData("\\not\\in", "<mo stretchy=\"false\">∈\u0338</mo>")]
    [InlineData("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("\\dfrac{a}{b}", "<mfrac displaystyle=\"true\"><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>")]
    [InlineData("\\binom{n}{k}", "<mrow><mo>(</mo><mfrac linethickness=\"0\"><mrow><mi>n</mi></mrow><mrow><mi>k</mi>"
        + "</mrow></mfrac><mo>)</mo></mrow>")]
    [InlineData("\\sqrt 5", "<msqrt><mn>5</mn></msqrt>")]
    [InlineData("\\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>")]
    [InlineData("\\hat\\sigma", "<mover accent=\"true\"><mi>σ</mi><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData("\\widehat{ab}", "<mover accent=\"true\"><mrow><mi>a</mi><mi>b</mi></mrow>"
        + "<mo stretchy=\"true\">^</mo></mover>")]
    [InlineData("\\bar x_t",
        "<msub><mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">‾</mo></mover><mi>t</mi></msub>")]
    [InlineData("\\overline{x}",
        "<mrow style=\"border-top:.06em solid;padding-top:.12em\"><mrow><mi>x</mi></mrow></mrow>")]
    [InlineData("\\mathbf{x}_1", "<msub><mi>𝐱</mi><mn>1</mn></msub>")]
    [InlineData("\\boldsymbol{\\beta}", "<mi>𝜷</mi>")]
    [InlineData("\\mathcal{N}", "<mi>𝒩</mi>")]
    [InlineData("\\mathcal{FL}", "<mrow><mi>ℱ</mi><mi>ℒ</mi></mrow>")]
    [InlineData("\\mathbb{E}", "<mi>𝔼</mi>")]
    [InlineData("\\mathbb R", "<mi>ℝ</mi>")]
    [InlineData("\\mathbb{1}", "<mrow><mn>𝟙</mn></mrow>")]
    [InlineData("\\mathfrak{C}", "<mi>ℭ</mi>")]
    [InlineData("\\mathrm{SR}", "<mi mathvariant=\"normal\">SR</mi>")]
    [InlineData("\\operatorname{DSR}(x)", "<mi mathvariant=\"normal\">DSR</mi><mo stretchy=\"false\">(</mo><mi>x</mi>"
        + "<mo stretchy=\"false\">)</mo>")]
    [InlineData("2\\log x", "<mn>2</mn><mspace width=\"0.167em\"/><mi mathvariant=\"normal\">log</mi>"
        + "<mspace width=\"0.167em\"/><mi>x</mi>")]
    [InlineData("\\exp(x)", "<mi mathvariant=\"normal\">exp</mi><mo stretchy=\"false\">(</mo><mi>x</mi>"
        + "<mo stretchy=\"false\">)</mo>")]
    [InlineData("\\sum_i", "<msub><mo largeop=\"true\">∑</mo><mi>i</mi></msub>")]
    [InlineData("\\sum\\limits_i", "<munder><mo largeop=\"true\">∑</mo><mi>i</mi></munder>")]
    [InlineData("|r|", "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">|</mo><mi>r</mi>"
        + "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">|</mo>")]
    [InlineData("a \\mid b", "<mi>a</mi><mo stretchy=\"false\">∣</mo><mi>b</mi>")]
    [InlineData("\\left( x \\right)", "<mrow><mo stretchy=\"true\" form=\"prefix\">(</mo><mrow><mi>x</mi></mrow>"
        + "<mo stretchy=\"true\" form=\"postfix\">)</mo></mrow>")]
    [InlineData("\\left\\{ x \\right.",
        "<mrow><mo stretchy=\"true\" form=\"prefix\">{</mo><mrow><mi>x</mi></mrow></mrow>")]
    [InlineData("\\bigl[", "<mo stretchy=\"true\" form=\"prefix\" minsize=\"1.2em\" maxsize=\"1.2em\">[</mo>")]
    [InlineData("\\text{if } x", "<mtext>if\u00A0</mtext><mi>x</mi>")]
    [InlineData("\\text{where $x$ is}",
        "<mrow><mtext>where\u00A0</mtext><mrow><mi>x</mi></mrow><mtext>\u00A0is</mtext></mrow>")]
    [InlineData("a\\,b\\quad c", "<mi>a</mi><mspace width=\"0.167em\"/><mi>b</mi><mspace width=\"1em\"/><mi>c</mi>")]
    [InlineData("\\overset{d}{\\to}",
        "<mover><mrow><mo stretchy=\"false\">→</mo></mrow><mrow><mi>d</mi></mrow></mover>")]
    [InlineData("\\underset{x}{y}", "<munder><mrow><mi>y</mi></mrow><mrow><mi>x</mi></mrow></munder>")]
    [InlineData("\\{a\\}", "<mo stretchy=\"false\">{</mo><mi>a</mi><mo stretchy=\"false\">}</mo>")]
    [InlineData("5\\%", "<mn>5</mn><mo stretchy=\"false\">%</mo>")]
    [InlineData("\\displaystyle x", "<mstyle displaystyle=\"true\" scriptlevel=\"0\"><mi>x</mi></mstyle>")]
    [InlineData("", "")]
    public void A_formula_is_drawn(string tex, string expected) => Assert.Equal(expected, Inside(tex));

    [Theory]
    [InlineData("\\sum_{i=1}^n x_i", "<munderover><mo largeop=\"true\">∑</mo>")]
    [InlineData("\\max_x f", "<munder><mi mathvariant=\"normal\">max</mi><mi>x</mi></munder>")]
    [InlineData("\\argmin_\\theta f", "<munder><mi mathvariant=\"normal\">arg\u2009min</mi><mi>θ</mi></munder>")]
    [InlineData("\\int_0^1 f", "<msubsup><mo largeop=\"true\">∫</mo><mn>0</mn><mn>1</mn></msubsup>")]
    [InlineData("\\sum\\nolimits_i", "<msub><mo largeop=\"true\">∑</mo><mi>i</mi></msub>")]
    [InlineData("\\underbrace{x}_{y}", "<munder><munder accentunder=\"true\"><mrow><mi>x</mi></mrow>")]
    [InlineData("\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}",
        "<mrow><mo stretchy=\"true\" form=\"prefix\">(</mo><mtable><mtr><mtd><mrow><mi>a</mi></mrow></mtd><mtd>"
        + "<mrow><mi>b</mi></mrow></mtd></mtr><mtr><mtd><mrow><mi>c</mi></mrow></mtd><mtd><mrow><mi>d</mi></mrow></mtd>"
        + "</mtr></mtable><mo stretchy=\"true\" form=\"postfix\">)</mo></mrow>")]
    [InlineData("\\begin{cases} 1 & x > 0 \\\\ 0 \\end{cases}",
        "<mrow><mo stretchy=\"true\" form=\"prefix\">{</mo><mtable displaystyle=\"false\"><mtr>"
        + "<mtd style=\"text-align:left\">")]
    [InlineData("\\begin{aligned} a &= b \\\\ c &= d \\\\ \\end{aligned}",
        "<mtr><mtd style=\"text-align:right;padding-right:0\"><mrow><mi>c</mi></mrow></mtd>"
        + "<mtd style=\"text-align:left;padding-left:0\"><mrow><mo stretchy=\"false\">=</mo><mi>d</mi></mrow></mtd>"
        + "</mtr>"
        + "</mtable>")]
    [InlineData("\\begin{array}{lr} a & b \\end{array}", "<mtd style=\"text-align:left\"><mrow><mi>a</mi></mrow></mtd>"
        + "<mtd style=\"text-align:right\">")]
    public void A_displayed_formula_has_limits_and_rows(string tex, string expected) =>
        Assert.Contains(expected, Inside(tex, block: true));

    [Theory]
    [InlineData("\\foo", "\\foo is not known here.")]
    [InlineData("{a", "a { is not closed by }.")]
    [InlineData("a}", "a } closes nothing.")]
    [InlineData("\\sqrt[3", "a [ is not closed by ].")]
    [InlineData("\\left( a", "\\left has no \\right.")]
    [InlineData("\\right)", "\\right has no \\left.")]
    [InlineData("\\left x", "\\left takes a fence such as ( [ \\{ |, but stands before x.")]
    [InlineData("\\left", "\\left has no fence behind it.")]
    [InlineData("^2", "a ^ has nothing before it.")]
    [InlineData("x^", "^ has nothing behind it.")]
    [InlineData("x^2^3", "two ^ stand at the same place: write a^{b^c} or {a^b}^c.")]
    [InlineData("x_2_3", "two _ stand at the same place: write a_{b_c} or {a_b}_c.")]
    [InlineData("\\frac{1}", "\\frac has nothing behind it.")]
    [InlineData("a & b", "a & stands outside of an environment such as aligned.")]
    [InlineData("a \\\\ b", "\\\\ stands outside of an environment such as aligned.")]
    [InlineData("5%", "a % is written \\%.")]
    [InlineData("\\begin{matrix} a", "\\begin has no \\end.")]
    [InlineData("\\begin{matrix} a \\end{cases}", "\\begin{matrix} is ended by \\end{cases}.")]
    [InlineData("\\begin{tikz}\\end{tikz}", "the environment tikz is not known here.")]
    [InlineData("\\end{matrix}", "\\end has no \\begin.")]
    [InlineData("\\begin{array}{l|r} a \\end{array}", "the columns of an array are l, c and r, but are l|r.")]
    [InlineData("\\text a", "\\text is followed by {...}.")]
    [InlineData("\\text{a \\foo}", "\\text holds plain text, and a \\foo is more.")]
    [InlineData("\\text{a $x}", "a $ in \\text is not closed.")]
    [InlineData("a \\", "a \\ stands at the end.")]
    public void What_cannot_be_drawn_is_said(string tex, string sentence)
    {
        Assert.Null(TexMath.ToMathMl(tex, false, out var error));
        Assert.Equal(sentence, error);
    }

    [Fact]
    public void Nesting_ends_before_the_stack_does()
    {
        Assert.Null(TexMath.ToMathMl(new string('{', 100_000), false, out var error));
        Assert.Contains("nested more than", error);
        Assert.Null(TexMath.ToMathMl(string.Concat(Enumerable.Repeat("\\sqrt", 100_000)), false, out error));
        Assert.Null(TexMath.ToMathMl(string.Concat(Enumerable.Repeat("\\text{$", 1000)), false, out _));
    }

    [Fact]
    public void Any_text_gives_a_formula_or_a_sentence()
    {
        string[] pieces =
        [
            "{", "}", "\\", "^", "_", "&", "\\frac", "\\left", "\\right", "(", "]", "\\begin{cases}",
            "\\end{cases}", "\\\\",
            "x", "1", " ", "\\text{a}", "$", "'", "|", "\\sum", "\\not", "\\mathbf", "\ud835", "\udc00", "\0", "é",
            "%",
        ];
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var tex = string.Concat(
                Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var math = TexMath.ToMathMl(tex, i % 2 == 0, out var error);
            if (math is null)
                Assert.False(string.IsNullOrEmpty(error));
            else
                Assert.Equal("math", XElement.Parse(math).Name.LocalName);
        }
    }
}
