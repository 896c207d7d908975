using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FinML.Notebooks;

/// <summary>What a submission means to those behind it, and which of those before it its code can mean.</summary>
internal sealed class Declarations
{
    private Declarations(Submission submission)
    {
        var compilation = submission.Compilation;
        Declared =
        [
            .. compilation.ScriptClass!.GetMembers()
                .Where(member => !member.IsImplicitlyDeclared && member.Name.Length > 0)
                .Select(member => (member.Name, Key(member))),
        ];
        var spoken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in compilation.SyntaxTrees.Select(tree => tree.GetCompilationUnitRoot()))
        {
            IsPinned |= root.Usings.Count + root.Externs.Count + root.GetReferenceDirectives().Count
                + root.GetLoadDirectives().Count > 0;
            foreach (var node in root.DescendantNodes())
                HasAnonymousTypes |= node is AnonymousObjectCreationExpressionSyntax
                    or AnonymousFunctionExpressionSyntax;
            foreach (var token in root.DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && !IsMember(token))
                    spoken.Add(token.ValueText);
            }
        }

        Spoken = spoken;
        // Extensions are called without their class's name, and by queries and loops without their own.
        IsPinned |= compilation.References.Any() || compilation.ScriptClass.GetMembers().Any(
            member => member is IMethodSymbol { IsExtensionMethod: true } or INamedTypeSymbol { IsStatic: true });
    }

    /// <summary>The names that it declares, each with what a later declaration must equal to hide it.</summary>
    public IReadOnlyList<(string Name, string Key)> Declared { get; }

    /// <summary>The names in its code that can mean what an earlier one declares.</summary>
    public IReadOnlySet<string> Spoken { get; }

    /// <summary>Whether it changes what names mean in a way that no name of its own shows: usings, references,
    /// extensions.</summary>
    public bool IsPinned { get; }

    /// <summary>Whether it can hold types without a name, which those behind it share.</summary>
    public bool HasAnonymousTypes { get; }

    /// <summary>Whether those behind it can see anything of it.</summary>
    public bool IsVisible => IsPinned || Declared.Count > 0;

    /// <summary>Of a submission that compiles.</summary>
    public static Declarations Of(Submission submission) => new(submission);

    /// <summary>x in a.x: found in what a is, whatever else has that name.</summary>
    private static bool IsMember(SyntaxToken token) => token.Parent is SimpleNameSyntax name
        && (name.Parent is MemberAccessExpressionSyntax access && access.Name == name
            || name.Parent is MemberBindingExpressionSyntax);

    private static string Key(ISymbol member) => member switch
    {
        INamedTypeSymbol type => $"type`{type.Arity}",
        IMethodSymbol method => $"method`{method.Arity}("
            + string.Join(',', method.Parameters.Select(p => $"{p.RefKind} {Identity(p.Type)}")) + ")",
        _ => "value",
    };

    /// <summary>A type's name and where it is from: two cells can declare types of one name.</summary>
    private static string Identity(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => $"{Identity(array.ElementType)}[{array.Rank}]",
        ITypeParameterSymbol parameter => $"!{parameter.Ordinal}",
        INamedTypeSymbol named => $"{named.ContainingAssembly?.Name}:{named.OriginalDefinition.ToDisplayString()}"
            + $"<{string.Join(',', named.TypeArguments.Select(Identity))}>",
        _ => type.ToDisplayString(),
    };
}
