using FinML.Notebooks.Kernel;

namespace FinML.Cli.Tests.Kernel;

/// <summary>What the system says of a kernel's process in a long session. 2,000 cells are a row of the benchmarks; the
/// first hundreds, which also fill what is kept for good, show whether it grows.</summary>
public sealed class KernelMemoryTests
{
    private const int Early = 200, Late = 500, Samples = 20;
    private const double MostMegabytes = 400, MostKilobytesACell = 150;

    [Fact]
    public async Task A_long_session_stays_small()
    {
        await using KernelClient kernel = await KernelClient.StartAsync(
            ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "finml.dll"), "kernel", "start"]);
        var number = 0;
        async Task<double> RunAsync(int until)
        {
            List<double> last = [];
            for (; number < until; number++)
            {
                Assert.Null(await kernel.ExecuteAsync((number % 4) switch
                {
                    0 => $"var data = new double[1_000_000]; Array.Fill(data, {number});",
                    1 => $"var x{number % 50} = data[^1] + {number}; x{number % 50}",
                    2 => $"double F{number % 20}(double z) => z * {number}; F{number % 20}(2)",
                    _ => $"Console.WriteLine(data.Length + {number});",
                }));
                kernel.Process.Refresh();
                last.Add(kernel.Process.WorkingSet64 / 1e6);
            }

            return last.TakeLast(Samples).Average();
        }

        double early = await RunAsync(Early), late = await RunAsync(Late);

        Assert.InRange(late, 50, MostMegabytes);
        double kilobytes = (late - early) * 1000 / (Late - Early);
        Assert.True(kilobytes < MostKilobytesACell, $"{kilobytes:F0} KB a cell: {early:F0} MB, then {late:F0} MB");
    }
}
