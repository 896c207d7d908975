using System.Diagnostics;

namespace FinML.Benchmarks.Torch;

/// <summary>
/// The time from the start of a process to the end of its first training step, on a build that was compiled ahead of
/// time (ReadyToRun). The sample publishes this program so, once, into a folder beside the build.
/// </summary>
internal static class FirstStep
{
    private const int Samples = 15;

    /// <summary>What the child does: one step of the 64-wide perceptron.</summary>
    internal static int Run()
    {
        torch.set_num_threads(1);
        MlpRows.Step(MlpRows.Small(3), 3)();
        return 0;
    }

    /// <summary>Milliseconds.</summary>
    /// <exception cref="UsageException">The program cannot be published.</exception>
    internal static double[] Sample()
    {
        string program = Publish();
        Time(program);
        return [.. Enumerable.Range(0, Samples).Select(_ => Time(program))];
    }

    private static double Time(string program)
    {
        long start = Stopwatch.GetTimestamp();
        using Process child = Process.Start(new ProcessStartInfo(program, ["first-step"]))!;
        child.WaitForExit();
        return child.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new UsageException($"{program} first-step ended with {child.ExitCode}.");
    }

    private static string Publish()
    {
        string project = Project();
        string output = Path.Combine(AppContext.BaseDirectory, "ready-to-run");
        using Process build = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", project, "-c", "Release", "--use-current-runtime", "--no-self-contained",
            "-p:PublishReadyToRun=true", "-p:NuGetLockFilePath=obj/ready-to-run.lock.json",
            "--artifacts-path", Path.Combine(output, "build"), "-o", output, "-v", "q", "-nologo"])
        {
            RedirectStandardOutput = true,
        })!;
        string text = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0
            ? Path.Combine(output, "FinML.Benchmarks")
            : throw new UsageException($"The ReadyToRun build failed: {text}");
    }

    // The project's file, above the folder that the program was built into.
    private static string Project()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "FinML.Benchmarks.csproj");
            if (File.Exists(file))
                return file;
        }

        throw new UsageException("The first step is measured where the program was built: its project is not here.");
    }
}
