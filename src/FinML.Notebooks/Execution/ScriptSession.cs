using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text;
using FinML.Notebooks.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace FinML.Notebooks;

/// <summary>One Roslyn session: submissions that see the variables, types and usings of those before them.</summary>
internal sealed class ScriptSession
{
    private readonly NotebookSourceResolver sources;
    private ScriptOptions options;
    private readonly CellAssemblies assemblies = new();
    private readonly CSharpCompilation root; // no code: the references and usings that all submissions have
    private readonly HashSet<MetadataReference> known;
    private readonly string name = CellAssemblies.Prefix + Guid.NewGuid().ToString("N");
    private object?[] objects = new object?[16]; // of the host and of the submissions, at their places
    private int added, shortest;
    private Submission? last;
    private Submission? beforeLast;
    private ImmutableList<SessionVariable> variables = [];
    private Submission? finished; // the last whose run ended
    private readonly Dictionary<string, List<StopChecks>> checks = [];
    private int interruptions;
    private readonly Lock ending = new();

    public ScriptSession(NotebookHostOptions host)
    {
        // Cells are compiled to machine code once: a check of theirs shall not ask each time whether this has begun.
        RuntimeHelpers.RunClassConstructor(typeof(CellStop).TypeHandle);
        BaseDirectory = Path.GetFullPath(host.BaseDirectory);
        // What is loaded in the host is what a cell gets: a second copy would make types that do not convert.
        Assembly[] ours = [.. host.References.Append(typeof(CellStop).Assembly).Distinct()];
        foreach (var assembly in ours)
            assemblies.Register(assembly);

        References = new SessionReferences(host, assemblies);
        sources = new NotebookSourceResolver(BaseDirectory);
        options = ScriptOptions.Default
            .WithReferences(Framework.Value)
            .AddReferences(ours)
            .WithImports(Existing(host))
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithLanguageVersion(LanguageVersion.Preview)
            .WithWarningLevel(0)
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(BaseDirectory))
            .WithSourceResolver(sources);
        root = (CSharpCompilation)Analyse("");
        known = [.. options.MetadataReferences];
    }

    /// <summary>How many submissions that no code can name may stay beside as many as can be named.</summary>
    public int Spare { get; init; } = 32;

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
    public Submission Add(string code, int cell, string? path = null, bool stoppable = true)
    {
        path ??= $"In[{cell}]";
        if (stoppable)
            code = WithChecks(code, cell, path);
        beforeLast = last;
        return last = Behind(last, code, path ?? $"In[{cell}]");
    }

    /// <summary>The column, in the code as it was written, of a column in the code that was compiled.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    public int Column(int cell, int line, int column) =>
        checks.GetValueOrDefault($"In[{cell}]")?.FindLast(c => c.Has(line))?.Column(line, column) ?? column;

    private string WithChecks(string code, int cell, string path)
    {
        var next = StopChecks.Into(code, cell);
        if (!checks.TryGetValue(path, out var segments))
            checks[path] = segments = [];
        segments.RemoveAll(before => before.Overlaps(next)); // a cell that is run again under its number
        segments.Add(next);
        return next.Code;
    }

    /// <summary>A submission behind another; it has that one's references and usings, and gets those alone that are
    /// new: with all of them, each would keep its own view of the framework.</summary>
    private Submission Behind(Submission? previous, string code, string path)
    {
        var references = options.MetadataReferences.Where(reference => !known.Contains(reference)).ToList();
        for (var before = previous; before is not null && references.Count > 0; before = before.Previous)
            references.RemoveAll(before.Compilation.References.Contains);
        var number = Interlocked.Increment(ref added); // completions ask from other threads
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, path);
        return new Submission(
            CSharpCompilation.CreateScriptCompilation(
                $"{name}#{number}", tree, references,
                root.Options.WithScriptClassName($"{CellAssemblies.ClassName}{number}").WithUsings(),
                previous?.Compilation ?? root, typeof(object), typeof(NotebookGlobals)),
            previous);
    }

    /// <summary>Takes the last submission back, so that another can be made in its place.</summary>
    public void Forget(Submission script)
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
        Submission? Finished, Submission? Last, Submission? BeforeLast, ImmutableList<SessionVariable> Variables);

    /// <summary>Where it stands now.</summary>
    public Place Mark() => new(finished, last, beforeLast, variables);

    /// <summary>Goes back to a place: what was added or ran since is as if it never was, but for what it did to objects
    /// of before.</summary>
    public void Return(Place place)
    {
        (finished, last, beforeLast, variables) = place;
    }

    /// <summary>
    /// Lets go of what later code cannot name, between two cells: a submission that declared nothing at once, those
    /// whose names have been taken by others when there are many.
    /// </summary>
    /// <param name="isHeld">Whether a variable that no code can name any more is still one of the session's.</param>
    /// <param name="stop">Gives up.</param>
    public void Thin(Func<SessionVariable, bool> isHeld, CancellationToken stop)
    {
        if (stop.IsCancellationRequested || !ReferenceEquals(finished, last))
            return; // a cell that is being stopped is not waited for; what is compiled ahead follows what is there
        var end = SubmissionChain.WithoutSilentEnd(last);
        var length = SubmissionChain.UpTo(end).Count();
        if (length > 2 * shortest + Spare)
        {
            end = SubmissionChain.Thin(end, root, stop);
            shortest = SubmissionChain.UpTo(end).Count();
        }

        if (ReferenceEquals(end, last))
            return;
        last = beforeLast = finished = end;
        var places = SubmissionChain.UpTo(end).Select(one => one.Place).Append(0).ToHashSet();
        for (var i = 0; i < objects.Length; i++)
        {
            if (!places.Contains(i))
                objects[i] = null;
        }

        var cells = objects.OfType<object>().ToHashSet(ReferenceEqualityComparer.Instance);
        variables = variables.RemoveAll(variable => !cells.Contains(variable.Cell) && !isHeld(variable));
    }

    /// <summary>A compilation of code that stands alone, for what must be known before the session begins.</summary>
    public Compilation Analyse(string code) =>
        CSharpScript.Create<object>(code, options, typeof(NotebookGlobals)).GetCompilation();

    /// <summary>Compiles a submission, once: running it later uses the result.</summary>
    public IReadOnlyList<Diagnostic> Compile(Submission script, CancellationToken stop) =>
        CellThread.Whole(() =>
        {
            stop.ThrowIfCancellationRequested();
            return script.Compile(assemblies, stop);
        });

    /// <summary>
    /// Runs a submission on what the ones before it left. What it had set when it throws stays, so that the next one
    /// can follow it.
    /// </summary>
    public async Task<object?> RunAsync(Submission script, NotebookGlobals globals, CancellationToken stop)
    {
        (object? value, Exception? error) = await TryRunAsync(script, globals, stop);
        if (error is not null)
            ExceptionDispatchInfo.Throw(error);
        return value;
    }

    /// <summary>Runs a submission; where it throws, what it had set until then stays.</summary>
    public async Task<(object? Value, Exception? Error)> TryRunAsync(
        Submission script, NotebookGlobals globals, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var begun = interruptions;
        if (objects.Length <= script.Place)
            Array.Resize(ref objects, 2 * script.Place);
        objects[0] = globals;
        if (script.HasCode)
            objects[script.Place] = null; // what stood there was taken back
        var (value, error) = ((object?)null, (Exception?)null);
        var ran = script.RunAsync(objects);
        var made = objects[script.Place]; // put there before anything else runs
        try
        {
            value = await ran;
        }
        catch (Exception thrown)
        {
            error = thrown;
        }

        CellThread.Whole(() =>
        {
            lock (ending)
            {
                // An awaiting cell that was given up may come back on another thread, after the next one has begun.
                if (begun == interruptions)
                {
                    finished = script;
                    if (script.HasCode && made is not null)
                        variables = variables.AddRange(SessionVariable.Of(made));
                }
            }

            return true;
        });
        return (value, error);
    }

    /// <summary>The variables of all submissions that ran, the shadowed ones too, oldest first.</summary>
    public IReadOnlyList<SessionVariable> Variables => variables;

    /// <summary>A compilation of code as it would stand behind the last submission, which stays the last.</summary>
    public Compilation Preview(string code) => Behind(last, code, "").Compilation;

    /// <summary>The newest variable of a name; null where there is none.</summary>
    public SessionVariable? Variable(string name) => variables.FindLast(variable => variable.Name == name);

    /// <summary>What a variable of the session holds; null where there is none of that name.</summary>
    public object? Value(string name) => Variable(name)?.Value;

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
