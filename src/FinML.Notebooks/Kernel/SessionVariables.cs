using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// The variables of a session: those that a name means now, and those that a later declaration has taken the name of.
/// The latter are emptied, so that a redefined array of gigabytes does not live on; unless a function or lambda of an
/// earlier cell speaks the name, which then goes on meaning the old one.
/// </summary>
internal sealed class SessionVariables
{
    private readonly HashSet<string> _captured = [];
    private int _released;

    /// <summary>Notes which names the functions and lambdas of a cell speak.</summary>
    internal void NoteCaptures(SyntaxNode root)
    {
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Ancestors().Any(a =>
                a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax
                    and not GlobalStatementSyntax and not FieldDeclarationSyntax or QueryExpressionSyntax))
                _captured.Add(name.Identifier.ValueText);
        }
    }

    /// <summary>Empties what is shadowed and not captured.</summary>
    internal void Release(IReadOnlyList<SessionVariable> variables)
    {
        var newest = new Dictionary<string, int>();
        for (int i = 0; i < variables.Count; i++)
            newest[variables[i].Name] = i;
        for (int i = _released; i < variables.Count; i++)
        {
            // A new declaration shadows whatever came before under its name.
            for (int old = 0; old < i; old++)
            {
                if (variables[old].Name == variables[i].Name && !_captured.Contains(variables[old].Name))
                    Empty(variables[old]);
            }
        }

        _released = variables.Count;
    }

    /// <summary>Whether a variable that is shadowed still has something to forget.</summary>
    internal bool IsHeld(SessionVariable variable) =>
        _captured.Contains(variable.Name) && !IsNumber(variable) && variable.Value is not null;

    /// <summary>Notes that the list has been made shorter.</summary>
    internal void Shorten(int count) => _released = Math.Min(_released, count);

    /// <summary>Empties all that a name means or meant; false where there is no such variable.</summary>
    internal static bool Forget(IReadOnlyList<SessionVariable> variables, string name)
    {
        SessionVariable[] found = [.. variables.Where(v => v.Name == name)];
        foreach (SessionVariable variable in found)
            Empty(variable);
        return found.Length > 0;
    }

    /// <summary>What each name means now.</summary>
    internal static IEnumerable<SessionVariable> Current(IReadOnlyList<SessionVariable> variables) =>
        variables.Reverse().DistinctBy(v => v.Name).Reverse();

    /// <summary>A number holds no memory.</summary>
    private static bool IsNumber(SessionVariable variable) =>
        variable.Type.IsValueType && !variable.Type.IsGenericType;

    private static void Empty(SessionVariable variable)
    {
        if (variable.IsReadOnly || IsNumber(variable))
            return;
        variable.Value = variable.Type.IsValueType ? Activator.CreateInstance(variable.Type) : null;
    }
}
