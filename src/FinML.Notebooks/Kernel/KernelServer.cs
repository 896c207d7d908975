using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using FinML.Notebooks.Protocol;
using FinML.Notebooks.Zmtp;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// A Jupyter kernel of protocol 5.3: five sockets around a session. Shell requests are answered one after the other;
/// control requests (interrupt, shutdown) at any time. Every request is framed by status busy and idle.
/// </summary>
internal sealed partial class KernelServer : IAsyncDisposable
{
    private readonly IKernelSession _session;
    private readonly MessageCodec _codec;
    private readonly RouterSocket _shell, _control, _input;
    private readonly PublisherSocket _output;
    private readonly EchoSocket _heartbeat;
    private readonly CellHistory _history = new();
    private readonly Channel<JupyterMessage> _requests = Channel.CreateUnbounded<JupyterMessage>();
    private readonly Channel<JupyterMessage> _controls = Channel.CreateUnbounded<JupyterMessage>();
    private readonly ConcurrentDictionary<JupyterMessage, Task<bool>> _interrupts = new(
        ReferenceEqualityComparer.Instance); // what they have begun
    private readonly TaskCompletionSource<bool> _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _publishing = new(); // frames of two threads keep their order
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource<string>? _answer;
    private JupyterMessage? _answering; // the shell request that messages of comms belong to
    private int _cells;

    /// <summary>Binds the ports of a connection file.</summary>
    internal KernelServer(ConnectionFile connection, IKernelSession session, TimeProvider time)
    {
        _session = session;
        _codec = new MessageCodec(connection.Key, time);
        _shell = new RouterSocket(connection.Endpoint(connection.Shell));
        _control = new RouterSocket(connection.Endpoint(connection.Control)) { OwnThreads = true };
        _input = new RouterSocket(connection.Endpoint(connection.Input));
        _output = new PublisherSocket(connection.Endpoint(connection.Output));
        _heartbeat = new EchoSocket(connection.Endpoint(connection.Heartbeat));
        _session.Comms.Publish = (type, content, metadata) => Publish(type, _answering, content, metadata);
        _shell.MessageReceived = frames => Take(frames, request => _requests.Writer.TryWrite(request));
        _control.MessageReceived = frames => Take(frames, TakeControl);
        _input.MessageReceived = frames => Take(frames, TakeAnswer);
        _output.Welcome = topic => _codec.Encode(_codec.Create(
            "iopub_welcome", null, new JsonObject { ["subscription"] = Encoding.UTF8.GetString(topic) }, [topic]));
        foreach (ZmtpListener socket in Sockets)
            socket.Start();
    }

    /// <summary>Hears why a message or a peer was refused.</summary>
    internal Action<string>? Refused { get; init; }

    /// <summary>Where each socket listens: shell, control, output, input, heartbeat.</summary>
    internal IReadOnlyList<ZmtpEndpoint> Endpoints => [.. Sockets.Select(s => s.Endpoint)];

    private IEnumerable<ZmtpListener> Sockets => [_shell, _control, _output, _input, _heartbeat];

    /// <summary>Answers until a shutdown is asked.</summary>
    /// <returns>Whether the front end will start it again.</returns>
    internal async Task<bool> RunAsync(CancellationToken stop)
    {
        await using CancellationTokenRegistration registration = stop.Register(() => _shutdown.TrySetResult(false));
        Publish("status", null, new JsonObject { ["execution_state"] = "starting" });
        Task shell = ServeAsync(_requests.Reader, AnswerShellAsync);
        Task control = ServeAsync(_controls.Reader, AnswerControlAsync);
        bool restart = await _shutdown.Task.ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _session.InterruptAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(shell, control), Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None))
            .ConfigureAwait(false);
        return restart;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ZmtpListener socket in Sockets)
            await socket.DisposeAsync().ConfigureAwait(false);
        await _session.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Take(byte[][] frames, Action<JupyterMessage> use)
    {
        try
        {
            use(_codec.Decode(frames));
        }
        catch (JupyterMessageException error)
        {
            Refused?.Invoke(error.Message);
        }
    }

    /// <summary>A cell's parallel loop takes all threads that the pool has: an interrupt begins on the thread that reads
    /// it, and the rest follows when the pool is free again.</summary>
    private void TakeControl(JupyterMessage request)
    {
        if (request.Type == "interrupt_request")
            _interrupts.TryAdd(request, _session.InterruptAsync(force: true));
        _controls.Writer.TryWrite(request);
    }

    private void TakeAnswer(JupyterMessage reply)
    {
        if (reply.Type == "input_reply")
            _answer?.TrySetResult(reply.Content["value"]?.ToString() ?? "");
    }

    private async Task ServeAsync(ChannelReader<JupyterMessage> requests, Func<JupyterMessage, Task> answer)
    {
        try
        {
            await foreach (JupyterMessage request in requests.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                Status("busy", request);
                try
                {
                    await answer(request).ConfigureAwait(false);
                }
                catch (FormatException error)
                {
                    // A field of another type than the protocol's.
                    Refused?.Invoke($"{request.Type}: {error.Message}");
                    Reply(_shell, request, Failure("BadRequest", error.Message));
                }
                catch (Exception error) when (!_stop.IsCancellationRequested)
                {
                    // A fault of ours: the request is lost, the kernel and its variables are not.
                    Refused?.Invoke($"{request.Type}: {error}");
                    Reply(_shell, request, Failure(error.GetType().Name, error.Message));
                }

                Status("idle", request);
            }
        }
        catch (OperationCanceledException)
        {
            // Shut down.
        }
    }

    private async Task AnswerControlAsync(JupyterMessage request)
    {
        switch (request.Type)
        {
            case "interrupt_request":
                bool stopped = !_interrupts.TryRemove(request, out Task<bool>? begun)
                    || await begun.ConfigureAwait(false);
                Reply(_control, request, stopped
                    ? Ok()
                    : Failure("InterruptRefused", "the cell is in a library's call, which cannot be stopped from "
                    + "outside; it ends when that call returns. Interrupt again to break it off by force, which can "
                    + "end the kernel."));
                break;
            case "shutdown_request":
                bool restart = Flag(request, "restart", false);
                JsonObject reply = Ok();
                reply["restart"] = restart;
                Reply(_control, request, reply);
                Publish("shutdown_reply", request, (JsonObject)reply.DeepClone());
                _shutdown.TrySetResult(restart);
                break;
            case "kernel_info_request":
                Reply(_control, request, KernelInfo.Create());
                break;
            default:
                Reply(_control, request, Failure("NotImplemented", $"{request.Type} is not answered here."));
                break;
        }
    }

    private async Task AnswerShellAsync(JupyterMessage request)
    {
        _answering = request;
        switch (request.Type)
        {
            case "execute_request":
                await ExecuteAsync(request).ConfigureAwait(false);
                break;
            case "kernel_info_request":
                Reply(_shell, request, KernelInfo.Create());
                break;
            case "complete_request":
                Reply(_shell, request, await CompleteAsync(request).ConfigureAwait(false));
                break;
            case "inspect_request":
                Reply(_shell, request, await InspectAsync(request).ConfigureAwait(false));
                break;
            case "is_complete_request":
                Reply(_shell, request, IsComplete(request));
                break;
            case "history_request":
                JsonObject history = Ok();
                history["history"] = _history.Answer(request.Content);
                Reply(_shell, request, history);
                break;
            case "comm_info_request":
                JsonObject info = Ok();
                info["comms"] = _session.Comms.Info(request.Content["target_name"]?.ToString());
                Reply(_shell, request, info);
                break;
            case "comm_open" or "comm_msg" or "comm_close":
                await ReceiveCommAsync(request).ConfigureAwait(false);
                break;
            case "interrupt_request" or "shutdown_request":
                await AnswerControlAsync(request).ConfigureAwait(false); // older front ends send these here
                break;
            default:
                Reply(_shell, request, Failure("NotImplemented", $"{request.Type} is not answered here."));
                break;
        }
    }

    /// <summary>Comms have no replies: what went wrong is published as a cell's error is.</summary>
    private async Task ReceiveCommAsync(JupyterMessage request)
    {
        NotebookError? error = await _session.Comms.ReceiveAsync(
            request.Type, request.Content, new CellOutputs(this, request, allowInput: false)).ConfigureAwait(false);
        if (error is not null)
        {
            JsonObject shown = Failure(error);
            shown.Remove("status");
            Publish("error", request, shown);
        }
    }

    private async Task ExecuteAsync(JupyterMessage request)
    {
        string code = Text(request, "code");
        bool silent = Flag(request, "silent", false), store = Flag(request, "store_history", !silent) && !silent;
        if (store)
            _cells++;
        int number = Math.Max(_cells, 1);
        if (!silent)
            Publish("execute_input", request, new JsonObject { ["code"] = code, ["execution_count"] = number });
        var outputs = new CellOutputs(this, request, Flag(request, "allow_stdin", true)) { Silent = silent };
        string? asked = Question().Match(code) is { Success: true } question ? question.Groups[1].Value : null;
        NotebookError? error = string.IsNullOrWhiteSpace(code) || asked is not null
            ? null
            : await _session.ExecuteAsync(
                new KernelCell(code, number, Flag(request, "allow_stdin", true)), outputs).ConfigureAwait(false);
        JsonObject reply;
        if (error is null)
        {
            reply = Ok();
            reply["user_expressions"] = await EvaluateAsync(request).ConfigureAwait(false);
            reply["payload"] = asked is null ? [] : await PageAsync(asked).ConfigureAwait(false);
        }
        else
        {
            reply = Failure(error);
            if (!silent)
            {
                JsonObject shown = Failure(error);
                shown.Remove("status");
                Publish("error", request, shown);
            }
        }

        reply["execution_count"] = number;
        if (store)
            _history.Add(number, code, outputs.ResultText);
        // Who sees the reply may ask again at once: only what waited before it is given up.
        List<JupyterMessage> behind = error is not null && Flag(request, "stop_on_error", true) ? TakeQueued() : [];
        Reply(_shell, request, reply);
        Abort(behind);
    }

    /// <summary>NAME? in a cell asks what the name is: the front end opens its pager.</summary>
    private async Task<JsonArray> PageAsync(string name)
    {
        MimeBundle? found = await _session.InspectAsync(name, name.Length, detailed: true, _stop.Token)
            .ConfigureAwait(false);
        return
        [
            new JsonObject
            {
                ["source"] = "page",
                ["data"] = (found ?? MimeBundle.OfText($"Nothing is known of '{name}'.")).ToMessage(),
                ["start"] = 0,
            },
        ];
    }

    /// <summary>Takes the cells that wait out of the queue.</summary>
    private List<JupyterMessage> TakeQueued()
    {
        var (cells, others) = (new List<JupyterMessage>(), new List<JupyterMessage>());
        while (_requests.Reader.TryRead(out JupyterMessage? waiting))
            (waiting.Type == "execute_request" ? cells : others).Add(waiting);
        foreach (JupyterMessage other in others)
            _requests.Writer.TryWrite(other);
        return cells;
    }

    /// <summary>What waits behind a cell that failed is not run: the front end meant it to follow.</summary>
    private void Abort(List<JupyterMessage> cells)
    {
        foreach (JupyterMessage cell in cells)
        {
            Status("busy", cell);
            Reply(_shell, cell, new JsonObject { ["status"] = "aborted", ["execution_count"] = _cells });
            Status("idle", cell);
        }
    }

    private async Task<JsonObject> EvaluateAsync(JupyterMessage request)
    {
        var values = new JsonObject();
        if (request.Content["user_expressions"] is not JsonObject expressions)
            return values;
        foreach ((string name, JsonNode? expression) in expressions)
        {
            (MimeBundle? value, NotebookError? error) =
                await _session.EvaluateAsync(expression?.ToString() ?? "").ConfigureAwait(false);
            if (error is null)
            {
                JsonObject entry = Ok();
                entry["data"] = value!.ToMessage();
                entry["metadata"] = new JsonObject();
                values[name] = entry;
            }
            else
            {
                values[name] = Failure(error.Name, error.Message);
            }
        }

        return values;
    }

    private void Status(string state, JupyterMessage request) =>
        Publish("status", request, new JsonObject { ["execution_state"] = state });

    private void Publish(string type, JupyterMessage? parent, JsonObject content, JsonObject? metadata = null)
    {
        lock (_publishing)
        {
            _output.Publish(_codec.Encode(_codec.Create(
                type, parent, content, [Encoding.ASCII.GetBytes(type)], metadata)));
        }
    }

    private void Reply(RouterSocket socket, JupyterMessage request, JsonObject content)
    {
        string type = request.Type.EndsWith("_request", StringComparison.Ordinal)
            ? request.Type[..^"_request".Length] + "_reply"
            : "error_reply";
        socket.Send(_codec.Encode(_codec.Create(type, request, content)));
    }

    [GeneratedRegex(@"^\s*([\w.]+)\?{1,2}\s*$")]
    private static partial Regex Question();
}
