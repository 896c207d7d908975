namespace FinML.Notebooks.Tests.Kernel;

public sealed class InterruptTests
{
    /// <summary>What a cell awaits may end long after the cell was given up, while others run.</summary>
    [Fact]
    public async Task A_cell_that_was_given_up_changes_nothing_when_it_comes_back()
    {
        string folder = Directory.CreateTempSubdirectory("finml").FullName;
        string file = Path.Combine(folder, "go");
        await using var session = new LiveSession();
        await session.TextAsync("var kept = 7; kept");
        Task<NotebookError?> waiting = session.RunAsync($$"""
            display("waits");
            await Task.Run(async () => { while (!File.Exists(@"{{file}}")) await Task.Delay(5); });
            kept = 8;
            """);
        while (session.Output.Shown.Count < 2)
            await Task.Delay(10);

        Assert.True(await session.Session.InterruptAsync());
        Assert.Equal("KeyboardInterrupt", (await waiting)?.Name);
        Assert.Equal("7", await session.TextAsync("kept"));
        await File.WriteAllTextAsync(file, "");
        await Task.Delay(300); // the old cell's end has been and gone

        Assert.Equal("9", await session.TextAsync("kept = 9; kept"));
        Directory.Delete(folder, recursive: true);
    }
}
