using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.ExceptionServices;
using System.Text;
using FinML.Notebooks.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace FinML.Notebooks;

/// <summary>One Roslyn session: submissions that see the variables, types and usings of those before them.</summary>
internal sealed class ScriptSession : IDisposable
{
    private readonly NotebookSourceResolver sources;
    private ScriptOptions options;
    private readonly InteractiveAssemblyLoader loader = new();
    private Script<object>? last;
    private Script<object>? beforeLast;
    private ScriptState<object>? state;
    private SessionState variables = SessionState.Empty;
    private Script<object>? finished; // the last whose run ended
    private readonly Dictionary<string, List<StopChecks>> checks = [];
    private int interruptions;
    private readonly Lock ending = new();

    public ScriptSession(NotebookHostOptions host)
    {
        BaseDirectory = Path.GetFullPath(host.BaseDirectory);
        // What is loaded in the host is what a cell gets: a second copy would make types that do not convert.
        foreach (var assembly in host.References.Append(typeof(CellStop).Assembly).Distinct())
            loader.RegisterDependency(assembly);

        References = new SessionReferences(host, loader);
        sources = new NotebookSourceResolver(BaseDirectory);
        options = ScriptOptions.Default
            .WithReferences(Framework.Value)
            .AddReferences(host.References.Append(typeof(CellStop).Assembly).Distinct())
            .WithImports(Existing(host))
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithLanguageVersion(LanguageVersion.Preview)
            .WithWarningLevel(0)
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(BaseDirectory))
            .WithSourceResolver(sources);
    }

    /// <summary>What relative paths start from.</summary>
    public string BaseDirectory { get; }

    /// <summary>The packages and projects that cells asked for.</summary>
    public SessionReferences References { get; }

    /// <summary>The options of parsing: those of the submissions.</summary>
    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>
    /// Makes available what a segment's lines, and those of the files that it loads, ask for: packages, projects. The
    /// segments that are added from then on are compiled against it.
    /// </summary>
    /// <returns>What the user should know, a sentence each; or the error.</returns>
    public async Task<(IReadOnlyList<string> Notes, NotebookError? Error)> ReferAsync(
        CellSource.Segment segment, int cell, NotebookGlobals globals, CancellationToken stop)
    {
        var path = segment.Path ?? $"In[{cell}]";
        var inCell = segment.Path is null;
        var notes = new List<string>();
        var asking = segment.References.Count > 0 ? path : "";
        try
        {
            if (segment.References.Count > 0)
                notes.AddRange(await AddAsync(segment.References, path));
            foreach (var (file, directives) in sources.Loaded(segment.Code, path))
                notes.AddRange(await AddAsync(directives, asking = file));
            if (segment.Library is not { } library)
                return (notes, null);
            var errors = References.AddLibrary(
                path, library, options.MetadataReferences.OfType<PortableExecutableReference>(), options.Imports,
                notes);
            options = options.AddReferences(References.Metadata.Except(options.MetadataReferences));
            return (notes, CellErrors.FirstError(errors, cell, library));
        }
        catch (ReferenceException error)
        {
            var at = error.Directive!;
            inCell &= asking == path;
            return (notes, new NotebookError
            {
                Name = "ReferenceError",
                Message = (inCell ? "" : $"{Path.GetFileName(asking)}:line {at.Line}: ") + error.Message,
                Hint = error.Hint,
                Cell = cell,
                Line = inCell ? at.Line : 0,
                Column = at.Text.IndexOf('#') + 1,
                SourceLine = at.Text.TrimEnd(),
            });
        }

        async Task<IReadOnlyList<string>> AddAsync(IReadOnlyList<ReferenceDirective> directives, string from)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(from, BaseDirectory))!;
            var said = await References.AddAsync(directives, folder, globals.Progress, stop);
            options = options.AddReferences(References.Metadata.Except(options.MetadataReferences));
            return said;
        }
    }

    /// <summary>A submission after the last; it is compiled by <see cref="Compile"/> and run by its order.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cell">The cell's number.</param>
    /// <param name="path">The file that the code was imported from; null for the cell's own.</param>
    /// <param name="stoppable">Whether its loops and functions ask whether to stop.</param>
    public Script<object> Add(string code, int cell, string? path = null, bool stoppable = true)
    {
        if (stoppable)
            code = WithChecks(code, path ?? $"In[{cell}]");
        var named = New(options).WithFilePath(path ?? $"In[{cell}]");
        beforeLast = last;
        last = last is null
            ? CSharpScript.Create<object>(code, named, typeof(NotebookGlobals), loader)
            : last.ContinueWith<object>(code, named);
        return last;
    }

    /// <summary>The column, in the code as it was written, of a column in the code that was compiled.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    public int Column(int cell, int line, int column) =>
        checks.GetValueOrDefault($"In[{cell}]")?.FindLast(c => c.Has(line))?.Column(line, column) ?? column;

    private string WithChecks(string code, string path)
    {
        var next = StopChecks.Into(code);
        if (!checks.TryGetValue(path, out var segments))
            checks[path] = segments = [];
        segments.RemoveAll(before => before.Overlaps(next)); // a cell that is run again under its number
        segments.Add(next);
        return next.Code;
    }

    /// <summary>
    /// The options without what the submissions so far have brought: the next one has their references and usings, and
    /// would keep what is given again once for each of them, gigabytes after a thousand cells.
    /// </summary>
    private ScriptOptions New(ScriptOptions all)
    {
        var (references, imports) = (all.MetadataReferences.ToList(), all.Imports.ToList());
        for (Script? before = last; before is not null; before = before.Previous)
        {
            if (references.Count + imports.Count == 0)
                break;
            references.RemoveAll(before.Options.MetadataReferences.Contains);
            imports.RemoveAll(before.Options.Imports.Contains);
        }

        return all.WithReferences((IEnumerable<MetadataReference>)references).WithImports(imports);
    }

    /// <summary>Takes the last submission back, so that another can be made in its place.</summary>
    public void Forget(Script<object> script)
    {
        if (!ReferenceEquals(script, last))
            throw new InvalidOperationException("Only the last submission can be taken back.");
        last = beforeLast;
    }

    /// <summary>Takes back a submission whose run never ended: the next one follows the last that did.</summary>
    public void ForgetUnfinished()
    {
        lock (ending)
        {
            interruptions++;
            last = beforeLast = finished;
        }
    }

    /// <summary>Where the session stands between two cells.</summary>
    public readonly record struct Place(
        Script<object>? Finished, ScriptState<object>? State, Script<object>? Last, Script<object>? BeforeLast,
        SessionState Variables);

    /// <summary>Where it stands now.</summary>
    public Place Mark() => new(finished, state, last, beforeLast, variables);

    /// <summary>Goes back to a place: what was added or ran since is as if it never was, but for what it did to objects
    /// of before.</summary>
    public void Return(Place place)
    {
        (finished, state, last, beforeLast, variables) = place;
    }

    /// <summary>A compilation of code that stands alone, for what must be known before the session begins.</summary>
    public Compilation Analyse(string code) =>
        CSharpScript.Create<object>(code, options, typeof(NotebookGlobals)).GetCompilation();

    /// <summary>Compiles a submission, once: running it later uses the result.</summary>
    public static IReadOnlyList<Diagnostic> Compile(Script<object> script, CancellationToken stop) =>
        CellThread.Whole(() =>
        {
            stop.ThrowIfCancellationRequested();
            return script.Compile(stop);
        });

    /// <summary>
    /// Runs a submission on the state that the one before it left. What it had set when it throws stays, so that the
    /// next one can follow it.
    /// </summary>
    public async Task<object?> RunAsync(Script<object> script, NotebookGlobals globals, CancellationToken stop)
    {
        (object? value, Exception? error) = await TryRunAsync(script, globals, stop);
        if (error is not null)
            ExceptionDispatchInfo.Throw(error);
        return value;
    }

    /// <summary>Runs a submission; where it throws, what it had set until then stays.</summary>
    public async Task<(object? Value, Exception? Error)> TryRunAsync(
        Script<object> script, NotebookGlobals globals, CancellationToken stop)
    {
        var begun = interruptions;
        var after = state is null
            ? await script.RunAsync(globals, _ => true, stop)
            : await script.RunFromAsync(state, _ => true, stop);
        CellThread.Whole(() =>
        {
            lock (ending)
            {
                // An awaiting cell that was given up may come back on another thread, after the next one has begun.
                if (begun == interruptions)
                    (variables, state, finished) = (variables.After(after), after, script);
            }

            return true;
        });
        return (after.ReturnValue, after.Exception);
    }

    /// <summary>The variables of all submissions that ran, the shadowed ones too, oldest first.</summary>
    public IReadOnlyList<ScriptVariable> Variables => variables.All;

    /// <summary>A compilation of code as it would stand behind the last submission, which stays the last.</summary>
    public Compilation Preview(string code) => (last is null
        ? CSharpScript.Create<object>(code, options, typeof(NotebookGlobals), loader)
        : last.ContinueWith<object>(code, New(options))).GetCompilation();

    /// <summary>The newest variable of a name; null where there is none.</summary>
    public ScriptVariable? Variable(string name) => variables.All.LastOrDefault(variable => variable.Name == name);

    /// <summary>What a variable of the session holds; null where there is none of that name.</summary>
    public object? Value(string name) => Variable(name)?.Value;

    public void Dispose() => loader.Dispose();

    /// <summary>The framework that runs us: cells may use all of it. Read once, for all sessions.</summary>
    private static readonly Lazy<MetadataReference[]> Framework = new(() => [.. FrameworkFiles()]);

    private static IEnumerable<MetadataReference> FrameworkFiles()
    {
        var home = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.GetDirectoryName(path) == home)
            .Where(path => Path.GetFileName(path) != "System.Private.CoreLib.dll")
            .Order(StringComparer.Ordinal)
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    /// <summary>The usings whose namespace or type is in the references, or is the framework's.</summary>
    internal static IEnumerable<string> Existing(NotebookHostOptions host)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var assembly in host.References)
        {
            using var file = File.OpenRead(assembly.Location);
            using var image = new PEReader(file);
            var metadata = image.GetMetadataReader();
            foreach (var handle in metadata.TypeDefinitions)
            {
                var type = metadata.GetTypeDefinition(handle);
                if ((type.Attributes & System.Reflection.TypeAttributes.VisibilityMask)
                    != System.Reflection.TypeAttributes.Public)
                    continue;
                var space = metadata.GetString(type.Namespace);
                names.Add(space);
                names.Add($"{space}.{metadata.GetString(type.Name)}");
            }
        }

        return host.Usings.Where(name =>
            name == "System" || name.StartsWith("System.", StringComparison.Ordinal) || names.Contains(name));
    }
}
