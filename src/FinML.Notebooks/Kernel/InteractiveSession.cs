using System.Globalization;
using System.Text;
using FinML.Notebooks.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// C# for a kernel: cells run one after the other on one thread, each sees what those before it declared, and an
/// interrupt ends the cell and nothing else.
/// </summary>
internal sealed class InteractiveSession : IKernelSession
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly NotebookHostOptions _options;
    private readonly ScriptSession _session;
    private readonly SessionVariables _variables = new();
    private readonly LiveOutput _output = new();
    private readonly WidgetManager _widgets;
    private readonly NotebookGlobals _globals;
    private readonly CapturedConsole _console;
    private readonly CodeAssistant _assistant;
    private readonly List<string> _sources = [];
    private readonly Lock _gate = new();
    private CellThread _thread = new();
    private CancellationTokenSource _cellStop = new();
    private TaskCompletionSource? _interrupted; // of the cell that runs
    private Task? _work, _stopping;
    private bool _refused;
    private IKernelOutput? _target;

    /// <summary>Starts a session; the console is its own until it is disposed.</summary>
    /// <param name="options">What cells get.</param>
    /// <param name="spare">How many cells may be kept that no code can name; null for the usual number.</param>
    internal InteractiveSession(NotebookHostOptions options, int? spare = null)
    {
        options.Validate();
        _options = options;
        _session = spare is { } few ? new ScriptSession(options) { Spare = few } : new ScriptSession(options);
        _assistant = new CodeAssistant(_session, options);
        _widgets = new WidgetManager(Comms, ChangeAsync);
        _globals = new NotebookGlobals(
            _output, new LiveBars(_output, _widgets), options, CancellationToken.None, _widgets, _session.Value);
        _console = new CapturedConsole(_output, new AskingReader(() => _target, () => _cellStop.Token));
    }

    public KernelComms Comms { get; } = new();

    /// <summary>Compiles something small, so that the first cell does not wait for the compiler.</summary>
    internal async Task WarmUpAsync()
    {
        // On the cells' thread: the first cell waits behind it instead of compiling beside it.
        await _thread.Run(() =>
        {
            Submission script = _session.Add("_ = 0;", 1);
            _session.Compile(script, CancellationToken.None);
            _session.Forget(script);
            return Task.FromResult(true);
        }, cell: 0).ConfigureAwait(false);
        await CompleteAsync("Console.", 8, CancellationToken.None).ConfigureAwait(false);
    }

    public async Task<NotebookError?> ExecuteAsync(KernelCell cell, IKernelOutput output)
    {
        while (_sources.Count < cell.Number)
            _sources.Add("");
        _sources[cell.Number - 1] = cell.Code;
        CellSource.Parsed parsed = NotebookImports.Expand(CellSource.Parse(
            NotebookCell.Create("cell", CellKind.Code, cell.Code), cell.Number), cell.Code, cell.Number,
            _session.BaseDirectory);
        if (parsed.Error is { } mistake)
            return mistake;
        _widgets.Cell = cell.Number;
        return await AloneAsync(
            stop => RunAsync(cell, parsed, stop), cell.Number, output, cell.AllowInput).ConfigureAwait(false);
    }

    /// <summary>Runs what a widget's change asks for, as if it were a cell: on the cells' thread, stoppable.</summary>
    private Task<NotebookError?> ChangeAsync(Action work, int cell, IKernelOutput output) => AloneAsync(
        stop =>
        {
            try
            {
                work();
                return Task.FromResult<NotebookError?>(null);
            }
            catch (Exception error) when (!stop.IsCancellationRequested && error is not ThreadInterruptedException)
            {
                return Task.FromResult<NotebookError?>(CellErrors.FromException(error, cell, _sources, _session));
            }
        },
        cell, output, allowInput: false);

    private async Task<NotebookError?> AloneAsync(
        Func<CancellationToken, Task<NotebookError?>> run, int cell, IKernelOutput? output, bool allowInput)
    {
        TaskCompletionSource interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<NotebookError?> work;
        lock (_gate)
        {
            _cellStop.Dispose();
            _cellStop = new CancellationTokenSource();
            CancellationToken stop = _globals.Cancellation = _cellStop.Token;
            _target = allowInput ? output : null;
            _output.Attach(output);
            _work = work = _thread.Run(() => run(stop), cell);
            _interrupted = interrupted;
        }

        try
        {
            await Task.WhenAny(work, interrupted.Task).ConfigureAwait(false);
            bool byItself;
            lock (_gate)
            {
                byItself = _stopping is null && !interrupted.Task.IsCompleted;
                if (byItself)
                    _interrupted = null; // an interrupt finds nothing from here on
            }

            if (byItself)
                return await work.ConfigureAwait(false);
            // However the cell ended: the next one must find the new thread.
            await interrupted.Task.ConfigureAwait(false);
            return Interruption(cell);
        }
        finally
        {
            _globals.EndBars();
            lock (_gate)
                _output.Attach(null);
        }
    }

    public async Task<bool> InterruptAsync(bool force = false)
    {
        Task stopping;
        lock (_gate)
        {
            if (_interrupted is not { } interrupted || _work is not { } work)
                return true; // nothing runs
            if (_stopping is null)
            {
                _refused = false;
                // What a cell registered there runs elsewhere: it may throw, or never end.
                _ = _cellStop.CancelAsync();
                _stopping = StopAsync(_thread.StopAsync(work), interrupted);
            }
            else if (force && _refused)
            {
                _thread.Abort();
            }

            stopping = _stopping;
        }

        bool stopped = await Task.WhenAny(stopping, Task.Delay(Patience)).ConfigureAwait(false) == stopping;
        lock (_gate)
            _refused = !stopped;
        return stopped;
    }

    /// <summary>Ends with the cell, whether somebody still waits for that or not.</summary>
    /// <param name="ending">Of the thread: whether it can be used again.</param>
    /// <param name="interrupted">What waits for the end.</param>
    private async Task StopAsync(Task<bool> ending, TaskCompletionSource interrupted)
    {
        bool usable = await ending.ConfigureAwait(false);
        lock (_gate)
        {
            // A spent thread is replaced; the variables are the session's and stay.
            if (!usable)
                _thread = new CellThread();
            _session.ForgetUnfinished();
            (_interrupted, _work, _stopping) = (null, null, null);
            interrupted.TrySetResult();
        }
    }

    public async Task<(MimeBundle? Value, NotebookError? Error)> EvaluateAsync(string expression)
    {
        int number = Math.Max(_sources.Count, 1);
        MimeBundle? shown = null;
        NotebookError? failure = await AloneAsync(EvaluateAsync, number, null, allowInput: false).ConfigureAwait(false);
        return (failure is null ? shown : null, failure);

        async Task<NotebookError?> EvaluateAsync(CancellationToken stop)
        {
            Submission script = _session.Add(expression, number);
            if (CellErrors.FirstError(_session.Compile(script, stop), number, expression) is { } slip)
            {
                _session.Forget(script);
                return slip;
            }

            (object? value, Exception? error) = await _session.TryRunAsync(script, _globals, stop);
            if (error is not null)
                return CellErrors.FromException(error, number, _sources);
            shown = ValueFormatter.Format(value);
            return null;
        }
    }

    public Task<KernelCompletions> CompleteAsync(string code, int cursor, CancellationToken stop) =>
        Task.Run(() => _assistant.Complete(code, cursor, stop), stop);

    public Task<MimeBundle?> InspectAsync(string code, int cursor, bool detailed, CancellationToken stop) =>
        Task.Run(() => _assistant.Inspect(code, cursor, detailed, stop), stop);

    public CodeCompleteness IsComplete(string code) => CodeAssistant.IsComplete(code);

    public async ValueTask DisposeAsync()
    {
        await InterruptAsync().ConfigureAwait(false);
        _globals.Magics.Close();
        _console.Dispose();
        _output.Dispose();
        _thread.Dispose();
        _cellStop.Dispose();
    }

    private async Task<NotebookError?> RunAsync(KernelCell cell, CellSource.Parsed parsed, CancellationToken stop)
    {
        long start = _options.TimeProvider.GetTimestamp();
        foreach (CellSource.Segment segment in parsed.Segments)
        {
            NotebookError? error = segment.Language switch
            {
                CellSource.Language.CSharp => await RunCodeAsync(cell, segment, stop),
                CellSource.Language.Command => Command(cell, segment.Code),
                _ => Show(CellMarkup.Of(segment)),
            };
            if (error is not null)
                return error;
        }

        if (parsed.Timed)
        {
            double elapsed = _options.TimeProvider.GetElapsedTime(start).TotalMilliseconds;
            Show(MimeBundle.OfText(FormattableString.Invariant($"Wall time: {elapsed:F1} ms")));
        }

        return null;
    }

    private async Task<NotebookError?> RunCodeAsync(
        KernelCell cell, CellSource.Segment segment, CancellationToken stop)
    {
        string code = segment.Code;
        (IReadOnlyList<string> notes, NotebookError? missing) =
            await _session.ReferAsync(segment, cell.Number, _globals, stop);
        foreach (string note in notes)
            _output.Write("stdout", note + "\n");
        if (missing is not null)
            return missing;
        Submission script = _session.Add(code, cell.Number, segment.Path);
        if (CellErrors.FirstError(
            _session.Compile(script, stop), cell.Number, segment.Shown, _session) is { } slip)
        {
            _session.Forget(script);
            return slip;
        }

        (object? value, Exception? error) = await _session.TryRunAsync(script, _globals, stop);
        _variables.NoteCaptures(CSharpSyntaxTree.ParseText(code,
            ScriptSession.ParseOptions).GetRoot(CancellationToken.None));
        _variables.Release(_session.Variables);
        _session.Thin(_variables.IsHeld, stop);
        _variables.Shorten(_session.Variables.Count);
        if (error is not null && stop.IsCancellationRequested)
            return Interruption(cell.Number);
        if (error is not null)
            return CellErrors.FromException(error, cell.Number, _sources, _session);
        if (value is not (null or DisplayedValue))
            _output.Result(ValueFormatter.Format(value), cell.Number);
        return null;
    }

    private NotebookError? Show(MimeBundle data)
    {
        _output.Display(data);
        return null;
    }

    private NotebookError? Command(KernelCell cell, string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "who":
                return Show(MimeBundle.OfText(
                    string.Join("  ", SessionVariables.Current(_session.Variables).Select(v => v.Name).Order())));
            case "whos":
                return Show(Table(SessionVariables.Current(_session.Variables).OrderBy(v => v.Name)));
            case "memory":
                long managed = GC.GetTotalMemory(forceFullCollection: true) >> 20, process =
                    Environment.WorkingSet >> 20;
                return Show(MimeBundle.OfText($"{managed:N0} MB in objects, {process:N0} MB in the process"));
            case "forget":
                foreach (string name in words[1..])
                {
                    if (!SessionVariables.Forget(_session.Variables, name))
                        return Mistake(cell, $"there is no variable '{name}' to forget.");
                }

                return words.Length > 1 ? null : Mistake(cell, "#!forget needs the name of a variable.");
            case "help" when words.Length > 1 && MagicTable.Of(words[1].TrimStart('#', '!')) is null:
                return Mistake(cell, $"the magic #!{words[1].TrimStart('#', '!')} is not known. "
                    + MagicTable.Suggestion(words[1].TrimStart('#', '!')));
            default:
                return Show(MimeBundle.OfText(MagicTable.Help(words is ["help", var magic] ? magic : null)));
        }
    }

    private static MimeBundle Table(IEnumerable<SessionVariable> variables)
    {
        var text = new StringBuilder();
        foreach (SessionVariable variable in variables)
        {
            string value = ValueFormatter.Format(variable.Value).Text.ReplaceLineEndings(" ");
            text.Append(CultureInfo.InvariantCulture,
                $"{variable.Name}  {variable.Type.Name}  {(value.Length > 60 ? value[..60] + "\u2026" : value)}\n");
        }

        return MimeBundle.OfText(text.ToString().TrimEnd('\n'));
    }

    private static NotebookError Mistake(KernelCell cell, string message) =>
        new() { Name = "CommandError", Message = message, Cell = cell.Number };

    private static NotebookError Interruption(int cell) => new()
    {
        Name = "KeyboardInterrupt", // what front ends and runners look for
        Message = "the cell was interrupted; the variables are as it left them.",
        Cell = cell,
    };
}
