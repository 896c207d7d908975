using System.Diagnostics;
using System.Globalization;

namespace FinML.Notebooks.Tests.Kernel;

/// <summary>
/// Cells of many kinds, interrupted at any moment from before they begin: each one ends, and what follows finds the
/// session whole. FINML_INTERRUPTS=1000 tries as many.
/// </summary>
[Collection(ConsoleCollection.Name)]
public sealed class InterruptStressTests
{
    private const int Usual = 40;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(8); // the machine may be busy with other things

    private static readonly string[] Endless =
    [
        "while (true) { }",
        "for (int i = 0; ; i++) for (int j = 0; j < i; j++) for (long k = 0; k < 1L << 40; k++) { }",
        "double sum = 0; while (true) for (int i = 0; i < 1000; i++) sum += Math.Sqrt(i);",
        "while (true) Console.WriteLine(\"x\");",
        "while (true) display(1);",
        "while (true) { try { throw new InvalidOperationException(\"x\"); } catch (InvalidOperationException) { } }",
        "while (true) { try { int.Parse(\"x\"); } catch { } finally { GC.KeepAlive(1); } }",
        "while (true) { try { while (true) { } } finally { for (int i = 0; i < 100_000_000; i++) { } } }",
        "while (true) { try { System.Threading.Thread.Sleep(1); } catch { System.Threading.Thread.Sleep(-1); } }",
        "try { System.Threading.Thread.Sleep(-1); } finally { System.Threading.Thread.Sleep(-1); }",
        "System.Threading.Thread.Sleep(-1);",
        "while (true) System.Threading.Thread.Sleep(1);",
        "Task.Delay(-1).Wait();",
        "await Task.Delay(-1);",
        "while (true) await Task.Delay(1);",
        "while (true) await Task.Yield();",
        "await Task.Run(() => System.Threading.Thread.Sleep(5000));",
        "await Task.Delay(1).ConfigureAwait(false); while (!Cancellation.IsCancellationRequested) { }",
        "new System.Threading.SemaphoreSlim(0).Wait();",
        "var gate = new object(); lock (gate) System.Threading.Monitor.Wait(gate);",
        "new System.Threading.ManualResetEvent(false).WaitOne();",
        "System.Diagnostics.Process.Start(\"sleep\", \"3\").WaitForExit();",
        "while (true) File.ReadAllBytes(\"/proc/self/stat\");",
        "Enumerable.Range(0, int.MaxValue).Sum(i => { return Enumerable.Range(0, 1000).Sum(j => (double)j * i); })",
        "IEnumerable<int> All() { while (true) yield return 1; }\nAll().Count()",
        "IEnumerable<int> None() { while (true) { if (Cancellation.CanBeCanceled) continue; yield return 1; } }\n"
            + "None()",
        "Parallel.For(0, 1_000_000_000, i => { for (int j = 0; j < 1000; j++) { } });",
        "int Deep(int n) => n == 0 ? 0 : 1 + Deep(n - 1);\nwhile (true) Deep(5000);",
        "var list = new List<byte[]>(); while (true) { list.Add(new byte[1000]); if (list.Count > 10_000) list = []; }",
        "while (true) System.Text.Json.JsonSerializer.Serialize(new { A = 1, B = \"x\" });",
        "while (true) new System.Threading.CancellationTokenSource(1).Dispose();",
        "Cancellation.Register(() => throw new Exception(\"bad\")); while (true) { }",
        "Cancellation.Register(() => System.Threading.Thread.Sleep(-1)); while (true) { }",
        "while (true) lock (Console.Out) Console.Write(\"\");",
        "var bar = Progress(\"bar\"); while (true) bar.Report(0.5);",
        "Parallel.For(0, 8, i => { while (true) { } });",
        "Task.Run(() => { while (true) { } }).Wait();",
        "again: kept += 0; goto again;",
        "int Fib(int n) { return n < 2 ? n : Fib(n - 1) + Fib(n - 2); }\nFib(60)",
    ];

    [Fact]
    public async Task Whatever_a_cell_does_an_interrupt_ends_it_and_keeps_the_session()
    {
        var cells = int.TryParse(
            Environment.GetEnvironmentVariable("FINML_INTERRUPTS"), CultureInfo.InvariantCulture, out var asked)
                ? asked
                : Usual;
        var random = new Random(20261123);
        await using var session = new LiveSession();
        await session.TextAsync("var kept = 0; kept");
        for (var i = 1; i <= cells; i++)
        {
            var code = Endless[i % Endless.Length];
            if (i % 13 == 7)
                code = string.Concat(Enumerable.Range(0, 500).Select(
                    n => FormattableString.Invariant($"int F{n}(int x) => x + {n};\n"))) + code; // long to compile
            var delay = i % 3 == 0 ? random.Next(20) : random.Next(300);
            var before = session.Output.Shown.Count;
            var running = session.RunAsync($"kept = {i};\nvar mine = {i};\n{code}");
            await Task.Delay(delay);
            var clock = Stopwatch.StartNew();
            var stopped = await session.Session.InterruptAsync().WaitAsync(TimeSpan.FromSeconds(60));
            var name = (await running.WaitAsync(TimeSpan.FromSeconds(60)))?.Name;
            var took = clock.Elapsed;
            Assert.True(stopped, $"cell {i} ({code}) went on for {took.TotalSeconds} s");
            Assert.True(name == "KeyboardInterrupt", $"cell {i} ({code}) ended by {name ?? "itself"}");
            Assert.True(took < Most, $"cell {i} ({code}) took {took.TotalSeconds} s to stop");
            Assert.True(await session.Session.InterruptAsync()); // nothing runs: nothing happens
            var value = await session.TextAsync("kept").WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(value == $"{i}" || int.Parse(value, CultureInfo.InvariantCulture) < i, $"{value} after {i}");
            await session.RunAsync($"kept = {i}; Console.WriteLine(\"after {i}.\");")
                .WaitAsync(TimeSpan.FromSeconds(60));
            Assert.EndsWith($"after {i}.\n", session.Output.Printed[^Math.Min(20, session.Output.Printed.Length)..]);
            session.Output.Forget();
        }
    }

    [Fact]
    public async Task A_library_call_is_said_to_hold_the_cell_which_ends_when_the_call_returns()
    {
        await using var session = new LiveSession();
        await session.TextAsync("var kept = 1; kept");
        var running = session.RunAsync(
            """
            kept = 2;
            display("runs");
            var until = Environment.TickCount64 + 7000;
            Enumerable.Range(0, int.MaxValue).TakeWhile(i => Environment.TickCount64 < until).Count();
            for (int i = 0; i < 10; i++) kept = 3;
            """);
        while (session.Output.Shown.Count < 2)
            await Task.Delay(10);

        Assert.False(await session.Session.InterruptAsync());
        Assert.Equal("KeyboardInterrupt", (await running.WaitAsync(Most * 4))?.Name);
        Assert.Equal("2", await session.TextAsync("kept"));
    }

    [Fact]
    public async Task What_an_interrupted_cell_declared_stays_and_earlier_tasks_go_on()
    {
        await using var session = new LiveSession();
        await session.TextAsync("""
            var turns = 0;
            var end = false;
            var task = Task.Run(() => { while (!System.Threading.Volatile.Read(ref end)) turns++; return "ended"; });
            1
            """);
        var running = session.RunAsync("var mine = 5; display(mine); while (true) { }");
        while (session.Output.Shown.Count < 2)
            await Task.Delay(10);

        Assert.True(await session.Session.InterruptAsync());
        Assert.Equal("KeyboardInterrupt", (await running)?.Name);
        Assert.Equal("5", await session.TextAsync("mine"));
        Assert.Equal("ended", await session.TextAsync("end = true; task.Result"));
    }

    [Fact]
    public async Task An_error_in_a_loop_has_the_column_of_the_code_as_written()
    {
        await using var session = new LiveSession();
        var slip = await session.RunAsync("for (int i = 0; i < 3; i++) nope(i);");
        Assert.Equal((1, 29), (slip!.Line, slip.Column));
        var thrown = await session.RunAsync("var zero = 0;\nfor (int i = 0; i < 3; i++) { zero = i / zero; }");
        Assert.Equal(("DivideByZeroException", 2, 31), (thrown!.Name, thrown.Line, thrown.Column));
    }
}
