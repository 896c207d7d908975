using FinML.Notebooks;
using Spectre.Console;

namespace FinML.Cli.Terminal;

/// <summary>
/// Shows a run on standard error: live bars with the remaining time in a terminal, lines where it is redirected.
/// Standard output stays for the result.
/// </summary>
internal static class RunDisplay
{
    /// <summary>Runs <paramref name="work"/> with a progress listener that suits the terminal.</summary>
    public static async Task<T> ShowAsync<T>(Func<INotebookProgress, Task<T>> work)
    {
        var error = Console.Error; // the run captures Console.Error: keep the real one
        if (Console.IsErrorRedirected)
            return await work(new Lines(error, TimeProvider.System));

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        if (!console.Profile.Capabilities.Ansi)
            return await work(new Lines(error, TimeProvider.System));
        return await console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(
                new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Live(console, context)));
    }

    /// <summary>Runs work of a known number of steps, each of which it names once it is done.</summary>
    public static Task BarAsync(string label, int steps, Func<Action<string>, Task> work) => ShowAsync(async progress =>
    {
        var done = 0;
        await work(step =>
        {
            done++;
            progress.BarChanged(1, $"{label}: {step}", done / (double)steps);
        });
        progress.BarEnded(1);
        return done;
    });

    /// <summary>Seconds, or minutes where there are many.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds < 120
        ? FormattableString.Invariant($"{time.TotalSeconds:F1} s")
        : FormattableString.Invariant($"{time.TotalMinutes:F1} min");

    private sealed class Live(IAnsiConsole console, ProgressContext context) : INotebookProgress
    {
        private readonly Lock gate = new();
        private readonly Dictionary<int, ProgressTask> bars = [];
        private ProgressTask? whole;
        private string caption = "";

        public void CellStarted(int number, int total, string title)
        {
            lock (gate)
            {
                caption = title;
                var description = Markup.Escape($"cell {number} of {total}  {Short(title, 48)}");
                whole ??= context.AddTask(description, maxValue: total); // a task without a name is refused
                whole.Description = description;
            }
        }

        public void CellFinished(int number, TimeSpan elapsed, bool succeeded)
        {
            lock (gate)
            {
                if (succeeded)
                    whole?.Increment(1);
                var mark = succeeded ? "[green]✓[/]" : "[red]✗[/]";
                console.MarkupLine(
                    $"{mark} In[[{number}]] [grey]{Duration(elapsed),9}[/]  {Markup.Escape(Short(caption, 60))}");
            }
        }

        public void BarChanged(int bar, string label, double fraction)
        {
            lock (gate)
            {
                if (!bars.TryGetValue(bar, out var task))
                {
                    var name = string.IsNullOrWhiteSpace(label) ? $"bar {bar}" : label;
                    bars[bar] = task = context.AddTask(Markup.Escape($"  {Short(name, 46)}"), maxValue: 1);
                }

                task.Value = fraction;
            }
        }

        public void BarEnded(int bar)
        {
            lock (gate)
            {
                if (!bars.Remove(bar, out var task))
                    return;
                task.Value = 1;
                task.StopTask();
            }
        }
    }

    /// <summary>A line a cell, and one for each tenth of a bar that takes longer than a few seconds.</summary>
    internal sealed class Lines(TextWriter output, TimeProvider clock) : INotebookProgress
    {
        private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
        private readonly Lock gate = new();
        private int cells;
        private string caption = "";
        private long last = clock.GetTimestamp();

        public void CellStarted(int number, int total, string title)
        {
            lock (gate)
                (cells, caption) = (total, title);
        }

        public void CellFinished(int number, TimeSpan elapsed, bool succeeded)
        {
            var verdict = succeeded ? "ok    " : "failed";
            Write($"{verdict} In[{number}] of {cells}  {Duration(elapsed),9}  {Short(caption, 70)}");
        }

        public void BarChanged(int bar, string label, double fraction)
        {
            lock (gate)
            {
                if (clock.GetElapsedTime(last) < Quiet)
                    return;
            }

            Write(FormattableString.Invariant($"       {Short(label, 60)}: {fraction:P0}"));
        }

        public void BarEnded(int bar)
        {
            // A finished bar needs no line: its cell gets one.
        }

        private void Write(string line)
        {
            lock (gate)
            {
                last = clock.GetTimestamp();
                output.WriteLine(line);
                output.Flush();
            }
        }
    }

    private static string Short(string text, int length) =>
        text.Length <= length ? text : text[..(length - 1)] + "…";
}
