using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FinML.Notebooks;

/// <summary>
/// papermill's parameters: the variables of the cell tagged <c>parameters</c> are defaults; given values go into a cell
/// tagged <c>injected-parameters</c> behind it, converted to the declared types.
/// </summary>
internal static class ParameterCell
{
    public const string Tag = "parameters";
    public const string InjectedTag = "injected-parameters";

    private sealed record Declared(string Name, ITypeSymbol Type, bool IsConstant);

    /// <summary>Takes an earlier run's injected cell out and, where values are given, puts a new one in.</summary>
    /// <exception cref="NotebookException">A name is not declared, or a value does not convert.</exception>
    public static void Inject(Notebook notebook, IReadOnlyDictionary<string, string> values, ScriptSession session)
    {
        for (var i = notebook.Cells.Count - 1; i >= 0; i--)
        {
            if (notebook.Cells[i].Tags.Contains(InjectedTag))
                notebook.RemoveAt(i);
        }

        if (values.Count == 0)
            return;

        var index = notebook.Cells.ToList().FindIndex(c => c.Kind == CellKind.Code && c.Tags.Contains(Tag));
        if (index < 0)
        {
            throw new NotebookException(
                $"the notebook takes no parameters (no cell is tagged \"{Tag}\"), but {Names(values.Keys)} was given.");
        }

        var declared = Read(notebook.Cells[index].Source, session);
        var unknown = values.Keys.Where(name => declared.All(d => d.Name != name)).ToList();
        if (unknown.Count > 0)
        {
            throw new NotebookException(declared.Count == 0
                ? $"unknown parameter {Names(unknown)}: the cell tagged \"{Tag}\" declares none."
                : $"unknown parameter {Names(unknown)}; the notebook knows {Names(declared.Select(d => d.Name))}.");
        }

        // In the order of declaration, whatever the order of the command line.
        var lines = declared.Where(d => values.ContainsKey(d.Name)).Select(d =>
        {
            var value = ParameterValue.ToSource(d.Name, values[d.Name], d.Type);
            // An assignment, not a new variable: methods of the parameters cell then see the value too.
            return d.IsConstant ? $"const {d.Type.ToDisplayString()} {d.Name} = {value};" : $"{d.Name} = {value};";
        });
        var id = "injected-parameters";
        for (var n = 2; notebook.Cells.Any(cell => cell.Id == id); n++)
            id = $"injected-parameters-{n}";
        var source = "// Parameters\n" + string.Join('\n', lines);
        notebook.Insert(index + 1, NotebookCell.Create(id, CellKind.Code, source, InjectedTag));
    }

    private static IReadOnlyList<Declared> Read(string source, ScriptSession session)
    {
        var compilation = session.Analyse(source);
        var tree = compilation.SyntaxTrees.Last();
        var model = compilation.GetSemanticModel(tree);
        return
        [
            .. ((CompilationUnitSyntax)tree.GetRoot()).Members.OfType<FieldDeclarationSyntax>()
                .SelectMany(field => field.Declaration.Variables)
                .Select(variable => model.GetDeclaredSymbol(variable)).OfType<IFieldSymbol>()
                .Select(field => new Declared(field.Name, field.Type, field.IsConst)),
        ];
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
