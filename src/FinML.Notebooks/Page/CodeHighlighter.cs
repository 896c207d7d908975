using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FinML.Notebooks;

/// <summary>
/// C# as HTML with a class per kind of token: k keyword, s string, n number, c comment, t type, f method, p directive.
/// The parser alone decides; names that only the compiler could tell apart stay plain.
/// </summary>
internal static partial class CodeHighlighter
{
    public static string ToHtml(string code)
    {
        code = code.ReplaceLineEndings("\n").TrimEnd('\n');
        var kinds = new char[code.Length]; // '\0' is plain
        var script = HideMagics(code, kinds);
        var root = CSharpSyntaxTree.ParseText(script, ScriptSession.ParseOptions).GetRoot();

        foreach (var trivia in root.DescendantTrivia(descendIntoTrivia: true))
        {
            if (trivia.IsDirective)
                Mark(kinds, trivia.Span, 'p');
            else if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia)
                Mark(kinds, trivia.Span, 'c');
        }

        foreach (var token in root.DescendantTokens())
            Mark(kinds, token.Span, Kind(token));
        return Write(code, kinds);
    }

    private static char Kind(SyntaxToken token)
    {
        var kind = token.Kind();
        if (SyntaxFacts.IsKeywordKind(kind) || token.IsContextualKeyword()
            || (token.Text is "var" && token.Parent is IdentifierNameSyntax { IsVar: true }))
            return 'k';
        return kind switch
        {
            SyntaxKind.NumericLiteralToken => 'n',
            SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedVerbatimStringStartToken
                or SyntaxKind.InterpolatedSingleLineRawStringStartToken
                or SyntaxKind.InterpolatedMultiLineRawStringStartToken
                or SyntaxKind.InterpolatedRawStringEndToken => 's',
            SyntaxKind.IdentifierToken => Name(token),
            _ => '\0',
        };
    }

    private static char Name(SyntaxToken token) => token.Parent switch
    {
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or TypeParameterSyntax => 't',
        MethodDeclarationSyntax or LocalFunctionStatementSyntax or ConstructorDeclarationSyntax => 'f',
        SimpleNameSyntax name => name.Parent switch
        {
            InvocationExpressionSyntax => 'f',
            MemberAccessExpressionSyntax access when access.Name == name =>
                access.Parent is InvocationExpressionSyntax call && call.Expression == access ? 'f' : '\0',
            ObjectCreationExpressionSyntax or TypeArgumentListSyntax or ArrayTypeSyntax or NullableTypeSyntax
                or BaseTypeSyntax or CastExpressionSyntax or TypeOfExpressionSyntax or DeclarationPatternSyntax => 't',
            VariableDeclarationSyntax declaration when declaration.Type == name => 't',
            ParameterSyntax parameter when parameter.Type == name => 't',
            QualifiedNameSyntax { Parent: ObjectCreationExpressionSyntax } => 't',
            _ when name is GenericNameSyntax => 't',
            // A capital before a dot is, in C#, nearly always a type: Math.Sqrt, File.Exists.
            MemberAccessExpressionSyntax access when access.Expression == name && char.IsUpper(token.Text[0]) => 't',
            _ => '\0',
        },
        _ => '\0',
    };

    /// <summary>Blanks the #! lines, and the lines of other languages behind them, which are not C#.</summary>
    private static string HideMagics(string code, char[] kinds)
    {
        var script = new StringBuilder(code);
        var csharp = true;
        for (var start = 0; start < code.Length;)
        {
            var end = code.IndexOf('\n', start);
            end = end < 0 ? code.Length : end;
            var magic = Magic().Match(code[start..end]);
            if (magic.Success)
            {
                csharp = magic.Groups[1].Value is "csharp" or "c#" || (csharp && magic.Groups[1].Value == "time");
                Mark(kinds, TextSpan.FromBounds(start, end), 'p');
            }

            if (magic.Success || !csharp)
            {
                for (var i = start; i < end; i++)
                    script[i] = ' ';
            }

            start = end + 1;
        }

        return script.ToString();
    }

    private static void Mark(char[] kinds, TextSpan span, char kind)
    {
        if (kind != '\0')
            kinds.AsSpan(span.Start, span.Length).Fill(kind);
    }

    private static string Write(string code, char[] kinds)
    {
        var html = new StringBuilder();
        for (var start = 0; start < code.Length;)
        {
            var end = start + 1;
            while (end < code.Length && kinds[end] == kinds[start])
                end++;
            var text = WebUtility.HtmlEncode(code[start..end]);
            html.Append(kinds[start] == '\0' ? text : $"<span class=\"{kinds[start]}\">{text}</span>");
            start = end;
        }

        return html.ToString();
    }

    [GeneratedRegex(@"^\s*#!(\S+)")]
    private static partial Regex Magic();
}
