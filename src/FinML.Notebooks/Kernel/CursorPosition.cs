namespace FinML.Notebooks.Kernel;

/// <summary>Jupyter counts unicode characters, .NET UTF-16 code units.</summary>
internal static class CursorPosition
{
    /// <summary>The code unit at which character <paramref name="characters"/> begins; past the end, the end.</summary>
    internal static int ToCodeUnits(string text, int characters)
    {
        int at = 0;
        for (int i = 0; i < characters && at < text.Length; i++)
            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        return at;
    }

    /// <summary>How many characters lie before a code unit.</summary>
    internal static int ToCharacters(string text, int codeUnits)
    {
        int characters = 0;
        for (int at = 0; at < Math.Min(codeUnits, text.Length); characters++)
            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        return characters;
    }
}
