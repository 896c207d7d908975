using System.Diagnostics;
using System.Text.Json.Nodes;
using FinML.Notebooks.Kernel;
using FinML.Notebooks.Protocol;
using FinML.Notebooks.Zmtp;

namespace FinML.Notebooks.Tests.Kernel;

/// <summary>A kernel holds the process's console while it lives: nothing else may run beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleCollection
{
    public const string Name = "console";
}

/// <summary>A kernel driven over its sockets, as a front end drives it.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class KernelServerTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(2));
    private readonly MessageCodec _codec = new("key", TimeProvider.System);
    private readonly List<string> _refused = [];
    private KernelServer _server = null!;
    private Task<bool> _running = null!;
    private ZmtpClient _shell = null!, _control = null!, _output = null!, _input = null!;

    public async Task InitializeAsync()
    {
        ConnectionFile anywhere = new()
        {
            Transport = "tcp",
            Address = "127.0.0.1",
            Key = "key",
            Shell = 0,
            Control = 0,
            Output = 0,
            Input = 0,
            Heartbeat = 0,
        };
        _server = new KernelServer(
            anywhere, new InteractiveSession(new NotebookHostOptions()), TimeProvider.System)
        {
            Refused =
                _refused.Add
        };
        _running = _server.RunAsync(_stop.Token);
        byte[] identity = [1, 2, 3];
        _shell = await ZmtpClient.DealerAsync(_server.Endpoints[0], identity, _stop.Token);
        _control = await ZmtpClient.DealerAsync(_server.Endpoints[1], identity, _stop.Token);
        _output = await ZmtpClient.SubscriberAsync(_server.Endpoints[2], [], _stop.Token);
        _input = await ZmtpClient.DealerAsync(_server.Endpoints[3], identity, _stop.Token);
        while ((await ReceiveAsync(_output)).Type != "iopub_welcome")
        {
        }
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        foreach (ZmtpClient client in new[] { _shell, _control, _output, _input })
            client.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_cell_is_framed_by_busy_and_idle()
    {
        (JupyterMessage reply, List<JupyterMessage> outputs) = await ExecuteAsync("var x = "
        + "20;\nConsole.Write(\"é\");\nx + 22");

        Assert.Equal("ok", Text(reply, "status"));
        Assert.Equal(["execute_input", "stream", "execute_result"], outputs.Select(o => o.Type));
        Assert.Equal("é", Text(outputs[1], "text"));
        Assert.Equal("42", outputs[2].Content["data"]!["text/plain"]!.GetValue<string>());
        Assert.Equal("41", (await ExecuteAsync("x + "
        + "21")).Outputs[^1].Content["data"]!["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_error_has_its_place_and_aborts_what_waits()
    {
        JupyterMessage failing = Request("execute_request", Code("int F() => throw new Exception(\"no\");\n\nF();"));
        JupyterMessage waiting = Request("execute_request", Code("1"));
        await _shell.SendAsync(_codec.Encode(failing), _stop.Token);
        await _shell.SendAsync(_codec.Encode(waiting), _stop.Token);

        JupyterMessage error = await ReceiveAsync(_shell), aborted = await ReceiveAsync(_shell);

        Assert.Equal("Exception", Text(error, "ename"));
        Assert.Contains(error.Content["traceback"]!.AsArray(), line => line!.ToString().Contains("In[1]:line 1"));
        Assert.Equal("aborted", Text(aborted, "status"));
        await DrainAsync(waiting);
        Assert.Equal("ok", Text((await ExecuteAsync("1")).Reply, "status"));
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true) { try { while (true) { } } catch { } }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("new System.Threading.ManualResetEvent(false).WaitOne();")]
    [InlineData("Task.Delay(-1, Cancellation).Wait();")]
    public async Task An_interrupt_stops_the_cell_and_keeps_the_variables(string code)
    {
        await ExecuteAsync("var kept = 7;");
        JupyterMessage endless = Request("execute_request", Code("kept = 8;\nConsole.WriteLine(\"begun\");\n" + code));
        await _shell.SendAsync(_codec.Encode(endless), _stop.Token);
        while ((await ReceiveAsync(_output)).Type != "stream")
        {
        }

        var clock = Stopwatch.StartNew();
        await _control.SendAsync(_codec.Encode(Request("interrupt_request", [])), _stop.Token);
        JupyterMessage interrupted = await ReceiveAsync(_control), reply = await ReceiveAsync(_shell);

        Assert.Equal("ok", Text(interrupted, "status"));
        Assert.Equal("KeyboardInterrupt", Text(reply, "ename"));
        await DrainAsync(endless);
        Assert.Equal(
            "8", (await ExecuteAsync("kept")).Outputs[^1].Content["data"]!["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_reference_that_cannot_be_had_is_an_error_of_its_line_and_the_session_goes_on()
    {
        JupyterMessage reply = (await ExecuteAsync("var kept = 1;\n#r \"nuget:No Name\"")).Reply;

        Assert.Equal("ReferenceError", Text(reply, "ename"));
        Assert.StartsWith("\"No Name\" is not the name of a package.", Text(reply, "evalue"));
        Assert.Contains(reply.Content["traceback"]!.AsArray(), line => line!.ToString().Contains("In[1]:line 2"));
        Assert.Equal("ImportError", Text((await ExecuteAsync("#!import none.ipynb")).Reply, "ename"));
        Assert.Equal("ok", Text((await ExecuteAsync("var kept = 2;")).Reply, "status"));
    }

    [Fact]
    public async Task A_cell_can_ask_for_a_line()
    {
        JupyterMessage request = Request("execute_request", Code("Console.ReadLine() + \"!\""));
        await _shell.SendAsync(_codec.Encode(request), _stop.Token);

        JupyterMessage question = await ReceiveAsync(_input);
        await _input.SendAsync(
            _codec.Encode(_codec.Create("input_reply", question, new JsonObject { ["value"] = "yes" }, [])),
                _stop.Token);

        Assert.Equal("input_request", question.Type);
        Assert.Equal("ok", Text(await ReceiveAsync(_shell), "status"));
        List<JupyterMessage> outputs = await DrainAsync(request);
        Assert.Equal("yes!", outputs[^1].Content["data"]!["text/plain"]!.GetValue<string>().Trim());
    }

    [Fact]
    public async Task Displays_can_be_updated_and_cleared_and_expressions_asked()
    {
        JsonObject content = Code("var d = display(1);\nd.Update(2);\nClearOutput(wait: true);");
        content["user_expressions"] = new JsonObject { ["sum"] = "1 + 2", ["bad"] = "nope" };
        (JupyterMessage reply, List<JupyterMessage> outputs) = await ExecuteAsync(content);

        Assert.Equal(
            ["execute_input", "display_data", "update_display_data", "clear_output"], outputs.Select(o => o.Type));
        Assert.Equal(
            outputs[1].Content["transient"]!["display_id"]!.ToString(),
            outputs[2].Content["transient"]!["display_id"]!.ToString());
        JsonNode expressions = reply.Content["user_expressions"]!;
        Assert.Equal("3", expressions["sum"]!["data"]!["text/plain"]!.GetValue<string>());
        Assert.Equal("error", expressions["bad"]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Members_locals_of_earlier_cells_magics_and_files_complete()
    {
        await ExecuteAsync("var temperature = 21.5;");
        Assert.Contains("temperature", await MatchesAsync("temp"));
        Assert.Contains("CompareTo", await MatchesAsync("temperature.Comp"));
        Assert.Contains("Select", await MatchesAsync("new[] { 1 }.Sel"));
        Assert.Contains("WriteLine", await MatchesAsync("// \U0001F600\nConsole.Wri"));
        Assert.DoesNotContain("Beep2", await MatchesAsync("Console.Be"));
        Assert.Contains("#!whos", await MatchesAsync("#!wh"));
        Assert.Contains("foreach", await MatchesAsync("fore"));
        string folder = Directory.CreateTempSubdirectory("finml").FullName.Replace('\\', '/');
        await File.WriteAllTextAsync(Path.Combine(folder, "prices.csv"), "");
        Assert.Contains("prices.csv", await MatchesAsync($"File.ReadAllText(\"{folder}/pri"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Commands_show_and_forget_variables()
    {
        await ExecuteAsync("var alpha = new double[3]; var beta = \"text\";");

        Assert.Equal("alpha  beta", Shown(await ExecuteAsync("#!who")));
        Assert.Contains("beta  String", Shown(await ExecuteAsync("#!whos")));
        await ExecuteAsync("#!forget alpha");
        Assert.Equal("true", Shown(await ExecuteAsync("alpha is null")));
        Assert.Equal("CommandError", Text((await ExecuteAsync("#!forget gamma")).Reply, "ename"));
        Assert.Contains("MB", Shown(await ExecuteAsync("#!memory")));

        static string Shown((JupyterMessage, List<JupyterMessage> Outputs) run) =>
            run.Outputs[^1].Content["data"]!["text/plain"]!.GetValue<string>();
    }

    /// <summary>60 redefinitions of 80 MB would be 4.8 GB; a function that speaks a variable keeps it.</summary>
    [Fact]
    public async Task A_redefined_variable_is_freed_unless_a_function_speaks_it()
    {
        await ExecuteAsync("var small = new[] { 5 };\nint First() => small[0];");
        for (int i = 0; i < 60; i++)
            Assert.Equal("ok", Text((await ExecuteAsync("var data = new double[10_000_000];")).Reply, "status"));
        await ExecuteAsync("var small = new[] { 6 };");

        (_, List<JupyterMessage> outputs) = await ExecuteAsync("First()");
        Assert.Equal("5", outputs[^1].Content["data"]!["text/plain"]!.GetValue<string>());
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 600L << 20);
    }

    [Fact]
    public async Task Unsigned_and_senseless_messages_are_refused_and_the_kernel_lives()
    {
        byte[][] unsigned = _codec.Encode(Request("execute_request", Code("1")));
        unsigned[1] = [];
        await _shell.SendAsync(unsigned, _stop.Token);
        await _shell.SendAsync([[1], [2]], _stop.Token);
        await _shell.SendAsync(
            _codec.Encode(Request("execute_request", new JsonObject { ["code"] = 5 })), _stop.Token);
        await _shell.SendAsync(_codec.Encode(Request("dance_request", [])), _stop.Token);

        Assert.Equal("BadRequest", Text(await ReceiveAsync(_shell), "ename"));
        Assert.Equal("NotImplemented", Text(await ReceiveAsync(_shell), "ename"));
        Assert.Contains("a message is not signed.", _refused);
        Assert.Equal("ok", Text((await ExecuteAsync("1")).Reply, "status"));
    }

    [Fact]
    public async Task A_comm_for_nobody_is_closed_and_a_shutdown_ends_the_kernel()
    {
        await _shell.SendAsync(_codec.Encode(Request(
            "comm_open", new JsonObject { ["comm_id"] = "c", ["target_name"] = "t", ["data"] = new JsonObject() })),
            _stop.Token);
        JupyterMessage message;
        do
            message = await ReceiveAsync(_output);
        while (message.Type != "comm_close");
        Assert.Equal("c", Text(message, "comm_id"));

        await _control.SendAsync(
            _codec.Encode(Request("shutdown_request", new JsonObject { ["restart"] = true })), _stop.Token);

        Assert.True((await ReceiveAsync(_control)).Content["restart"]!.GetValue<bool>());
        Assert.True(await _running);
    }

    private static JsonObject Code(string code) => new() { ["code"] = code };

    private static string Text(JupyterMessage message, string name) => message.Content[name]?.ToString() ?? "";

    private JupyterMessage Request(string type, JsonObject content) => _codec.Create(type, null, content);

    private async Task<JupyterMessage> ReceiveAsync(ZmtpClient socket) =>
        _codec.Decode((await socket.ReceiveAsync(_stop.Token))!);

    private Task<(JupyterMessage Reply, List<JupyterMessage> Outputs)> ExecuteAsync(string code) =>
        ExecuteAsync(Code(code));

    private async Task<(JupyterMessage Reply, List<JupyterMessage> Outputs)> ExecuteAsync(JsonObject content)
    {
        JupyterMessage request = Request("execute_request", content);
        await _shell.SendAsync(_codec.Encode(request), _stop.Token);
        JupyterMessage reply = await ReceiveAsync(_shell);
        return (reply, await DrainAsync(request));
    }

    /// <summary>The outputs of a request between its busy and its idle.</summary>
    private async Task<List<JupyterMessage>> DrainAsync(JupyterMessage request)
    {
        var outputs = new List<JupyterMessage>();
        string id = request.Header["msg_id"]!.ToString();
        while (true)
        {
            JupyterMessage message = await ReceiveAsync(_output);
            if (message.Parent["msg_id"]?.ToString() != id)
                continue;
            if (message.Type != "status")
                outputs.Add(message);
            else if (Text(message, "execution_state") == "idle")
                return outputs;
        }
    }

    private async Task<string[]> MatchesAsync(string code)
    {
        await _shell.SendAsync(_codec.Encode(Request("complete_request", new JsonObject
        {
            ["code"] = code,
            ["cursor_pos"] = CursorPosition.ToCharacters(code, code.Length),
        })), _stop.Token);
        JupyterMessage reply = await ReceiveAsync(_shell);
        return [.. reply.Content["matches"]!.AsArray().Select(m => m!.ToString())];
    }
}
