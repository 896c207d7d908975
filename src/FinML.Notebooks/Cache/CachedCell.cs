using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FinML.Notebooks;

/// <summary>
/// A cell tagged <c>cache</c>, as the compiler sees it: the variables that it declares, which the cache holds, and the
/// declarations alone, which stand in for its code where it is not run.
/// </summary>
internal sealed class CachedCell
{
    private CachedCell(IReadOnlyList<string> variables, IReadOnlyList<string> spoken, string declarations)
    {
        Variables = variables;
        Spoken = spoken;
        Declarations = declarations;
    }

    /// <summary>The names that the cell declares.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The variables of earlier cells that the cell speaks and the cache could hold: it must not change them.
    /// </summary>
    public IReadOnlyList<string> Spoken { get; }

    /// <summary>The cell's usings, types and functions, and its variables without values.</summary>
    public string Declarations { get; }

    /// <summary>Reads a cell that compiles.</summary>
    /// <param name="compilation">Of the cell behind those above it.</param>
    /// <param name="number">n of In[n].</param>
    /// <param name="problem">Why it cannot be cached; null where it can.</param>
    public static CachedCell? Of(Compilation compilation, int number, out NotebookError? problem)
    {
        var tree = compilation.SyntaxTrees.Last(); // before it stands what it loads
        var model = compilation.GetSemanticModel(tree);
        var root = (CompilationUnitSyntax)tree.GetRoot();
        problem = null;
        NotebookError Refusal(SyntaxNode? at, string message, string? hint = null) => new()
        {
            Name = "CacheError",
            Message = $"the cell is tagged \"{CellCache.Tag}\" and {message}",
            Hint = hint,
            Cell = number,
            Line = at is null ? 0 : at.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
        };

        if (root.GetLoadDirectives().FirstOrDefault() is { } load)
        {
            problem = Refusal(load, "loads code with #load, whose variables the cache would not hold.",
                "Load it in a cell above.");
            return null;
        }

        if (root.Members.FirstOrDefault(m => m is BasePropertyDeclarationSyntax or EventFieldDeclarationSyntax)
            is { } held)
        {
            problem = Refusal(held, "declares a property or an event, which the cache would not hold.",
                "Declare a variable.");
            return null;
        }

        if (Changed(root, model, compilation) is { } assigned)
        {
            problem = Refusal(assigned.At, $"changes '{assigned.Name}' of an earlier cell, which would not happen "
                + "where the result comes from the cache.", "Declare a new variable for the result.");
            return null;
        }

        IFieldSymbol[] fields =
        [
            .. compilation.ScriptClass!.GetMembers().OfType<IFieldSymbol>()
                .Where(field => !field.IsConst && !field.IsImplicitlyDeclared && field.CanBeReferencedByName),
        ];
        if (fields.FirstOrDefault(field => !CachedValue.IsHeld(field.Type)) is { } other)
        {
            var type = other.Type.ToMinimalDisplayString(model, 0);
            problem = Refusal(other.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(),
                $"declares '{other.Name}' of the type {type}, which the cache cannot hold.",
                $"It holds {CachedValue.Kinds}" + (type.StartsWith("IEnumerable", StringComparison.Ordinal)
                    ? ": end the query with ToArray()."
                    : "."));
            return null;
        }

        return new CachedCell(
            [.. fields.Select(field => field.Name)], [.. Earlier(root, model, compilation)],
            Declare(root, model, fields));
    }

    /// <summary>Usings, types, functions and constants as they stand; of the variables the types and names.</summary>
    private static string Declare(CompilationUnitSyntax root, SemanticModel model, IFieldSymbol[] fields)
    {
        var kept = root.Members.Where(member => member switch
        {
            GlobalStatementSyntax => false,
            FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword),
            _ => true,
        });
        var references = root.GetReferenceDirectives().Select(line => line.ToFullString().Trim());
        return string.Join('\n',
        [
            .. references, .. root.Usings.Select(line => line.ToString()), .. kept.Select(member => member.ToString()),
            .. fields.Select(f => $"{f.Type.ToMinimalDisplayString(model, root.FullSpan.End)} {f.Name} = default;"),
        ]);
    }

    /// <summary>Variables of earlier cells that the cell speaks and the cache could hold.</summary>
    private static IEnumerable<string> Earlier(SyntaxNode root, SemanticModel model, Compilation compilation) =>
        root.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Select(name => model.GetSymbolInfo(name).Symbol).OfType<IFieldSymbol>()
            .Where(field => IsEarlier(field, compilation) && !field.IsConst && CachedValue.IsHeld(field.Type))
            .Select(field => field.Name).Distinct();

    /// <summary>The first variable of an earlier cell that is assigned, or whose element or member is.</summary>
    private static (SyntaxNode At, string Name)? Changed(
        SyntaxNode root, SemanticModel model, Compilation compilation)
    {
        foreach (var node in root.DescendantNodes())
        {
            ExpressionSyntax? target = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                PrefixUnaryExpressionSyntax
                {
                    RawKind: (int)SyntaxKind.PreIncrementExpression
                    or (int)SyntaxKind.PreDecrementExpression
                } prefix => prefix.Operand,
                PostfixUnaryExpressionSyntax
                {
                    RawKind: (int)SyntaxKind.PostIncrementExpression
                    or (int)SyntaxKind.PostDecrementExpression
                } postfix => postfix.Operand,
                ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword }
                    argument => argument.Expression,
                _ => null,
            };
            IEnumerable<ExpressionSyntax> targets = target switch
            {
                null => [],
                TupleExpressionSyntax tuple => tuple.Arguments.Select(argument => argument.Expression),
                _ => [target],
            };
            foreach (var each in targets)
            {
                if (model.GetSymbolInfo(Owner(each)).Symbol is { } symbol && IsEarlier(symbol, compilation))
                    return (node, symbol.Name);
            }
        }

        return null;
    }

    /// <summary>x of x, x[i], x.P and x.P[i].Q.</summary>
    private static ExpressionSyntax Owner(ExpressionSyntax expression) => expression switch
    {
        ElementAccessExpressionSyntax element => Owner(element.Expression),
        MemberAccessExpressionSyntax member => Owner(member.Expression),
        ParenthesizedExpressionSyntax inner => Owner(inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure =>
            Owner(sure.Operand),
        _ => expression,
    };

    private static bool IsEarlier(ISymbol symbol, Compilation compilation) =>
        symbol is IFieldSymbol or IPropertySymbol && symbol.ContainingType?.IsScriptClass == true
        && !SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly);
}
