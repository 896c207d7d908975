using System.Text.Json.Nodes;
using FinML.Notebooks.Packages;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Notebooks;

/// <summary>
/// Runs a notebook from top to bottom without a front end. Before the first cell runs, the parameters are converted and
/// every cell is parsed and compiled, so that a slip in the last cell does not cost the hours of the cells above it.
/// </summary>
/// <param name="options">What the host gives to the run.</param>
/// <param name="progress">Hears how it goes.</param>
public sealed class NotebookRunner(NotebookHostOptions options, INotebookProgress? progress = null)
{
    // The console is the process's, and a run captures it.
    private static readonly SemaphoreSlim OneRun = new(1, 1);

    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(5);

    private sealed record Step(NotebookCell Cell, int Number, CellSource.Parsed Parsed)
    {
        public List<Submission?> Scripts { get; } = [];

        /// <summary>What its references have to say.</summary>
        public List<string> Notes { get; } = [];

        public bool IsCached => Cell.Tags.Contains(CellCache.Tag);

        public void CompileAgain()
        {
            for (var i = 0; i < Scripts.Count; i++)
                Scripts[i] = null;
        }
    }

    /// <summary>Runs the notebook and returns a copy with its outputs; the given one is left as it is.</summary>
    /// <exception cref="NotebookException">The notebook cannot be run; nothing of it ran.</exception>
    public async Task<NotebookRunResult> RunAsync(Notebook notebook, CancellationToken cancellation = default)
    {
        options.Validate();
        await OneRun.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await RunAloneAsync(notebook.Clone(), cancellation).ConfigureAwait(false);
        }
        finally
        {
            OneRun.Release();
        }
    }

    private async Task<NotebookRunResult> RunAloneAsync(Notebook notebook, CancellationToken cancellation)
    {
        var clock = options.TimeProvider;
        var (started, start) = (clock.GetUtcNow(), clock.GetTimestamp());
        using var limit = options.Timeout is { } timeout
            ? new CancellationTokenSource(timeout, clock)
            : new CancellationTokenSource();
        using var soft = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = soft.Token.Register(() => stopped.TrySetResult());

        var dirty = RunRecord.IsDirtyAsync(options.BaseDirectory);
        var session = new ScriptSession(options);
        var cached = new CachedRun(session, options, dirty);
        using var thread = new CellThread();
        var outputs = new OutputCollector();
        var globals = new NotebookGlobals(
            outputs, progress, options, soft.Token, variable: session.Value);

        var steps = await PrepareAsync(notebook, session, globals, cancellation, soft.Token).ConfigureAwait(false);
        options.BeforeFirstCell?.Invoke();
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
            cell.SetOutputs(null, []);

        NotebookError? error = null;
        var status = RunStatus.Succeeded;
        var done = 0;
        using (new CapturedConsole(outputs))
        {
            foreach (var step in steps)
            {
                progress?.CellStarted(step.Number, steps.Count, Caption(notebook, step.Cell));
                var (cellStarted, cellStart) = (clock.GetUtcNow(), clock.GetTimestamp());
                var work = thread.Run(
                    () => RunCell(step, steps, session, globals, outputs, cached, soft.Token), step.Number);
                await Task.WhenAny(work, stopped.Task).ConfigureAwait(false);
                if (stopped.Task.IsCompleted && !work.IsCompletedSuccessfully)
                {
                    status = cancellation.IsCancellationRequested ? RunStatus.Cancelled : RunStatus.TimedOut;
                    await Task.WhenAny(thread.StopAsync(work), Task.Delay(LastWait, CancellationToken.None))
                        .ConfigureAwait(false); // what a library holds ends with the process
                    error = Stopped(status, step.Number);
                }
                else
                {
                    error = await work.ConfigureAwait(false);
                    status = error is null ? RunStatus.Succeeded : RunStatus.Failed;
                }

                globals.EndBars();
                var elapsed = clock.GetElapsedTime(cellStart);
                if (error is not null)
                    outputs.Add(new CellOutput.Error(error));
                step.Cell.SetOutputs(step.Number, outputs.Take());
                if (error is null)
                    await cached.EndAsync(step.Cell, step.Number, cellStarted, elapsed).ConfigureAwait(false);
                else
                    cached.Leave();
                step.Cell.Metadata["execution"] = new JsonObject
                {
                    ["iopub.execute_input"] = RunRecord.Time(cellStarted),
                    ["shell.execute_reply"] = RunRecord.Time(cellStarted + elapsed),
                };
                if (status == RunStatus.Failed && step.Cell.Tags.Contains(CheckTag.RaisesException))
                    (error, status) = (null, RunStatus.Succeeded);
                progress?.CellFinished(step.Number, elapsed, error is null);
                if (error is not null)
                    break;
                done++;
            }
        }

        globals.Magics.Close();
        var total = clock.GetElapsedTime(start);
        notebook.Metadata[RunRecord.Key] = RunRecord.Create(
            started, total, options, status, await dirty.ConfigureAwait(false), session.References.Packages,
            session.Value("seed"), cached);
        return new NotebookRunResult(
            status, notebook, error, done, steps.Count, total, RunRecord.PeakMemoryMegabytes())
        {
            CellsFromCache = cached.Taken.Count,
        };
    }

    /// <summary>All that can be found wrong before anything runs; packages and projects are had here too.</summary>
    private async Task<List<Step>> PrepareAsync(
        Notebook notebook, ScriptSession session, NotebookGlobals globals, CancellationToken cancellation,
        CancellationToken stop)
    {
        // Syntax first: it is fast, and the parameters cell is read by the compiler.
        foreach (var step in Split(notebook))
        {
            if (step.Parsed.Error is { } problem)
                throw new NotebookException(problem);
            if (step.Parsed.Segments.FirstOrDefault(s => s.Language == CellSource.Language.Command) is { } command)
            {
                throw new NotebookException(new NotebookError
                {
                    Name = "CompileError",
                    Message = $"#!{command.Code} asks a live session; a notebook that is run has nobody to tell.",
                    Cell = step.Number,
                });
            }

            foreach (var segment in step.Parsed.Segments.Where(s => s.Language == CellSource.Language.CSharp))
            {
                var tree = CSharpSyntaxTree.ParseText(
                    segment.Code, ScriptSession.ParseOptions, segment.Path ?? "");
                if (CellErrors.FirstError(tree.GetDiagnostics(), step.Number, segment.Shown) is { } slip)
                    throw new NotebookException(slip);
            }
        }

        ParameterCell.Inject(notebook, options.Parameters, session);
        var steps = Split(notebook);
        var ahead = true;
        foreach (var step in steps)
        {
            foreach (var segment in step.Parsed.Segments)
            {
                if (!ahead || segment.Language != CellSource.Language.CSharp)
                {
                    step.Scripts.Add(null);
                    continue;
                }

                try
                {
                    var (notes, missing) = await session.ReferAsync(segment, step.Number, globals, stop);
                    if (missing is not null)
                        throw new NotebookException(missing);
                    step.Notes.AddRange(notes);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    throw new NotebookException(Stopped(
                        cancellation.IsCancellationRequested ? RunStatus.Cancelled : RunStatus.TimedOut, step.Number));
                }
                finally
                {
                    globals.EndBars();
                }

                var script = session.Add(segment.Code, step.Number, segment.Path, !step.IsCached);
                var diagnostics = session.Compile(script, CancellationToken.None);
                if (CellErrors.FirstError(diagnostics, step.Number, segment.Shown, session) is { } slip)
                {
                    // A file that is not there yet may be made by a cell above: from here on, compile cell by cell.
                    ahead = step.Number == 1 || !diagnostics.Any(d => d.Id is "CS0006" or "CS1504");
                    if (ahead)
                        throw new NotebookException(slip);
                    session.Forget(script);
                    step.Scripts.Add(null);
                    continue;
                }

                step.Scripts.Add(script);
                if (step.IsCached && CacheOf(step, script, out var refusal) is null)
                    throw new NotebookException(refusal!);
            }
        }

        return steps;
    }

    private List<Step> Split(Notebook notebook) =>
    [
        .. notebook.Cells.Where(cell => cell.Kind == CellKind.Code)
            .Select((cell, i) => new Step(cell, i + 1, NotebookImports.Expand(
                CellSource.Parse(cell, i + 1), cell.Source, i + 1, options.BaseDirectory))),
    ];

    /// <summary>What the compiler knows of a cell that asks for the cache; null where that cannot be had.</summary>
    private static CachedCell? CacheOf(Step step, Submission script, out NotebookError? refusal)
    {
        if (step.Parsed.Segments.Count == 1)
            return CachedCell.Of(script.Compilation, step.Number, out refusal);
        refusal = new NotebookError
        {
            Name = "CacheError",
            Message = $"the cell is tagged \"{CellCache.Tag}\" and holds more than C#.",
            Hint = "Put the other language into a cell of its own.",
            Cell = step.Number,
        };
        return null;
    }

    private async Task<NotebookError?> RunCell(
        Step step, List<Step> steps, ScriptSession session, NotebookGlobals globals, OutputCollector outputs,
        CachedRun cached, CancellationToken stop)
    {
        var start = options.TimeProvider.GetTimestamp();
        foreach (var note in step.Notes)
            outputs.Write("stdout", note + "\n");
        for (var i = 0; i < step.Parsed.Segments.Count; i++)
        {
            var segment = step.Parsed.Segments[i];
            if (segment.Language != CellSource.Language.CSharp)
            {
                outputs.Display(CellMarkup.Of(segment));
                continue;
            }

            try
            {
                var script = step.Scripts[i];
                if (script is null)
                {
                    var (notes, missing) = await session.ReferAsync(segment, step.Number, globals, stop);
                    foreach (var note in notes)
                        outputs.Write("stdout", note + "\n");
                    if (missing is not null)
                        return missing;
                    script = session.Add(segment.Code, step.Number, segment.Path, !step.IsCached);
                    var diagnostics = session.Compile(script, stop);
                    if (CellErrors.FirstError(diagnostics, step.Number, segment.Shown, session) is { } slip)
                        return slip;
                }

                if (step.IsCached)
                {
                    if (CacheOf(step, script, out var refusal) is not { } cell)
                        return refusal;
                    if (await cached.TakeAsync(cell, [.. steps.Take(step.Number).Select(s => s.Cell)], globals, stop))
                    {
                        // What was compiled ahead follows the code that did not run.
                        steps.Skip(step.Number).ToList().ForEach(later => later.CompileAgain());
                        return null;
                    }
                }

                var value = await session.RunAsync(script, globals, stop);
                if (value is not (null or DisplayedValue))
                    outputs.Add(new CellOutput.Result(step.Number, ValueFormatter.Format(value)));
            }
            catch (NotebookException refused) when (refused.Error is not null && step.IsCached)
            {
                return refused.Error;
            }
            catch (Exception error) when (!stop.IsCancellationRequested && error is not ThreadInterruptedException)
            {
                return CellErrors.FromException(error, step.Number, [.. steps.Select(s => s.Cell.Source)], session);
            }
        }

        if (step.Parsed.Timed)
        {
            var elapsed = options.TimeProvider.GetElapsedTime(start).TotalMilliseconds;
            outputs.Display(MimeBundle.OfText(FormattableString.Invariant($"Wall time: {elapsed:F1} ms")));
        }

        return null;
    }

    private NotebookError Stopped(RunStatus status, int cell) => status == RunStatus.TimedOut
        ? new NotebookError
        {
            Name = "TimeoutException",
            Message = FormattableString.Invariant(
                $"the run passed its limit of {options.Timeout!.Value.TotalSeconds} s while this cell ran."),
            Cell = cell,
        }
        : new NotebookError
        {
            Name = "OperationCanceledException",
            Message = "the run was stopped while this cell ran.",
            Cell = cell,
        };

    /// <summary>The heading above a cell, or its first line of code.</summary>
    internal static string Caption(Notebook notebook, NotebookCell cell)
    {
        var index = notebook.Cells.ToList().IndexOf(cell);
        for (var i = index - 1; i >= 0 && notebook.Cells[i].Kind == CellKind.Markdown; i--)
        {
            var heading = notebook.Cells[i].Source.Split('\n')
                .LastOrDefault(line => line.StartsWith('#') && line.TrimStart('#').StartsWith(' '));
            if (heading is not null)
                return heading.TrimStart('#').Trim();
        }

        return cell.Source.Split('\n').Select(line => line.Trim().TrimStart('/').Trim())
            .FirstOrDefault(line => line.Length > 0 && !line.StartsWith('#')) ?? "";
    }
}
