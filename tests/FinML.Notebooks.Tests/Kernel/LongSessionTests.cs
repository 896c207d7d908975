using FinML.Notebooks.Kernel;

namespace FinML.Notebooks.Tests.Kernel;

/// <summary>A long session lets go of what no later code can name; what can be named, or lives, means what it meant.
/// </summary>
[Collection(ConsoleCollection.Name)]
public sealed class LongSessionTests
{
    private const int Spare = 1, Enough = 14; // as many cells, of which one is meant, are too many

    [Fact]
    public void WhatIsPinnedOfTheCompilerIsThere() => Assert.True(SubmissionChain.CanThin);

    /// <summary>What is declared first, what is asked after many cells, and the answer.</summary>
    public static TheoryData<string[], string, string> Sessions => new()
    {
        { ["var a = 3;", "var b = a + 1;", "var a = 10;"], "b + a", "14" },
        { ["var data = new[] { 1, 2 };", "int Size() => data.Length;", "var data = \"abc\";"],
            "Size() + data.Length", "5" },
        { ["int a = 1;", "int Next() => ++a;", "Next();"], "Next() + a", "6" },
        { ["int F(int x) => 1;", "int F(string x) => 2;", "int F(int x) => 3;"], "F(0) + \"\" + F(\"\")", "32" },
        { ["class Box { public int Value = 1; }", "var old = new Box();", "class Box { public int Value = 2; }",
            "int Open(Box box) => box.Value;"], "old.Value + \"\" + Open(new Box())", "12" },
        { ["class Box { }", "int Open(Box box) => 1; var old = new Box();", "class Box { }",
            "int Open(Box box) => 2;"], "Open(old) + \"\" + Open(new Box())", "12" },
        { ["var pair = new { X = 1, Y = \"y\" };", "var list = new[] { pair }.ToList();", "list.Count",
            "var more = list.Select(p => new { p.X, Z = p.Y }).ToList();"],
            "list.Add(new { X = 2, Y = \"z\" }); list[^1].X + more[0].Z + list.Count", "2y2" },
        { ["var k = 2;", "var twice = (int x) => x * k;", "var k = 5;", "var by = (ref int x) => x + k;"],
            "var n = 1; twice(10) + by(ref n)", "26" },
        { ["using System.Globalization;", "static string Loud(this string s) => s.ToUpperInvariant();"],
            "\"a\".Loud() + CultureInfo.InvariantCulture.LCID", "A127" },
        { ["var (p, q) = (1, \"two\");", "int.TryParse(\"7\", out var seven);", "const int Nine = 9;"],
            "p + q + seven + Nine", "1two79" },
        { ["var names = new List<Func<int>>();", "for (int i = 0; i < 3; i++) { int j = i; names.Add(() => j * 7); }"],
            "names.Sum(f => f())", "21" },
        { ["record Point(int X);", "var points = new[] { new Point(1) };",
            "T First<T>(IEnumerable<T> s) => s.First();"],
            "First(points).X + (points[0] with { X = 4 }).X", "5" },
        { ["int later = 0;", "_ = Task.Run(async () => { await Task.Delay(300); later = Once(); int Once() => 8; });"],
            "System.Threading.SpinWait.SpinUntil(() => later > 0, 60_000); later", "8" },
    };

    [Theory]
    [MemberData(nameof(Sessions))]
    public async Task WhatCellsDeclaredMeansTheSameAfterManyOthers(string[] before, string question, string answer)
    {
        await using var live = new LiveSession(spare: Spare);
        foreach (var cell in before)
            Assert.Null((await live.RunAsync(cell))?.Sentence);
        await FillAsync(live);
        Assert.Equal(answer, await live.TextAsync(question));
        await FillAsync(live); // and once more, on what was moved
        Assert.Equal(answer.Length, (await live.TextAsync(question)).Length);
    }

    [Fact]
    public async Task AnErrorInAFunctionOfAnEarlyCellHasItsLine()
    {
        await using var live = new LiveSession(spare: Spare);
        Assert.Null(await live.RunAsync("var d = 0;\n\nint Divide(int n)\n{\n    return n / d;\n}"));
        await FillAsync(live);
        var error = await live.RunAsync("Divide(1)");
        Assert.Contains("In[1]:line 5", error!.Frames);
    }

    [Fact]
    public async Task AReplacedArrayThatAFunctionSpeaksOfCanBeForgotten()
    {
        await using var live = new LiveSession(spare: Spare);
        Assert.Null(await live.RunAsync("var data = new int[7];"));
        Assert.Null(await live.RunAsync("var length = () => data?.Length ?? -1;"));
        Assert.Null(await live.RunAsync("var data = new int[9];"));
        await FillAsync(live);
        Assert.Equal("16", await live.TextAsync("length() + data.Length"));
        Assert.Null(await live.RunAsync("#!forget data"));
        Assert.Equal("-1", await live.TextAsync("length()"));
    }

    [Fact]
    public async Task ACellThatNobodyCanReachIsUnloaded()
    {
        await using var live = new LiveSession(spare: Spare);
        // The name of a cell's assembly begins with its session's.
        var name = await live.TextAsync("((Func<int>)(() => 1)).Method.Module.Assembly.GetName().Name");
        var session = name[..(name.IndexOf('#') + 1)];
        int Cells() => AppDomain.CurrentDomain.GetAssemblies().Count(
            assembly => assembly.GetName().Name!.StartsWith(session, StringComparison.Ordinal));
        Assert.InRange(Cells(), 1, 2);
        for (var i = 0; i < 5; i++)
            await FillAsync(live);
        for (var i = 0; i < 10 && Cells() > Enough; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(Cells(), 1, Enough);
    }

    private static async Task FillAsync(LiveSession live)
    {
        for (var i = 0; i < Enough; i++)
            Assert.Null((await live.RunAsync($"var filler = {i};"))?.Sentence);
    }
}
