using System.Text;
using FinML.Notebooks.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// What could stand at a place of a cell, and what a name in it is: asked of a compilation of the cell as it would
/// stand behind the cells that ran.
/// </summary>
internal sealed class CodeAssistant(ScriptSession session, NotebookHostOptions options)
{
    private const int MostItems = 500;

    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeRef)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut);

    private readonly XmlDocumentation _documentation = new();

    /// <summary>Whether code could be run as it stands.</summary>
    internal static CodeCompleteness IsComplete(string code)
    {
        if (string.IsNullOrWhiteSpace(code))
            return CodeCompleteness.Complete;
        // The lines that the session takes out are whole as they stand.
        code = ReferenceDirective.Blank(code, ReferenceDirective.In(code));
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, ScriptSession.ParseOptions);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return CodeCompleteness.Incomplete;
        return tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error)
            ? CodeCompleteness.Invalid
            : CodeCompleteness.Complete;
    }

    /// <summary>Names that could stand at the cursor.</summary>
    internal KernelCompletions Complete(string code, int cursor, CancellationToken stop)
    {
        cursor = Math.Clamp(cursor, 0, code.Length);
        if (DirectiveCompletion.At(code, cursor, session.BaseDirectory, session.References.Local) is { } directive)
            return directive;
        int start = cursor;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] == '_'))
            start--;
        string prefix = code[start..cursor];
        string line = code[..start];
        line = line[(line.LastIndexOf('\n') + 1)..];
        if (line.TrimStart().StartsWith("#!", StringComparison.Ordinal) || line.Trim() == "#" || line.Trim() == "#!")
            return Magics(code, cursor);
        Compilation compilation = session.Preview(code);
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        SemanticModel model = compilation.GetSemanticModel(tree);
        SyntaxNode root = tree.GetRoot(stop);
        SyntaxToken before = start > 0 ? root.FindToken(start - 1) : default;
        if (before.IsKind(SyntaxKind.StringLiteralToken) && before.SpanStart < start && before.Span.End >= cursor)
            return Files(code, before, cursor);
        IEnumerable<ISymbol> symbols = before.IsKind(SyntaxKind.DotToken)
            ? Members(model, before, start)
            : model.LookupSymbols(start);
        IEnumerable<(string Text, string Kind)> items = symbols
            .Where(s => s.CanBeReferencedByName && !s.IsImplicitlyDeclared && s is not IMethodSymbol
            { MethodKind: MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.PropertySet })
            .Select(s => (s.Name, Kind(s)));
        if (!before.IsKind(SyntaxKind.DotToken))
            items = items.Concat(SyntaxFacts.GetKeywordKinds().Select(k => (SyntaxFacts.GetText(k), "keyword")));
        return new KernelCompletions(
            [.. items.Where(i => Matches(i.Item1, prefix)).DistinctBy(i => i.Item1)
                .OrderBy(i => i.Item1.StartsWith(prefix, StringComparison.Ordinal) ? 0 : 1)
                .ThenBy(i => i.Item1, StringComparer.OrdinalIgnoreCase).Take(MostItems)],
            start, cursor);
    }

    /// <summary>Signatures and documentation of the name at the cursor, or null.</summary>
    internal MimeBundle? Inspect(string code, int cursor, bool detailed, CancellationToken stop)
    {
        Compilation compilation = session.Preview(code);
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        SemanticModel model = compilation.GetSemanticModel(tree);
        SyntaxNode root = tree.GetRoot(stop);
        if (root.FullSpan.IsEmpty)
            return null;
        SyntaxToken token = root.FindToken(Math.Clamp(cursor, 0, Math.Max(code.Length - 1, 0)));
        if (!token.IsKind(SyntaxKind.IdentifierToken) || token.SpanStart > cursor)
            token = root.FindToken(Math.Max(Math.Min(cursor, code.Length) - 1, 0)); // just behind a name
        // Inside a call's parentheses, the call is meant.
        SyntaxNode? node = token.IsKind(SyntaxKind.IdentifierToken)
            ? token.Parent
            : token.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Expression;
        if (node is null)
            return null;
        SymbolInfo info = model.GetSymbolInfo(node, stop);
        ISymbol[] symbols = info.Symbol is { } one ? [one] : [.. info.CandidateSymbols];
        if (symbols.Length == 0 && model.GetDeclaredSymbol(node, stop) is { } declared)
            symbols = [declared];
        if (symbols.Length == 0)
            symbols = [.. model.GetMemberGroup(node, stop)];
        if (symbols.Length == 0)
            return null;
        var text = new StringBuilder();
        foreach (ISymbol symbol in symbols.Take(detailed ? 20 : 5))
        {
            text.Append(symbol.ToDisplayString(Signature)).Append('\n');
            foreach (string paragraph in _documentation.Of(symbol, compilation))
                text.Append("    ").Append(paragraph).Append('\n');
        }

        if (symbols.Length > 5 && !detailed)
            text.Append("... and ").Append(symbols.Length - 5).Append(" more overloads\n");
        return MimeBundle.OfText(text.ToString().TrimEnd('\n'));
    }

    private static IEnumerable<ISymbol> Members(SemanticModel model, SyntaxToken dot, int position)
    {
        ExpressionSyntax? left = dot.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()
                ?.Expression,
            _ => null,
        };
        if (left is null)
            return [];
        ISymbol? symbol = model.GetSymbolInfo(left).Symbol;
        if (symbol is INamespaceSymbol space)
            return model.LookupNamespacesAndTypes(position, space);
        ITypeSymbol? type = symbol as ITypeSymbol ?? model.GetTypeInfo(left).Type;
        if (type is null or IErrorTypeSymbol)
            return [];
        bool ofType = symbol is ITypeSymbol;
        return model.LookupSymbols(position, type, includeReducedExtensionMethods: !ofType)
            .Where(s => ofType ? s.IsStatic || s is ITypeSymbol : !s.IsStatic
                || s is IMethodSymbol { ReducedFrom: not null });
    }

    /// <summary>A magic's name, and behind it what the magic takes.</summary>
    private KernelCompletions Magics(string code, int cursor)
    {
        string line = code[(code.LastIndexOf('\n', Math.Max(cursor - 1, 0)) + 1)..cursor].TrimStart();
        int space = line.LastIndexOf(' ');
        string word = line[(space + 1)..];
        IEnumerable<(string Text, string Kind)> items = space < 0
            ? CellSource.Magics.Select(m => (m, "magic"))
            : line[..line.IndexOf(' ')] switch
            {
                "#!help" => MagicTable.All.Select(m => (m.Name, "magic")),
                "#!sql" => options.Connections.Keys.Order().Select(c => (c, "connection")).Append(("--name", "option")),
                "#!connect" => [("--create", "option")],
                "#!value" => [("--from-file", "option"), ("--mime-type", "option")],
                "#!set" => [("--value", "option")],
                "#!forget" => SessionVariables.Current(session.Variables).Select(v => (v.Name, "variable")),
                "#!env" => Environment.GetEnvironmentVariables().Keys.Cast<string>().Order()
                    .Select(v => (v, "variable")),
                _ => [],
            };
        return new KernelCompletions(
            [.. items.Where(i => i.Text.StartsWith(word, StringComparison.Ordinal))], cursor - word.Length, cursor);
    }

    /// <summary>Names of files and folders inside a string.</summary>
    private KernelCompletions Files(string code, SyntaxToken text, int cursor)
    {
        int open = code.IndexOf('"', text.SpanStart) + 1, slash = code.LastIndexOfAny(['/', '\\'], cursor - 1);
        int start = slash >= open ? slash + 1 : open;
        string folder = Path.Combine(session.BaseDirectory, code[open..start]), prefix = code[start..cursor];
        if (!Directory.Exists(folder))
            return new KernelCompletions([], cursor, cursor);
        return new KernelCompletions(
            [.. new DirectoryInfo(folder).EnumerateFileSystemInfos(prefix + "*")
                .OrderBy(f => f.Name, StringComparer.Ordinal).Take(MostItems)
                .Select(f => (f is DirectoryInfo ? f.Name + "/" : f.Name, "path"))],
            start, cursor);
    }

    /// <summary>The prefix begins the name, or its capitals do (WL finds WriteLine).</summary>
    private static bool Matches(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        || (prefix.Length > 1 && prefix.All(char.IsUpper)
            && string.Concat(name.Where(char.IsUpper)).StartsWith(prefix, StringComparison.Ordinal));

    private static string Kind(ISymbol symbol) => symbol switch
    {
        IMethodSymbol => "method",
        IPropertySymbol => "property",
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "enum member",
        IFieldSymbol or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => "variable",
        IEventSymbol => "event",
        INamespaceSymbol => "namespace",
        ITypeSymbol type => type.TypeKind.ToString().ToLowerInvariant(),
        _ => "name",
    };
}
