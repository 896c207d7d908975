using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FinML.Notebooks;

/// <summary>
/// Code with a <see cref="CellStop.Check"/> in each loop, function and label. Lines stay what they are; columns of a
/// line that got one are told by <see cref="Column"/>.
/// </summary>
internal sealed class StopChecks
{
    private const string Asking = "global::FinML.Notebooks.CellStop.";

    private readonly List<(int Line, int Column, int Length)> insertions = [];

    private readonly int first, last; // lines with text

    private StopChecks(string code)
    {
        Code = code;
        var lines = code.Split('\n');
        first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line)) + 1;
        last = Array.FindLastIndex(lines, line => !string.IsNullOrWhiteSpace(line)) + 1;
    }

    /// <summary>The code with the checks.</summary>
    public string Code { get; private set; }

    /// <summary>Puts checks into code; code with slips, or without loops and functions, stays as it is.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cell">The number of the cell whose code it is.</param>
    public static StopChecks Into(string code, int cell)
    {
        var result = new StopChecks(code);
        var tree = CSharpSyntaxTree.ParseText(code, ScriptSession.ParseOptions);
        if (tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error))
            return result;
        var walker = new Walker(cell);
        walker.Visit(tree.GetRoot());
        if (walker.Found.Count == 0)
            return result;
        var lines = tree.GetText().Lines;
        var text = new StringBuilder(code.Length + (50 * walker.Found.Count));
        var at = 0;
        // What closes a statement comes before what opens the next one at the same place.
        foreach (var (place, inserted) in walker.Found.OrderBy(f => f.Place).ThenBy(f => f.Text != Walker.Close))
        {
            text.Append(code, at, place - at).Append(inserted);
            at = place;
            var position = lines.GetLinePosition(place);
            result.insertions.Add((position.Line + 1, position.Character, inserted.Length));
        }

        result.Code = text.Append(code, at, code.Length - at).ToString();
        return result;
    }

    /// <summary>The column, from 1, in the code as it was written, of one in the code with the checks.</summary>
    public int Column(int line, int column)
    {
        var (shift, found) = (0, column - 1);
        foreach (var (_, place, length) in insertions.Where(i => i.Line == line))
        {
            if (found < place + shift + length)
                return Math.Min(found - shift, place) + 1;
            shift += length;
        }

        return found - shift + 1;
    }

    /// <summary>Whether a line has code of this piece of the cell.</summary>
    public bool Has(int line) => line >= first && line <= last;

    /// <summary>Whether two pieces share a line.</summary>
    public bool Overlaps(StopChecks other) => first <= other.last && other.first <= last;

    private sealed class Walker(int cell) : CSharpSyntaxWalker
    {
        public const string Close = " }";

        private bool cleaningUp;

        public List<(int Place, string Text)> Found { get; } = [];

        private string Check => string.Create(
            CultureInfo.InvariantCulture, $"{Asking}{(cleaningUp ? "CheckCleanup" : "Check")}({cell});");

        public override void Visit(SyntaxNode? node)
        {
            switch (node)
            {
                case ForStatementSyntax loop:
                    Loop(loop.Statement);
                    break;
                case CommonForEachStatementSyntax loop:
                    Loop(loop.Statement);
                    break;
                case WhileStatementSyntax loop:
                    Loop(loop.Statement);
                    break;
                case DoStatementSyntax loop:
                    Loop(loop.Statement);
                    break;
                case LabeledStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } to:
                    Found.Add((to.Statement.SpanStart, Check));
                    break;
                case AnonymousFunctionExpressionSyntax function:
                    Function(function.Block);
                    break;
                case LocalFunctionStatementSyntax function:
                    Function(function.Body);
                    break;
            }

            base.Visit(node);
        }

        public override void VisitMethodDeclaration(MethodDeclarationSyntax node) => CleaningUp(
            node.Identifier.ValueText is "Dispose" or "DisposeAsync",
            () =>
            {
                Function(node.Body);
                base.VisitMethodDeclaration(node);
            });

        public override void VisitFinallyClause(FinallyClauseSyntax node) =>
            CleaningUp(true, () => base.VisitFinallyClause(node));

        public override void VisitDestructorDeclaration(DestructorDeclarationSyntax node)
        {
            // An exception here would end the process.
        }

        public override void VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
        {
            // A type whose static constructor throws once is lost.
            if (!node.Modifiers.Any(SyntaxKind.StaticKeyword))
                base.VisitConstructorDeclaration(node);
        }

        public override void VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
        {
            // A colon begins a format there.
        }

        private void CleaningUp(bool now, Action visit)
        {
            var before = cleaningUp;
            cleaningUp |= now;
            visit();
            cleaningUp = before;
        }

        private void Function(BlockSyntax? body)
        {
            if (body is not null)
                Found.Add((body.OpenBraceToken.Span.End, Check));
        }

        private void Loop(StatementSyntax body)
        {
            if (body is BlockSyntax block)
            {
                Function(block);
                return;
            }

            Found.Add((body.SpanStart, "{ " + Check));
            Found.Add((body.Span.End, Close));
        }
    }
}
