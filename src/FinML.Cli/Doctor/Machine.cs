using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FinML.Cli.Doctor;

/// <summary>What this machine is.</summary>
internal static class Machine
{
    public static string Name => $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}".Trim();

    public static double MemoryMegabytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024.0);

    /// <summary>The processor's name where the system tells it, otherwise the architecture.</summary>
    public static string Cpu()
    {
        const string Linux = "/proc/cpuinfo";
        var model = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return model is null
            ? RuntimeInformation.ProcessArchitecture.ToString()
            : model[(model.IndexOf(':') + 1)..].Trim();
    }

    /// <summary>The SDK that <c>dotnet</c> in this folder is, or null where there is none.</summary>
    public static async Task<string?> SdkAsync(string folder, CancellationToken stop)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", "--version")
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            var text = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? text.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no dotnet on the path
        }
    }
}
