using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace FinML.Notebooks.Packages;

/// <summary>Runs the <c>dotnet</c> command that belongs to the runtime we run on.</summary>
internal static class DotnetCommand
{
    /// <summary>What a command left.</summary>
    /// <param name="ExitCode">0 where it worked.</param>
    /// <param name="Output">Its standard output.</param>
    /// <param name="Errors">Its standard error.</param>
    internal sealed record Result(int ExitCode, string Output, string Errors);

    /// <summary>How many commands this process started; what is cached starts none.</summary>
    internal static int Started => s_started;

    private static readonly TimeSpan AfterExit = TimeSpan.FromSeconds(2);

    /// <summary>Somebody sits and waits; who sets these himself is heard.</summary>
    private static readonly Dictionary<string, string> Patience = new()
    {
        ["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "3",
        ["NUGET_ENHANCED_NETWORK_RETRY_DELAY_MILLISECONDS"] = "400",
    };

    private static int s_started;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables on top of ours.</param>
    /// <param name="hear">Hears each line of its output as it comes.</param>
    /// <param name="stop">Ends the command with all that it started.</param>
    /// <exception cref="ReferenceException">There is no such command.</exception>
    internal static async Task<Result> RunAsync(
        IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment,
        Action<string>? hear, CancellationToken stop)
    {
        ProcessStartInfo start = new(Executable(), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true, // a credential provider must not ask the terminal
            UseShellExecute = false,
        };
        foreach ((string name, string value) in OwnVariables())
            start.Environment[name] = value;
        foreach ((string name, string value) in Patience)
            start.Environment.TryAdd(name, value);
        foreach (string name in (string[])["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH",
            "MSBuildLoadMicrosoftTargetsReadOnly"])
            start.Environment.Remove(name); // an MSBuild around us is not the one that we start
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        Interlocked.Increment(ref s_started);
        using Process process = Start(start);
        process.StandardInput.Close();
        await using CancellationTokenRegistration kill = stop.Register(() => Kill(process));
        Lines output = new(process.StandardOutput, hear), errors = new(process.StandardError, null);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        // A compiler server that the command left behind may hold the pipes' other ends for minutes.
        await Task.WhenAny(Task.WhenAll(output.End, errors.End), Task.Delay(AfterExit, CancellationToken.None))
            .ConfigureAwait(false);
        return new Result(process.ExitCode, output.Text, errors.Text);
    }

    private sealed class Lines
    {
        private readonly Lock _gate = new();
        private readonly StringBuilder _text = new();

        internal Lines(StreamReader reader, Action<string>? hear) => End = ReadAsync(reader, hear);

        internal Task End { get; }

        internal string Text
        {
            get
            {
                lock (_gate)
                    return _text.ToString();
            }
        }

        private async Task ReadAsync(StreamReader reader, Action<string>? hear)
        {
            try
            {
                while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
                {
                    lock (_gate)
                        _text.Append(line).Append('\n');
                    hear?.Invoke(line);
                }
            }
            catch (Exception error) when (error is ObjectDisposedException or IOException)
            {
                // The process was given up while its pipes stayed open.
            }
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new ReferenceException("packages and projects need the .NET SDK, and there is no 'dotnet' command.",
                "Install the .NET 10 SDK, or put its folder into PATH.");
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It had ended.
        }
    }

    private static string Executable()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        // RUNTIME/shared/Microsoft.NETCore.App/10.0.0/
        DirectoryInfo? home = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent?.Parent?.Parent;
        string[] candidates =
        [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "",
            home is null ? "" : Path.Combine(home.FullName, name),
            Path.Combine(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "", name),
        ];
        return candidates.FirstOrDefault(path => Path.IsPathRooted(path) && File.Exists(path)
            && Directory.Exists(Path.Combine(Path.GetDirectoryName(path)!, "sdk"))) ?? name;
    }

    private static Dictionary<string, string> OwnVariables() => new()
    {
        ["DOTNET_CLI_UI_LANGUAGE"] = "en", // messages are read
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0", // nothing of ours lives on
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["MSBUILDTERMINALLOGGER"] = "off",
    };
}
