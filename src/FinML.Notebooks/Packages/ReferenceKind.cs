namespace FinML.Notebooks.Packages;

/// <summary>What a directive of a cell asks for.</summary>
internal enum ReferenceKind
{
    /// <summary><c>#r "nuget:X, 1.2.3"</c></summary>
    Package,

    /// <summary><c>#r "path/to.csproj"</c></summary>
    Project,

    /// <summary><c>#i "nuget:FOLDER-OR-URL"</c>: a further place to look for packages.</summary>
    Source,

    /// <summary>A package line whose quotes are missing.</summary>
    Unquoted,
}
