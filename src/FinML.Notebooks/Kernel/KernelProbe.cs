using System.Diagnostics;
using System.Text.Json.Nodes;
using FinML.Notebooks.Protocol;
using FinML.Notebooks.Zmtp;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// Starts a kernel as a front end does, asks it to add two numbers, and shuts it down: does what is installed work?
/// </summary>
public static class KernelProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What the probe saw.</summary>
    /// <param name="FirstAnswer">From the start of the process to the answer of the first cell.</param>
    /// <param name="NextCell">A trivial cell after it.</param>
    /// <param name="Problem">What failed, in a sentence; null where all went well.</param>
    public sealed record Result(TimeSpan FirstAnswer, TimeSpan NextCell, string? Problem);

    /// <summary>Probes.</summary>
    /// <param name="command">What starts the kernel; the connection file is added.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<Result> RunAsync(IReadOnlyList<string> command, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        string path = Path.Combine(Path.GetTempPath(), $"finml-probe-{Guid.NewGuid():N}.json");
        var connection = new JsonObject
        {
            ["transport"] = "ipc",
            ["ip"] = Path.ChangeExtension(path, null),
            ["signature_scheme"] = "hmac-sha256",
            ["key"] = Guid.NewGuid().ToString(),
            ["shell_port"] = 1,
            ["iopub_port"] = 2,
            ["stdin_port"] = 3,
            ["control_port"] = 4,
            ["hb_port"] = 5,
        };
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timer.CancelAfter(Patience);
        var clock = Stopwatch.StartNew();
        Process? process = null;
        try
        {
            await File.WriteAllTextAsync(path, connection.ToJsonString(), timer.Token).ConfigureAwait(false);
            var start = new ProcessStartInfo(command[0])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            foreach (string argument in command.Skip(1).Append(path))
                start.ArgumentList.Add(argument);
            process = Process.Start(start) ?? throw new InvalidOperationException("the process did not start");
            ConnectionFile file = ConnectionFile.Read(path);
            using ZmtpClient shell = await ConnectAsync(process, file.Endpoint(file.Shell), timer.Token)
                .ConfigureAwait(false);
            var codec = new MessageCodec(file.Key, TimeProvider.System);
            string? problem = await ExecuteAsync(shell, codec, "1 + 1", timer.Token).ConfigureAwait(false);
            TimeSpan first = clock.Elapsed;
            clock.Restart();
            problem ??= await ExecuteAsync(shell, codec, "2 + 2", timer.Token).ConfigureAwait(false);
            TimeSpan next = clock.Elapsed;
            using ZmtpClient control = await ZmtpClient.DealerAsync(file.Endpoint(file.Control), [], timer.Token)
                .ConfigureAwait(false);
            await control.SendAsync(
                codec.Encode(codec.Create("shutdown_request", null, new JsonObject { ["restart"] = false })),
                    timer.Token)
                .ConfigureAwait(false);
            await process.WaitForExitAsync(timer.Token).ConfigureAwait(false);
            return new Result(first, next, problem);
        }
        catch (Exception error) when (error is ZmtpException or JupyterMessageException or InvalidOperationException
            or System.ComponentModel.Win32Exception or IOException)
        {
            return new Result(clock.Elapsed, TimeSpan.Zero, error.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Result(
                clock.Elapsed, TimeSpan.Zero, $"the kernel did not answer within {Patience.TotalSeconds} seconds.");
        }
        finally
        {
            File.Delete(path);
            if (process is { HasExited: false })
                process.Kill(entireProcessTree: true);
            process?.Dispose();
        }
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

    private static async Task<string?> ExecuteAsync(
        ZmtpClient shell, MessageCodec codec, string code, CancellationToken stop)
    {
        await shell.SendAsync(
            codec.Encode(codec.Create("execute_request", null, new JsonObject { ["code"] = code })), stop)
            .ConfigureAwait(false);
        byte[][] frames = await shell.ReceiveAsync(stop).ConfigureAwait(false)
            ?? throw new InvalidOperationException("the kernel closed the connection.");
        JsonObject content = codec.Decode(frames).Content;
        return content["status"]?.ToString() == "ok" ? null : $"'{code}' failed: {content["evalue"]}";
    }
}
