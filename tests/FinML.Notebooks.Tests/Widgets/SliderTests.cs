using System.Text.Json.Nodes;
using System.Xml.Linq;
using FinML.Notebooks.Tests.Kernel;

namespace FinML.Notebooks.Tests.Widgets;

/// <summary>Sliders of a live session, by the messages that front ends send and get.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class SliderTests : IAsyncLifetime
{
    private const string Create = "var s = Slider.Create(\"window\", 20, min: 5, max: 250);";

    private readonly LiveSession _live = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _live.DisposeAsync();

    [Fact]
    public async Task A_slider_opens_its_parts_first_and_in_the_standard_protocol()
    {
        await _live.TextAsync(Create + "\ns");

        Assert.Equal(["comm_open", "comm_open", "comm_open"], _live.Sent.Select(m => m.Type));
        Assert.All(_live.Sent, m => Assert.Equal("2.1.0", m.Metadata!["version"]!.ToString()));
        Assert.All(_live.Sent, m => Assert.Equal("jupyter.widget", m.Content["target_name"]!.ToString()));
        Assert.Equal(["LayoutModel", "SliderStyleModel", "IntSliderModel"],
            _live.Sent.Select(m => m.Data["state"]!["_model_name"]!.ToString()));
        JsonNode state = _live.Sent[2].Data["state"]!;
        Assert.Equal("IPY_MODEL_" + _live.Sent[0].Id, state["layout"]!.ToString());
        Assert.Equal("@jupyter-widgets/controls", state["_model_module"]!.ToString());
        Assert.Equal((20, 5, 250, 1), ((int)state["value"]!, (int)state["min"]!, (int)state["max"]!,
            (int)state["step"]!));
        MimeBundle shown = _live.Output.Shown[^1].Data;
        Assert.Equal(
            ["application/vnd.jupyter.widget-view+json", "image/svg+xml", "text/plain"],
            shown.Parts.Select(p => p.Key));
        Assert.Equal(_live.Sent[2].Id, JsonNode.Parse(shown.Parts[0].Value)!["model_id"]!.ToString());
        Assert.Equal(3, _live.Session.Comms.Info("jupyter.widget").Count);
        Assert.Empty(_live.Session.Comms.Info("other"));
    }

    [Fact]
    public async Task What_the_reader_sets_reaches_the_value_the_handlers_and_the_figure()
    {
        await _live.TextAsync(Create
            + "\nint thread = Environment.CurrentManagedThreadId, heard = 0;"
            + "\ns.OnChange(v => { heard = v; thread -= Environment.CurrentManagedThreadId; });"
            + "\nInteract(s, v => $\"drawn {v}\");");
        string slider = _live.Sent[^1].Id;
        string area = _live.Output.Shown[^1].Id!;

        Assert.Null(await _live.MoveAsync(slider, 30));

        Assert.Equal("echo_update", _live.Sent[^1].Data["method"]!.ToString());
        Assert.Equal((area, true, "drawn 30"), (_live.Output.Shown[^1].Id!, _live.Output.Shown[^1].Updated,
            _live.Output.Shown[^1].Data.Text));
        Assert.Equal("(30, 30, 0)", await _live.TextAsync("(s.Value, heard, thread)"));
        await _live.RunAsync("s.Value = 40;");
        Assert.Equal("update", _live.Sent[^1].Data["method"]!.ToString());
        Assert.Equal(40, (int)_live.Sent[^1].Data["state"]!["value"]!);
        Assert.Equal("drawn 40", _live.Output.Shown[^1].Data.Text);
    }

    [Fact]
    public async Task A_value_that_the_slider_does_not_have_is_put_right_in_the_front_end()
    {
        await _live.TextAsync(Create + "\nint calls = 0; s.OnChange(_ => calls++); s");
        string slider = _live.Sent[^1].Id;
        foreach (string value in (string[])["1e9", "-3", "4.99", "\"30\"", "null", "{}", "[1]", "1e999", "true"])
        {
            int sent = _live.Sent.Count;
            Assert.Null(await _live.MoveAsync(slider, JsonNode.Parse(value)));

            Assert.Equal(["echo_update", "update"], _live.Sent.Skip(sent).Select(m => m.Data["method"]!.ToString()));
            Assert.Equal(20, (int)_live.Sent[^1].Data["state"]!["value"]!);
        }

        Assert.Equal("(20, 0)", await _live.TextAsync("(s.Value, calls)"));
    }

    [Fact]
    public async Task A_front_end_cannot_give_a_widget_what_it_has_not()
    {
        await _live.TextAsync(Create + "\ns");
        int sent = _live.Sent.Count;

        await _live.ReceiveAsync("comm_msg", _live.Sent[^1].Id, new JsonObject
        {
            ["method"] = "update",
            ["state"] = new JsonObject { ["evil"] = "<script>" },
        });
        await _live.ReceiveAsync("comm_msg", _live.Sent[^1].Id, new JsonObject { ["method"] = 7 });
        await _live.ReceiveAsync("comm_msg", _live.Sent[^1].Id, new JsonObject { ["method"] = "update" });

        Assert.Equal(sent, _live.Sent.Count);
    }

    [Fact]
    public async Task A_page_that_comes_later_gets_the_state_of_all_widgets()
    {
        await _live.TextAsync(Create + "\ns");
        string slider = _live.Sent[^1].Id;
        await _live.MoveAsync(slider, 31);

        await _live.ReceiveAsync("comm_msg", slider, new JsonObject { ["method"] = "request_state" });
        Assert.Equal(31, (int)_live.Sent[^1].Data["state"]!["value"]!);
        Assert.Equal("update", _live.Sent[^1].Data["method"]!.ToString());

        await _live.ReceiveAsync("comm_open", "page", target: "jupyter.widget.control");
        await _live.ReceiveAsync("comm_msg", "page", new JsonObject { ["method"] = "request_states" });
        Assert.Equal("page", _live.Sent[^1].Id);
        JsonObject states = (JsonObject)_live.Sent[^1].Data["states"]!;
        Assert.Equal(3, states.Count);
        Assert.Equal("IntSliderModel", states[slider]!["model_name"]!.ToString());
        Assert.Equal(31, (int)states[slider]!["state"]!["value"]!);
    }

    /// <summary>ipywidgets 6: no envelope, one module, "backbone" for an update, "display" for a place.</summary>
    [Fact]
    public async Task The_front_end_of_2016_gets_its_own_dialect()
    {
        await _live.ReceiveAsync("comm_open", "v", target: "jupyter.widget.version");
        Assert.Equal("~2.1.4", _live.Sent[^1].Data["version"]!.ToString());

        Assert.Equal("", await _live.TextAsync(Create + "\ns"));
        LiveSession.Message open = _live.Sent.Last(m => m.Type == "comm_open");
        Assert.Equal("jupyter-js-widgets", open.Data["_model_module"]!.ToString());
        Assert.Equal("display", _live.Sent[^1].Data["method"]!.ToString());

        await _live.ReceiveAsync("comm_msg", open.Id, new JsonObject
        {
            ["method"] = "backbone",
            ["sync_data"] = new JsonObject { ["value"] = 33 },
        });
        Assert.Equal("33", await _live.TextAsync("s.Value"));
    }

    [Fact]
    public async Task Closed_unknown_and_stale_comms_are_closed_for_good()
    {
        await _live.TextAsync(Create + "\ns");
        string slider = _live.Sent[^1].Id;

        await _live.ReceiveAsync("comm_close", slider);
        Assert.False(_live.Session.Comms.Info(null).ContainsKey(slider));
        int sent = _live.Sent.Count;
        Assert.Equal("25", await _live.TextAsync("s.Value = 25; s.Value"));
        Assert.Equal(sent, _live.Sent.Count); // nobody is there to be told

        await _live.MoveAsync(slider, 30); // as from a page that slept through a restart
        Assert.Equal(("comm_close", slider), (_live.Sent[^1].Type, _live.Sent[^1].Id));
        Assert.Equal("25", await _live.TextAsync("s.Value"));

        await _live.TextAsync("s"); // shown again, it is a widget again
        Assert.NotEqual(slider, _live.Sent[^1].Id);
        Assert.Equal(25, (int)_live.Sent[^1].Data["state"]!["value"]!);
        await _live.RunAsync("s.Close();");
        Assert.Equal(3, _live.Sent.Count(m => m.Type == "comm_close" && m.Id != slider) - 2);
        Assert.Empty(_live.Session.Comms.Info(null));
        await Assert.ThrowsAsync<FormatException>(() => _live.Session.Comms.ReceiveAsync(
            "comm_msg", new JsonObject { ["comm_id"] = 5 }, _live.Output));
    }

    [Fact]
    public async Task A_handler_that_throws_says_where_and_the_slider_lives()
    {
        await _live.TextAsync(Create
            + "\nInteract(s, v => v < 30 ? $\"drawn {v}\" : throw new Exception(\"too far\"));");
        string slider = _live.Sent[^1].Id;

        NotebookError? error = await _live.MoveAsync(slider, 30);

        Assert.Equal("In[1]:line 2: Exception: too far", error!.Sentence);
        Assert.Equal("Exception: too far", _live.Output.Shown[^1].Data.Text);
        Assert.Null(await _live.MoveAsync(slider, 29));
        Assert.Equal("drawn 29", _live.Output.Shown[^1].Data.Text);
    }

    [Fact]
    public async Task Handlers_that_never_agree_are_an_error_and_not_an_overflow()
    {
        await _live.TextAsync("var s = Slider.Create(\"x\", 0, max: 1_000_000);\ns.OnChange(v => s.Value = v + 1); s");

        NotebookError? error = await _live.MoveAsync(_live.Sent[^1].Id, 1);

        Assert.Contains("The handlers of the slider 'x' set it anew 100 times", error!.Message);
    }

    [Fact]
    public async Task The_stop_button_stops_a_handler_and_keeps_the_session()
    {
        await _live.TextAsync(Create + "\ns.OnChange(_ => { Console.WriteLine(\"begun\"); while (true) { } }); s");
        Task<NotebookError?> moved = _live.MoveAsync(_live.Sent[^1].Id, 30);
        while (!_live.Output.Printed.Contains("begun", StringComparison.Ordinal) && !moved.IsCompleted)
            await Task.Delay(10);

        Assert.True(await _live.Session.InterruptAsync());
        Assert.Equal("KeyboardInterrupt", (await moved)!.Name);
        Assert.Equal("30", await _live.TextAsync("s.Value"));
    }

    [Fact]
    public async Task Another_thread_than_the_cells_cannot_set_it()
    {
        NotebookError? error = await _live.RunAsync(Create + "\nTask.Run(() => s.Value = 30).Wait();");

        Assert.Contains("set by a cell's own thread", error!.Message);
    }

    [Fact]
    public async Task A_slider_that_cannot_be_is_refused()
    {
        foreach ((string arguments, string expected) in new[]
        {
            ("\" \", 1", "A slider needs a label."),
            ("\"x\", 1, min: 5, max: 3", "min must be below max, but they were 5 and 3."),
            ("\"x\", 1, min: 5", "The slider 'x' runs from 5 to 100, but the value was 1."),
            ("\"x\", 1, step: 0", "step must be above 0 and at most max - min, but was 0."),
            ("\"x\", double.NaN", "value must be finite, but was NaN."),
            ("\"x\", 0.5, max: double.PositiveInfinity", "max must be finite, but was Infinity."),
        })
            Assert.Contains(expected, (await _live.RunAsync($"Slider.Create({arguments})"))!.Message);
        Assert.Empty(_live.Sent);
    }

    [Fact]
    public async Task Without_a_front_end_a_slider_is_the_same_picture_in_every_run()
    {
        const string Code = "Interact(Slider.Create(\"a <b> & </text><script>x\", 0.25), v => $\"drawn {v}\");";
        NotebookRunResult first = await Notebooks.RunAsync(Code), second = await Notebooks.RunAsync(Code);

        JsonObject[] outputs = [.. Notebooks.CodeCells(first)[0].Outputs];
        string[] kinds = [.. ((JsonObject)outputs[0]["data"]!).Select(part => part.Key)];
        Assert.Equal(["image/svg+xml", "text/plain"], kinds);
        Assert.Equal("a <b> & </text><script>x: 0.25 (0 to 1)drawn 0.25", Notebooks.Text(first, 1));
        string svg = MultilineText.FromJson(outputs[0]["data"]!["image/svg+xml"]);
        Assert.DoesNotContain(XElement.Parse(svg).Descendants(), e => e.Name.LocalName is "script" or "b");
        Assert.Equal(outputs.Select(o => o.ToJsonString()),
            Notebooks.CodeCells(second)[0].Outputs.Select(o => o.ToJsonString()));
    }

    /// <summary>Front ends before 2022 set a label as HTML; none may find a tag in it.</summary>
    [Theory]
    [InlineData("a <script>alert(1)</script>", "a <\u2060script>alert(1)<\u2060/script>")]
    [InlineData("<!-- <?x", "<\u2060!-- <\u2060?x")]
    [InlineData("a < b & c <3 <", "a < b & c <3 <")]
    public void A_label_opens_no_tag(string label, string expected) =>
        Assert.Equal(expected, WidgetDialect.Label(label));

    [Fact]
    public async Task The_readout_has_the_decimals_of_the_step()
    {
        foreach ((string step, string format) in new[]
        {
            ("1", ".0f"), ("0.25", ".2f"), ("0.01", ".2f"), ("0.125", ".3f"), ("50", ".0f"), ("1e-12", ".8f"),
        })
        {
            await _live.TextAsync($"Slider.Create(\"x\", 50.0, max: 100, step: {step})");
            Assert.Equal(format, _live.Sent[^1].Data["state"]!["readout_format"]!.ToString());
        }
    }
}
