using FinML.Notebooks.Kernel;

namespace FinML.Notebooks.Tests.Kernel;

/// <summary>What a long session keeps: little for each cell, and no array that has been replaced. Bounds are on the
/// objects that live, so that neither other tests nor a lazy collector matter much; `-- notebooks` of the benchmarks
/// measures 2,000 cells of a real kernel.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class SessionMemoryTests
{
    private const int Early = 40, Late = 160, MostKilobytesACell = 400;
    private const long ArrayBytes = 8_000_000;

    [Fact]
    public async Task ACellKeepsLittleAndAReplacedArrayNothing()
    {
        await using var session = new InteractiveSession(new NotebookHostOptions());
        var output = new Quiet();
        var number = 0;
        async Task RunAsync(int until)
        {
            for (; number < until; number++)
            {
                var code = (number % 4) switch
                {
                    0 => $"var data = new double[{ArrayBytes / 8}]; data[^1] = {number};",
                    1 => $"var x{number % 7} = data[^1] + {number}; x{number % 7}",
                    2 => $"double F{number % 5}(double z) => z * {number}; F{number % 5}(2)",
                    _ => $"data.Length + {number}",
                };
                var error = await session.ExecuteAsync(new KernelCell(code, number + 1, false), output);
                Assert.True(error is null, error?.Sentence);
            }
        }

        await RunAsync(Early);
        var early = GC.GetTotalMemory(forceFullCollection: true);
        await RunAsync(Late);
        var late = GC.GetTotalMemory(forceFullCollection: true);

        // Kept arrays alone would be 2,000 KB a cell; references kept for each pair of cells, 1,000 KB and growing.
        var kilobytes = (late - early) / 1024.0 / (Late - Early);
        Assert.True(kilobytes < MostKilobytesACell, $"{kilobytes:F0} KB a cell");
    }

    private sealed class Quiet : IKernelOutput
    {
        public void Write(string stream, string text)
        {
        }

        public void Display(MimeBundle data, string? displayId = null)
        {
        }

        public void Update(MimeBundle data, string displayId)
        {
        }

        public void Result(MimeBundle data, int number)
        {
        }

        public void Clear(bool wait)
        {
        }

        public Task<string?> AskAsync(string prompt, bool password, CancellationToken stop) =>
            Task.FromResult<string?>(null);

        public void Comm(string type, System.Text.Json.Nodes.JsonObject content)
        {
        }
    }
}
