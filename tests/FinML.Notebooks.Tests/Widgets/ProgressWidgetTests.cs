using System.Text.Json.Nodes;
using FinML.Notebooks.Tests.Kernel;

namespace FinML.Notebooks.Tests.Widgets;

[Collection(ConsoleCollection.Name)]
public sealed class ProgressWidgetTests
{
    private const string Code = """
        using (var outer = Progress("folds <b>"))
        {
            using (var inner = Progress("epochs"))
                inner.Report(0.5);
            outer.Report(0.25);
            outer.Report(1);
        }
        """;

    [Fact]
    public async Task A_page_with_widgets_gets_one_and_is_left_without_it()
    {
        await using var live = new LiveSession();
        await live.ReceiveAsync("comm_open", "page", target: "jupyter.widget.control");

        Assert.Null(await live.RunAsync(Code));

        Dictionary<string, JsonNode> opened = live.Sent.Where(m => m.Type == "comm_open")
            .ToDictionary(m => m.Id, m => m.Data["state"]!);
        JsonNode[] bars = [.. opened.Values.Where(s => s["_model_name"]!.ToString() == "FloatProgressModel")];
        Assert.Equal(["folds <\u2060b>", "epochs"], bars.Select(bar => bar["description"]!.ToString()));
        string box = opened.Single(o => o.Value["_model_name"]!.ToString() == "VBoxModel").Key;
        Assert.Equal([1, 2, 1, 0], live.Sent.Where(m => m.Id == box && m.Type == "comm_msg")
            .Select(m => ((JsonArray)m.Data["state"]!["children"]!).Count));
        Assert.Contains(live.Sent, m => m.Type == "comm_msg" && m.Data["state"]!["value"]?.ToJsonString() == "1");
        Assert.Equal(["page"], live.Session.Comms.Info(null).Select(comm => comm.Key)); // all are closed
        Assert.Contains(box, live.Output.Shown[0].Data.Parts[0].Value);
        Assert.Equal((true, "<pre></pre>"), (live.Output.Shown[^1].Updated, live.Output.Shown[^1].Data["text/html"]));
    }

    [Fact]
    public async Task Elsewhere_it_is_text_without_markup()
    {
        await using var live = new LiveSession();

        Assert.Null(await live.RunAsync(Code));

        Assert.Empty(live.Sent);
        Assert.StartsWith("<pre>folds &lt;b&gt;  ", live.Output.Shown[0].Data["text/html"]);
        Assert.Contains(live.Output.Shown, shown => shown.Data["text/html"]!.Contains("100 %  0:00</pre>"));
        Assert.Single(live.Output.Shown, shown => !shown.Updated);
    }
}
