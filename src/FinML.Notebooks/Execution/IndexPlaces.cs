using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FinML.Notebooks;

/// <summary>Where a cell reads or writes by an index: the one line that an index error can come from, or all of
/// them.</summary>
internal static class IndexPlaces
{
    /// <summary>Line and column, from 1, where all indices of the cell stand in one line; else 0, with the lines in the
    /// hint.</summary>
    public static (int Line, int Column, string? Hint) In(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, ScriptSession.ParseOptions);
        FileLinePositionSpan[] places =
        [
            .. tree.GetRoot().DescendantNodes().OfType<BracketedArgumentListSyntax>()
                .Where(list => list.Parent is ElementAccessExpressionSyntax or ElementBindingExpressionSyntax)
                .Select(list => list.Parent is ElementAccessExpressionSyntax access ? access.Expression : list.Parent!)
                .Select(node => node.GetLocation().GetLineSpan()),
        ];
        int[] lines = [.. places.Select(place => place.StartLinePosition.Line + 1).Distinct().Order()];
        return lines switch
        {
            [] => (0, 0, null),
            [var line] => (line, places.Min(place => place.StartLinePosition.Character) + 1, null),
            _ => (0, 0, string.Create(CultureInfo.InvariantCulture,
                $"It is an index in line {string.Join(", ", lines[..^1])} or {lines[^1]}.")),
        };
    }
}
