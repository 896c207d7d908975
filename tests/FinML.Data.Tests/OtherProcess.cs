using System.Diagnostics;
using FinML.Data.Tests.Cache;
using FinML.Data.Tests.Store;
using FinML.Data.Tests.Synthetic;

namespace FinML.Data.Tests;

/// <summary>This assembly as a program: the other processes of the tests that need some. The first argument says
/// which.</summary>
internal static class OtherProcess
{
    private static int Main(string[] arguments) => arguments[0] switch
    {
        FeatureCacheProcess.Name => FeatureCacheProcess.Run(arguments[1..]),
        SeedProcess.Name => SeedProcess.Run(),
        StoreWriterProcess.Name => StoreWriterProcess.Run(arguments[1..]),
        _ => throw new ArgumentException($"There is no process '{arguments[0]}'."),
    };

    /// <summary>Starts a process of that name, with its output and errors to be read here.</summary>
    public static Process Start(string name, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0"; // none lives long enough to gain from it
        foreach (string argument in (string[])["exec", typeof(OtherProcess).Assembly.Location, name, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
