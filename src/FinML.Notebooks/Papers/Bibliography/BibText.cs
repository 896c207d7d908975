using System.Globalization;
using System.Text;

namespace FinML.Notebooks.Papers;

/// <summary>TeX of a bibliography as plain text: accents, braces, dashes, ties.</summary>
internal static class BibText
{
    /// <summary>Accents: the command, then pairs of letter and accented letter.</summary>
    private static readonly Dictionary<char, string> Accents = new()
    {
        ['\''] = "aáeéiíoóuúyýcćnńsśzźlĺrŕgǵAÁEÉIÍOÓUÚYÝCĆNŃSŚZŹLĹRŔGǴ",
        ['`'] = "aàeèiìoòuùnǹAÀEÈIÌOÒUÙNǸ",
        ['^'] = "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷzẑAÂEÊIÎOÔUÛCĈGĜHĤJĴSŜWŴYŶZẐ",
        ['"'] = "aäeëiïoöuüyÿAÄEËIÏOÖUÜYŸ",
        ['~'] = "aãnñoõiĩuũAÃNÑOÕIĨUŨ",
        ['='] = "aāeēiīoōuūAĀEĒIĪOŌUŪ",
        ['.'] = "cċeėgġzżaȧCĊEĖGĠZŻIİ",
        ['v'] = "cčsšzžrřeěnňdďtťgǧlľaǎCČSŠZŽRŘEĚNŇDĎTŤGǦLĽAǍ",
        ['u'] = "aăgğeĕiĭoŏuŭAĂGĞEĔIĬOŎUŬ",
        ['c'] = "cçsştţeȩCÇSŞTŢEȨ",
        ['k'] = "aąeęiįuųoǫAĄEĘIĮUŲOǪ",
        ['H'] = "oőuűOŐUŰ",
        ['r'] = "aåuůAÅUŮ",
        ['d'] = "sṣtṭhḥaạnṇSṢTṬHḤAẠNṆ",
        ['b'] = "dḏlḻnṉtṯ",
    };

    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["ss"] = "ß",
        ["o"] = "ø",
        ["O"] = "Ø",
        ["l"] = "ł",
        ["L"] = "Ł",
        ["aa"] = "å",
        ["AA"] = "Å",
        ["ae"] = "æ",
        ["AE"] = "Æ",
        ["oe"] = "œ",
        ["OE"] = "Œ",
        ["i"] = "i",
        ["j"] = "j",
        ["dh"] = "ð",
        ["th"] = "þ",
        ["textendash"] = "–",
        ["textemdash"] = "—",
        ["textquoteright"] = "’",
        ["textquoteleft"] = "‘",
        ["textquotedblleft"] = "“",
        ["textquotedblright"] = "”",
        ["textregistered"] = "®",
        ["texttrademark"] = "™",
        ["textasciitilde"] = "~",
        ["textunderscore"] = "_",
        ["ldots"] = "…",
        ["dots"] = "…",
        ["S"] = "§",
        ["copyright"] = "©",
        ["pounds"] = "£",
        ["TeX"] = "TeX",
        ["LaTeX"] = "LaTeX",
        // Commands of fonts and of BibTeX that leave their argument.
        ["emph"] = "",
        ["textit"] = "",
        ["textbf"] = "",
        ["textsc"] = "",
        ["textrm"] = "",
        ["texttt"] = "",
        ["textsf"] = "",
        ["textup"] = "",
        ["mathrm"] = "",
        ["mathbf"] = "",
        ["text"] = "",
        ["mbox"] = "",
        ["it"] = "",
        ["em"] = "",
        ["bf"] = "",
        ["sc"] = "",
        ["rm"] = "",
        ["url"] = "",
        ["href"] = "",
        ["noopsort"] = "",
        ["penalty"] = "",
        ["relax"] = "",
    };

    private static readonly Dictionary<char, char> Bare = Accents.Values
        .SelectMany(pairs => Enumerable.Range(0, pairs.Length / 2)
            .Select(i => (To: pairs[2 * i], From: pairs[(2 * i) + 1])))
        .DistinctBy(pair => pair.From).ToDictionary(pair => pair.From, pair => pair.To);

    /// <summary>Plain text.</summary>
    public static string Decode(string tex) => Decode(tex, null);

    /// <summary>Plain text; commands that are not known are put into <paramref name="unknown"/>.</summary>
    public static string Decode(string tex, ICollection<string>? unknown)
    {
        var plain = new StringBuilder(tex.Length);
        for (var at = 0; at < tex.Length;)
        {
            var c = tex[at];
            switch (c)
            {
                case '\\':
                    at = Command(tex, at + 1, plain, unknown);
                    break;
                case '{' or '}' or '$':
                    at++;
                    break;
                case '~':
                    plain.Append('\u00A0');
                    at++;
                    break;
                case '-' when tex.AsSpan(at).StartsWith("---"):
                    plain.Append('—');
                    at += 3;
                    break;
                case '-' when tex.AsSpan(at).StartsWith("--"):
                    plain.Append('–');
                    at += 2;
                    break;
                case '`' when tex.AsSpan(at).StartsWith("``"):
                    plain.Append('“');
                    at += 2;
                    break;
                case '\'' when tex.AsSpan(at).StartsWith("''"):
                    plain.Append('”');
                    at += 2;
                    break;
                case '`':
                    plain.Append('‘');
                    at++;
                    break;
                case '\'':
                    plain.Append('’');
                    at++;
                    break;
                default:
                    if (!char.IsWhiteSpace(c) || c == '\u00A0')
                        plain.Append(c);
                    else if (plain.Length > 0 && plain[^1] != ' ')
                        plain.Append(' ');
                    at++;
                    break;
            }
        }

        return plain.ToString().Trim();
    }

    /// <summary>A text for sorting: small letters without accents.</summary>
    public static string Fold(string text) => string.Concat(text.Where(c => char.IsLetterOrDigit(c) || c == ' ')
        .Select(c => char.ToLowerInvariant(Bare.GetValueOrDefault(c, c)) switch
        {
            'ø' => "o",
            'ł' => "l",
            'æ' => "ae",
            'œ' => "oe",
            'ß' => "ss",
            var plain => plain.ToString(),
        }));

    /// <summary>Reads the command behind a backslash; the result is where it ends.</summary>
    private static int Command(string tex, int at, StringBuilder plain, ICollection<string>? unknown)
    {
        if (at >= tex.Length)
            return at;
        var start = at;
        while (at < tex.Length && char.IsAsciiLetter(tex[at]))
            at++;
        var name = tex[start..at];
        if (name.Length == 0)
        {
            var sign = tex[at++];
            if (Accents.TryGetValue(sign, out var pairs))
                return Accent(tex, at, pairs, plain);
            if (sign is '&' or '%' or '$' or '#' or '_' or '{' or '}')
                plain.Append(sign);
            else if (sign is ' ' or ',' or '~')
                plain.Append(' ');
            return at; // \- and \/ leave nothing
        }

        // A letter is an accent where it stands before a letter in braces or behind a space: \v{s}, \c c.
        if (name.Length == 1 && Accents.TryGetValue(name[0], out var letters))
            return Accent(tex, at, letters, plain);
        if (Commands.TryGetValue(name, out var text) || TexSymbols.Letters.TryGetValue(name, out text)
            || TexSymbols.Binary.TryGetValue(name, out text) || TexSymbols.Relations.TryGetValue(name, out text))
            plain.Append(text);
        else
            unknown?.Add($"\\{name}");
        if (at < tex.Length && tex[at] == ' ')
            at++; // the space ends the command's name
        return at;
    }

    private static int Accent(string tex, int at, string pairs, StringBuilder plain)
    {
        while (at < tex.Length && tex[at] == ' ')
            at++;
        var braces = 0;
        for (; at < tex.Length && tex[at] == '{'; at++)
            braces++;
        if (at < tex.Length && tex[at] == '\\' && at + 1 < tex.Length && tex[at + 1] is 'i' or 'j')
            at++; // the i without a dot, which the accented letter has none of anyway
        if (at < tex.Length && tex[at] != '}')
        {
            var place = -1;
            for (var i = 0; i < pairs.Length; i += 2)
                place = pairs[i] == tex[at] ? i : place;
            plain.Append(place >= 0 ? pairs[place + 1] : tex[at]);
            at++;
        }

        for (; braces > 0 && at < tex.Length && tex[at] == '}'; at++)
            braces--;
        return at;
    }

    /// <summary>Initials of given names: "Clive W. J." is "C. W. J.", "Jean-Paul" is "J.-P.".</summary>
    public static string Initials(string given) => string.Join(' ', given
        .Split((char[])[' ', '\u00A0', '.'], StringSplitOptions.RemoveEmptyEntries)
        .Select(name => string.Join('-', name.Split('-', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => StringInfo.GetNextTextElement(part) + "."))));
}
