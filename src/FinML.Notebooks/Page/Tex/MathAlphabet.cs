using System.Text;

namespace FinML.Notebooks;

/// <summary>The letters of mathematics that are characters of their own: bold, script, blackboard and so on.</summary>
internal sealed class MathAlphabet
{
    // Where a block has no place for a letter, because an older block holds it.
    private const string ScriptHoles = "B\u212CE\u2130F\u2131H\u210BI\u2110L\u2112M\u2133R\u211Be\u212Fg\u210Ao\u2134";
    private const string FrakturHoles = "C\u212DH\u210CI\u2111R\u211CZ\u2128";
    private const string BlackboardHoles = "C\u2102H\u210DN\u2115P\u2119Q\u211AR\u211DZ\u2124";

    // Capital and small Greek in the order of the blocks of bold Greek.
    private const string Greek =
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ";

    private static readonly Dictionary<string, MathAlphabet> ByCommand = new(StringComparer.Ordinal)
    {
        ["mathbf"] = new(0x1D400, 0x1D7CE, 0x1D6A8, ""),
        ["boldsymbol"] = new(0x1D468, 0x1D7CE, 0x1D71C, ""),
        ["bm"] = new(0x1D468, 0x1D7CE, 0x1D71C, ""),
        ["mathcal"] = new(0x1D49C, 0, 0, ScriptHoles),
        ["mathscr"] = new(0x1D49C, 0, 0, ScriptHoles),
        ["mathfrak"] = new(0x1D504, 0, 0, FrakturHoles),
        ["mathbb"] = new(0x1D538, 0x1D7D8, 0, BlackboardHoles),
        ["mathsf"] = new(0x1D5A0, 0x1D7E2, 0, ""),
        ["mathtt"] = new(0x1D670, 0x1D7F6, 0, ""),
        ["mathit"] = new(0, 0, 0, ""),
    };

    private readonly int letters;
    private readonly int digits;
    private readonly int greek;
    private readonly string holes;

    private MathAlphabet(int letters, int digits, int greek, string holes)
    {
        this.letters = letters;
        this.digits = digits;
        this.greek = greek;
        this.holes = holes;
    }

    /// <summary>The alphabet that a command chooses, or null.</summary>
    public static MathAlphabet? Of(string command) => ByCommand.GetValueOrDefault(command);

    /// <summary>A text in this alphabet; what the alphabet has not stays as it is.</summary>
    public string Map(string text) => string.Concat(text.EnumerateRunes().Select(Map));

    private string Map(Rune rune)
    {
        var c = rune.Value;
        var hole = rune.IsAscii ? holes.IndexOf((char)c) : -1;
        var place = rune.IsBmp ? Greek.IndexOf((char)c) : -1;
        return hole >= 0 ? holes[hole + 1].ToString()
            : c is >= 'A' and <= 'Z' && letters > 0 ? char.ConvertFromUtf32(letters + c - 'A')
            : c is >= 'a' and <= 'z' && letters > 0 ? char.ConvertFromUtf32(letters + 26 + c - 'a')
            : c is >= '0' and <= '9' && digits > 0 ? char.ConvertFromUtf32(digits + c - '0')
            : place >= 0 && greek > 0 ? char.ConvertFromUtf32(greek + place)
            : rune.ToString();
    }
}
