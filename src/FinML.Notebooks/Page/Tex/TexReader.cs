namespace FinML.Notebooks;

/// <summary>The text of a formula, read from left to right: names, groups and signs, without what they mean.</summary>
internal sealed class TexReader
{
    private readonly string tex;
    private int at;

    /// <exception cref="FormatException">A character cannot stand in a page.</exception>
    public TexReader(string tex)
    {
        for (var i = 0; i < tex.Length; i++)
        {
            var pair = i + 1 < tex.Length && char.IsSurrogatePair(tex[i], tex[i + 1]);
            if ((char.IsSurrogate(tex[i]) && !pair) || (char.IsControl(tex[i]) && !char.IsWhiteSpace(tex[i])))
                throw new FormatException($"the character U+{(int)tex[i]:X4} is not one of a formula.");
            i += pair ? 1 : 0;
        }

        this.tex = tex.Trim();
    }

    /// <summary>Whether nothing is left.</summary>
    public bool Ended => at >= tex.Length;

    /// <summary>The character that is read next; there is one.</summary>
    public char Current => tex[at];

    /// <summary>Whether the text goes on with a character.</summary>
    public bool At(char c) => !Ended && tex[at] == c;

    /// <summary>Whether the text goes on with a command or sign.</summary>
    public bool At(string text) => tex.AsSpan(at).StartsWith(text)
        && (!char.IsAsciiLetter(text[^1]) || at + text.Length >= tex.Length
            || !char.IsAsciiLetter(tex[at + text.Length]));

    /// <summary>Reads one character.</summary>
    public char Take() => tex[at++];

    /// <summary>Reads a command or sign where the text goes on with it.</summary>
    public bool TryTake(string text)
    {
        var here = At(text);
        at += here ? text.Length : 0;
        return here;
    }

    public void SkipSpace()
    {
        while (!Ended && char.IsWhiteSpace(tex[at]))
            at++;
    }

    /// <summary>The name behind a backslash: letters, or one other character; empty at the end.</summary>
    public string Name()
    {
        var start = at;
        while (!Ended && char.IsAsciiLetter(tex[at]))
            at++;
        if (at == start && !Ended)
            at++;
        return tex[start..at];
    }

    /// <summary>The name of the command that comes next, which stays unread.</summary>
    public string NextName()
    {
        var back = at++;
        var name = Name();
        at = back;
        return name;
    }

    /// <summary>A number, with the digits behind its point.</summary>
    public string Number()
    {
        var start = at;
        while (!Ended && (char.IsAsciiDigit(tex[at])
               || (tex[at] == '.' && at + 1 < tex.Length && char.IsAsciiDigit(tex[at + 1]))))
            at++;
        return tex[start..at];
    }

    /// <summary>What stands between a brace and the one that closes it.</summary>
    public string Group(string of)
    {
        SkipSpace();
        if (!At('{'))
            throw new FormatException($"\\{of} is followed by {{...}}.");
        var start = ++at;
        for (var open = 1; !Ended; at++)
        {
            open += tex[at] == '{' ? 1 : tex[at] == '}' ? -1 : 0;
            if (open == 0)
                return tex[start..at++];
        }

        throw new FormatException("a { is not closed by }.");
    }

    /// <summary>The text of a group without commands.</summary>
    public string Plain(string of)
    {
        var text = Group(of);
        return text.IndexOfAny(['\\', '{', '}', '$', '&']) < 0
            ? text.Trim()
            : throw new FormatException($"\\{of} holds plain text, and {text.Trim()} is more.");
    }
}
