using System.Diagnostics;
using System.Text.Json.Nodes;
using FinML.Notebooks.Protocol;
using FinML.Notebooks.Zmtp;

namespace FinML.Notebooks.Kernel;

/// <summary>A front end without a face: starts a kernel as Jupyter does, asks it one thing at a time, and ends it.
/// </summary>
public sealed class KernelClient : IAsyncDisposable
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly string _file;
    private readonly ConnectionFile _connection;
    private readonly MessageCodec _codec;
    private readonly ZmtpClient _shell;

    private KernelClient(string file, ConnectionFile connection, Process process, ZmtpClient shell)
    {
        _file = file;
        _connection = connection;
        _codec = new MessageCodec(connection.Key, TimeProvider.System);
        _shell = shell;
        Process = process;
    }

    /// <summary>The kernel's process, for its memory and processor time.</summary>
    public Process Process { get; }

    /// <summary>Starts a kernel on local sockets, and connects.</summary>
    /// <param name="command">What starts the kernel; the connection file is added.</param>
    /// <param name="environment">Variables for it, beside those of this process.</param>
    /// <param name="stop">Gives up, and ends the process.</param>
    /// <exception cref="InvalidOperationException">It does not start; the message has what it said.</exception>
    public static async Task<KernelClient> StartAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        string file = Path.Combine(Path.GetTempPath(), $"finml-client-{Guid.NewGuid():N}.json");
        var json = new JsonObject
        {
            ["transport"] = "ipc",
            ["ip"] = Path.ChangeExtension(file, null),
            ["signature_scheme"] = "hmac-sha256",
            ["key"] = Guid.NewGuid().ToString(),
            ["shell_port"] = 1,
            ["iopub_port"] = 2,
            ["stdin_port"] = 3,
            ["control_port"] = 4,
            ["hb_port"] = 5,
        };
        Process? process = null;
        try
        {
            await File.WriteAllTextAsync(file, json.ToJsonString(), stop).ConfigureAwait(false);
            var start = new ProcessStartInfo(command[0], [.. command.Skip(1), file])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
                start.Environment[name] = value;
            process = Process.Start(start) ?? throw new InvalidOperationException("the process did not start");
            ConnectionFile connection = ConnectionFile.Read(file);
            ZmtpClient shell = await ConnectAsync(process, connection.Endpoint(connection.Shell), stop)
                .ConfigureAwait(false);
            return new KernelClient(file, connection, process, shell);
        }
        catch
        {
            End(process, file);
            throw;
        }
    }

    /// <summary>Runs a cell.</summary>
    /// <returns>Null where it ran; else what went wrong.</returns>
    public async Task<string?> ExecuteAsync(string code, CancellationToken stop = default)
    {
        JsonObject content = await AskAsync("execute_request", new JsonObject { ["code"] = code }, stop)
            .ConfigureAwait(false);
        return content["status"]?.ToString() == "ok" ? null : $"'{code}' failed: {content["evalue"]}";
    }

    /// <summary>Asks what could stand at the end of a cell.</summary>
    public async Task<IReadOnlyList<string>> CompleteAsync(string code, CancellationToken stop = default)
    {
        JsonObject content = await AskAsync(
            "complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = code.Length }, stop)
            .ConfigureAwait(false);
        return [.. content["matches"]!.AsArray().Select(match => match!.ToString())];
    }

    /// <summary>Asks the kernel to end, and waits until it has.</summary>
    public async Task ShutdownAsync(CancellationToken stop = default)
    {
        using ZmtpClient control = await ZmtpClient.DealerAsync(_connection.Endpoint(_connection.Control), [], stop)
            .ConfigureAwait(false);
        await control.SendAsync(
            _codec.Encode(_codec.Create("shutdown_request", null, new JsonObject { ["restart"] = false })), stop)
            .ConfigureAwait(false);
        await Process.WaitForExitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Ends the process where it has not ended, and takes the connection file away.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!Process.HasExited)
            {
                using var patience = new CancellationTokenSource(EndPatience);
                await ShutdownAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is ZmtpException or OperationCanceledException or IOException)
        {
            // It is ended below.
        }

        _shell.Dispose();
        End(Process, _file);
    }

    private async Task<JsonObject> AskAsync(string type, JsonObject content, CancellationToken stop)
    {
        await _shell.SendAsync(_codec.Encode(_codec.Create(type, null, content)), stop).ConfigureAwait(false);
        byte[][] frames = await _shell.ReceiveAsync(stop).ConfigureAwait(false)
            ?? throw new InvalidOperationException("the kernel closed the connection.");
        return _codec.Decode(frames).Content;
    }

    private static async Task<ZmtpClient> ConnectAsync(Process process, ZmtpEndpoint endpoint, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await ZmtpClient.DealerAsync(endpoint, [], stop).ConfigureAwait(false);
            }
            catch (ZmtpException) when (!process.HasExited)
            {
                await Task.Delay(10, stop).ConfigureAwait(false); // it has not bound yet
            }
            catch (ZmtpException)
            {
                string said = (await process.StandardError.ReadToEndAsync(stop).ConfigureAwait(false)).Trim();
                throw new InvalidOperationException(
                    $"the kernel ended with exit code {process.ExitCode}{(said.Length > 0 ? $": {said}" : ".")}");
            }
        }
    }

    private static void End(Process? process, string file)
    {
        File.Delete(file);
        if (process is { HasExited: false })
            process.Kill(entireProcessTree: true);
        process?.Dispose();
    }
}
