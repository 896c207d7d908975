using System.Diagnostics;

namespace FinML.Cli.Tests;

/// <summary>The built command, started as a process: what a user gets.</summary>
internal static class Finml
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(300);

    public sealed record Outcome(int Code, string Output, string Error);

    public static Process Start(string directory, params string[] arguments) => Start(directory, [], arguments);

    public static Process Start(string directory, (string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "finml.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task<Outcome> RunAsync(string directory, params string[] arguments)
    {
        using var process = Start(directory, arguments);
        return await EndAsync(process);
    }

    public static async Task<Outcome> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    /// <summary>Waits for a file that a process makes, and fails when the process ends without it.</summary>
    public static async Task WaitForAsync(string path, Process process)
    {
        for (var i = 0; !File.Exists(path); i++)
        {
            Assert.False(process.HasExited, "the process ended before it made the file");
            Assert.True(i < 2400, "the file did not come");
            await Task.Delay(50);
        }
    }
}
