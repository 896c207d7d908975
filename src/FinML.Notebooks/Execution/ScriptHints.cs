namespace FinML.Notebooks;

/// <summary>What to do about compile errors that come from the limits of C# scripts rather than from a slip.</summary>
internal static class ScriptHints
{
    public static string? For(string id, string sourceLine, string message)
    {
        var line = sourceLine.TrimStart();
        if (line.StartsWith("using var ", StringComparison.Ordinal)
            || line.StartsWith("await using var ", StringComparison.Ordinal))
            return "A cell has no 'using var' at its top level: write using (var x = ...) { ... }, or a block { ... }.";
        if (line.StartsWith("ref ", StringComparison.Ordinal))
            return "A cell has no ref variables at its top level: put the lines into a method or a block { ... }.";
        return id switch
        {
            "CS8345" => "A variable of a cell is a field, so it cannot be a Span: use an array, or a block { ... }.",
            "CS7021" => "A cell cannot declare a namespace: declare the types without one.",
            "CS9283" => "A cell cannot declare extension blocks: use a static class of a library.",
            "CS1109" or "CS1106" => "Extension methods stand at the top level of a cell, as static methods.",
            "CS0246" or "CS0234" when message.Contains("are you missing", StringComparison.Ordinal) =>
                "Add a using, or #r \"nuget:PACKAGE\" or #r \"path/to.dll\".",
            "CS0012" => "Add #r \"path/to.dll\" for the assembly it names.",
            _ => null,
        };
    }
}
