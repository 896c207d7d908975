using System.Collections.Concurrent;
using FinML.Notebooks.Kernel;

namespace FinML.Notebooks.Tests.Kernel;

public sealed class LiveBarsTests
{
    /// <summary>Two reports come faster than a page is redrawn, and then none for long: the page shows the
    /// second.</summary>
    [Fact]
    public async Task The_last_report_is_shown_also_where_no_other_follows()
    {
        var page = new Page();
        using var output = new LiveOutput();
        output.Attach(page);
        var bars = new LiveBars(output, new WidgetManager());

        bars.BarChanged(1, "training", 0);
        bars.BarChanged(1, "training", 0.25);

        for (int i = 0; i < 600 && !page.Shown.Any(text => text.Contains("25")); i++)
            await Task.Delay(100);
        Assert.Contains(page.Shown, text => text.Contains("25"));
        Assert.Equal(2, page.Shown.Count);
    }

    [Fact]
    public async Task A_bar_that_ended_is_not_drawn_again()
    {
        var page = new Page();
        using var output = new LiveOutput();
        output.Attach(page);
        var bars = new LiveBars(output, new WidgetManager());

        bars.BarChanged(1, "training", 0);
        bars.BarChanged(1, "training", 0.25);
        bars.BarEnded(1);
        int shown = page.Shown.Count;
        await Task.Delay(400);

        Assert.Equal(shown, page.Shown.Count);
        Assert.DoesNotContain("25", page.Shown.Last());
    }

    private sealed class Page : IKernelOutput
    {
        public ConcurrentQueue<string> Shown { get; } = [];

        public void Display(MimeBundle data, string? displayId = null) => Shown.Enqueue(data.Text);

        public void Update(MimeBundle data, string displayId) => Shown.Enqueue(data.Text);

        public void Write(string stream, string text) => Assert.Fail(text);

        public void Result(MimeBundle data, int number) => Assert.Fail(data.Text);

        public void Clear(bool wait) => Assert.Fail("cleared");

        public Task<string?> AskAsync(string prompt, bool password, CancellationToken stop) =>
            Task.FromResult<string?>(null);
    }
}
