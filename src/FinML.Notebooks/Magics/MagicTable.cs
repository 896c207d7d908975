using FinML.Shared;

namespace FinML.Notebooks;

/// <summary>The magics: the lines that begin with <c>#!</c>.</summary>
internal static class MagicTable
{
    /// <summary>What becomes of a magic's line.</summary>
    internal enum Kind
    {
        /// <summary>It says the language of the lines below.</summary>
        Language,

        /// <summary>It becomes C#, which is compiled and run in its place.</summary>
        Code,

        /// <summary>As Code, with the lines below it.</summary>
        CodeWithLines,

        /// <summary>It asks a live session.</summary>
        Session,

        /// <summary>It says how the cell is run.</summary>
        Cell,
    }

    /// <param name="Name">Without <c>#!</c>.</param>
    /// <param name="Kind">What becomes of it.</param>
    /// <param name="Usage">What may stand behind the name.</param>
    /// <param name="Summary">What it does, on one line.</param>
    /// <param name="Example">A line or more that work.</param>
    internal sealed record Magic(string Name, Kind Kind, string Usage, string Summary, string Example);

    /// <summary>All of them, by name.</summary>
    internal static IReadOnlyList<Magic> All { get; } = new Magic[]
    {
        new("csharp", Kind.Language, "", "C# from here on", "#!csharp\n1 + 1"),
        new("markdown", Kind.Language, "", "prose from here on", "#!markdown\n**After costs** nothing is left."),
        new("html", Kind.Language, "", "markup from here on, shown as it stands", "#!html\n<b>after costs</b>"),
        new("javascript", Kind.Language, "", "script for the page; element is the output's place",
            "#!javascript\nelement.textContent = new Date().toISOString();"),
        new("mermaid", Kind.Language, "", "a diagram; drawn where the front end can, else its source is shown",
            "#!mermaid\ngraph LR; data --> features --> agent"),
        new("time", Kind.Cell, "", "the wall time of the cell", "#!time\nawait Task.Delay(100);"),
        new("import", Kind.Cell, "FILE", "runs a notebook's code cells, or a .cs file, in this place",
            "#!import helpers.ipynb"),
        new("connect", Kind.Code, "NAME FILE|CONNECTION [--create]",
            "names a database for #!sql: a SQLite file, :memory:, or PostgreSQL's connection string (env:VAR reads it)",
            "#!connect prices prices.db\n#!connect lab Host=db;Database=research;Username=me"),
        new("sql", Kind.CodeWithLines, "[CONNECTION] [--name VARIABLE]",
            "the query below, shown as a table; @x in it is the variable x; --name keeps the rows",
            "#!sql prices --name closes\nselect day, close from bars where close > @least"),
        new("set", Kind.Code, "NAME EXPRESSION, or NAME --value TEXT", "declares a variable",
            "#!set window 20\n#!set title --value Best of N"),
        new("value", Kind.CodeWithLines, "NAME [--from-file FILE] [--mime-type TYPE]",
            "a text variable of the lines below or of a file; with a type it is shown, too",
            "#!value tickers\nAAPL\nMSFT"),
        new("env", Kind.Code, "[NAME[=VALUE]]", "lists, shows or sets environment variables",
            "#!env PGHOST\n#!env PGHOST=localhost"),
        new("seed", Kind.Code, "[NUMBER]", "shows, or sets, the seed: the variable seed and the engine's generator",
            "#!seed 7"),
        new("data", Kind.Code, "[NAME]", "the data sets of the catalogue, or one of them", "#!data\n#!data nyse-composite"),
        new("who", Kind.Session, "", "the variables", "#!who"),
        new("whos", Kind.Session, "", "the variables with type and value", "#!whos"),
        new("forget", Kind.Session, "NAME...", "empties variables, so that their memory can be taken back",
            "#!forget prices"),
        new("memory", Kind.Session, "", "memory of objects and of the process", "#!memory"),
        new("help", Kind.Session, "[NAME]", "this list, or one of it with an example", "#!help sql"),
        new("lsmagic", Kind.Session, "", "the same list", "#!lsmagic"),
        new("about", Kind.Session, "", "the same list", "#!about"),
    }.OrderBy(magic => magic.Name, StringComparer.Ordinal).ToArray();

    /// <summary>The magic of a name, or null.</summary>
    internal static Magic? Of(string name) => All.FirstOrDefault(magic => magic.Name == name);

    /// <summary>What to do about a name that is none.</summary>
    internal static string Suggestion(string name) => Nearest.Of(name, All.Select(magic => magic.Name)) is { } near
        ? $"Did you mean #!{near}? #!help lists all."
        : $"finml knows {string.Join(", ", All.Select(magic => "#!" + magic.Name))}.";

    /// <summary>What #!help shows: all, or one with its example.</summary>
    /// <param name="name">A magic's name, with or without #!; null for all.</param>
    internal static string Help(string? name)
    {
        if (name is not null && Of(name.TrimStart('#', '!')) is { } magic)
        {
            string example = string.Join('\n', magic.Example.Split('\n').Select(line => "    " + line));
            return $"{Line(magic).TrimEnd()}\n    {magic.Summary}\n\nExample:\n{example}";
        }

        int width = All.Max(magic => Line(magic).Length is var length && length <= 34 ? length : 0) + 2;
        IEnumerable<string> lines = All.Where(magic => magic.Name is not ("lsmagic" or "about")).Select(magic =>
            Line(magic).Length <= width - 2
                ? Line(magic).PadRight(width) + magic.Summary
                : $"{Line(magic)}\n{new string(' ', width)}{magic.Summary}");
        return string.Join('\n', lines) + "\n\n" + References;
    }

    private const string References = """
        #r "nuget:X, 1.0"  a package: this version, 1.*, [1.0, 2.0), or without one the highest that is here
        #r "my.csproj"     a project, built where it is out of date; #r "my.dll" an assembly
        #i "nuget:PLACE"   a further folder or address with packages
        #load "my.csx"     the code of a file
        NAME?              what a name is; Ctrl-Space or Tab completes, Shift-Tab explains
        """;

    private static string Line(Magic magic) => $"#!{magic.Name} {magic.Usage}".TrimEnd();
}
