using System.Diagnostics;
using FinML.Notebooks.Kernel;

namespace FinML.Benchmarks.Notebooks;

/// <summary>
/// The command's kernel in a process of its own, asked over its sockets as a front end asks. Waits are by the wall, as
/// people wait; beside them stands the processor time of the kernel's process, which other work on the machine does not
/// change.
/// </summary>
internal static class KernelRows
{
    private const int Starts = 7, Cells = 60, ManyCells = 2000;

    private const string FigureCell =
        "Figure.Create(\"a sine\").Line(Enumerable.Range(0, 250).Select(t => Math.Sin(0.1 * t)), \"sine\")";

    internal static void AddTo(List<Row> rows)
    {
        rows.Add(new QuantityRow("kernel: start to first answer", "ms", () => First(processor: false)));
        rows.Add(new QuantityRow("kernel: start to first answer, processor", "ms", () => First(processor: true)));
        rows.Add(new QuantityRow("trivial cell", "ms", () => Warm(i => $"{i} + 1", processor: false)));
        rows.Add(new QuantityRow("trivial cell, processor", "ms", () => Warm(i => $"{i} + 1", processor: true)));
        rows.Add(new QuantityRow("cell with a figure", "ms", () => Warm(_ => FigureCell, processor: false)));
        rows.Add(new QuantityRow("completion of a member", "ms", Completions));
        rows.Add(new QuantityRow("2,000 cells, resident memory", "MB", () => Many(memory: true)));
        rows.Add(new QuantityRow("trivial cell after 2,000", "ms", () => Many(memory: false)));
    }

    private static double[] First(bool processor)
    {
        _ = FirstOnce(processor); // files are read once before
        return [.. Enumerable.Range(0, Starts).Select(_ => FirstOnce(processor))];
    }

    private static double FirstOnce(bool processor)
    {
        long start = Stopwatch.GetTimestamp();
        return Await(async () =>
        {
            await using KernelClient kernel = await KernelClient.StartAsync(Command());
            await ExecuteAsync(kernel, "1 + 1");
            return processor
                ? Processor(kernel).TotalMilliseconds
                : Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
    }

    private static double[] Warm(Func<int, string> cell, bool processor) => Await(async () =>
    {
        await using KernelClient kernel = await KernelClient.StartAsync(Command());
        for (int i = 0; i < Cells / 2; i++)
            await ExecuteAsync(kernel, cell(i));
        return await TimeAsync(kernel, processor, i => ExecuteAsync(kernel, cell(i)));
    });

    private static double[] Completions() => Await(async () =>
    {
        await using KernelClient kernel = await KernelClient.StartAsync(Command());
        await ExecuteAsync(kernel, "var prices = new[] { 1.0, 2.0 };");
        async Task Complete(int i)
        {
            string code = i % 2 == 0 ? "prices.Sel" : "Console.WriteL";
            if ((await kernel.CompleteAsync(code)).Count == 0)
                throw new InvalidOperationException($"'{code}' has no completion.");
        }

        for (int i = 0; i < Cells / 2; i++)
            await Complete(i);
        return await TimeAsync(kernel, processor: false, Complete);
    });

    /// <summary>A long day's session: every fourth cell replaces an array of 8 MB.</summary>
    private static double[] Many(bool memory) => Await(async () =>
    {
        await using KernelClient kernel = await KernelClient.StartAsync(Command());
        for (int i = 0; i < ManyCells; i++)
        {
            await ExecuteAsync(kernel, (i % 4) switch
            {
                0 => $"var data = new double[1_000_000]; Array.Fill(data, {i});",
                1 => $"var x{i % 50} = data[^1] + {i}; x{i % 50}",
                2 => $"double F{i % 20}(double z) => z * {i}; F{i % 20}(2)",
                _ => $"Console.WriteLine(data.Length + {i});",
            });
        }

        if (!memory)
            return await TimeAsync(kernel, processor: false, i => ExecuteAsync(kernel, $"{i} + 1"));
        kernel.Process.Refresh();
        return [kernel.Process.WorkingSet64 / 1e6];
    });

    private static async Task<double[]> TimeAsync(KernelClient kernel, bool processor, Func<int, Task> once)
    {
        double[] times = new double[Cells];
        for (int i = 0; i < Cells; i++)
        {
            TimeSpan before = Processor(kernel);
            long start = Stopwatch.GetTimestamp();
            await once(i);
            times[i] = processor
                ? (Processor(kernel) - before).TotalMilliseconds
                : Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times;
    }

    private static TimeSpan Processor(KernelClient kernel)
    {
        kernel.Process.Refresh();
        return kernel.Process.TotalProcessorTime;
    }

    private static async Task ExecuteAsync(KernelClient kernel, string code)
    {
        if (await kernel.ExecuteAsync(code) is { } problem)
            throw new InvalidOperationException(problem);
    }

    private static T Await<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    /// <summary>The command as it was built beside this program, started as the installed kernel is.</summary>
    private static string[] Command()
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "finml.exe" : "finml");
        return File.Exists(program)
            ? [program, "kernel", "start"]
            : ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "finml.dll"), "kernel", "start"];
    }
}
