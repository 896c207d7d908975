using System.Text.Json.Nodes;

namespace FinML.Notebooks.Tests.Checking;

public sealed class OutputComparisonTests
{
    private const string Pixel = "iVBORw0KGgo=";
    private const string Plotly = "application/vnd.plotly.v1+json";

    private static JsonObject Stream(string name, string text) => new CellOutput.Stream(name, text).ToJson();

    private static JsonObject Data(string mime, string content) =>
        new CellOutput.Display(new MimeBundle([new(mime, content), new("text/plain", "value")])).ToJson();

    private static IReadOnlyList<OutputDifference> Compare(JsonObject[] stored, JsonObject[] fresh) =>
        OutputComparison.Compare(stored, fresh, new OutputTolerance());

    [Fact]
    public void HowOftenAStreamWasFlushedDoesNotMatter() => Assert.Empty(Compare(
        [Stream("stdout", "a\n"), Stream("stdout", "b\n")], [Stream("stdout", "a\nb\n")]));

    [Fact]
    public void AStreamDiffersByItsTextAndItsName()
    {
        var text = Assert.Single(Compare([Stream("stdout", "a 1\n")], [Stream("stdout", "a 2\n")]));
        Assert.Equal((1, "stdout", 0.5), (text.Output, text.What, text.LargestRelativeDifference));
        Assert.Equal(["- a 1", "+ a 2"], text.Lines);
        Assert.Equal("outputs", Assert.Single(Compare([Stream("stdout", "a")], [Stream("stderr", "a")])).What);
    }

    [Fact]
    public void ImagesAreComparedByTheirBytes()
    {
        Assert.Empty(Compare([Data("image/png", Pixel)], [Data("image/png", "iVBO\nRw0KGgo=\n")]));
        var changed = Assert.Single(Compare([Data("image/png", Pixel)], [Data("image/png", "iVBORw0KGgs=")]));
        Assert.Equal("image/png", changed.What);
        Assert.All(changed.Lines, line => Assert.Matches("^[-+] sha256 [0-9a-f]{16}, 8 bytes$", line));
        Assert.Single(Compare(
            [Data("image/svg+xml", "<svg>1.0</svg>")], [Data("image/svg+xml", "<svg>1.00</svg>")]));
    }

    [Fact]
    public void FiguresAreComparedValueByValue()
    {
        const string Stored = """{"data":[{"y":[1.0,2.0],"name":"a"}]}""";
        Assert.Empty(Compare(
            [Data(Plotly, Stored)], [Data(Plotly, """{"data":[{"name":"a","y":[1,2.0000000000001]}]}""")]));
        var changed = Assert.Single(Compare(
            [Data(Plotly, Stored)], [Data(Plotly, """{"data":[{"name":"a","y":[1,2.5]}]}""")]));
        Assert.Equal(["- $.data[0].y[1]: 2.0", "+ $.data[0].y[1]: 2.5"], changed.Lines);
        Assert.Equal(0.2, changed.LargestRelativeDifference!.Value, 12);
        var longer = Assert.Single(Compare(
            [Data(Plotly, Stored)], [Data(Plotly, """{"data":[{"name":"a","y":[1,2,3]}]}""")]));
        Assert.Equal(["- $.data[0].y: 2 values", "+ $.data[0].y: 3 values"], longer.Lines);
        Assert.Null(longer.LargestRelativeDifference);
    }

    [Fact]
    public void AnOutputOrARepresentationThatComesOrGoesIsTold()
    {
        var gone = Assert.Single(Compare([Stream("stdout", "x"), Data("image/png", Pixel)], [Stream("stdout", "x")]));
        Assert.Equal("- a value as image/png, text/plain: value", Assert.Single(gone.Lines));
        var other = Compare([Data("image/png", Pixel)], [Data("text/html", "<b>x</b>")]);
        Assert.Equal(["image/png", "text/html"], other.Select(difference => difference.What));
    }

    [Fact]
    public void WhatAnotherRunNamesAnewIsNotCompared()
    {
        const string View = "application/vnd.jupyter.widget-view+json";
        Assert.Empty(Compare([Data(View, """{"model_id":"a"}""")], [Data(View, """{"model_id":"b"}""")]));
        static JsonObject Time(string text) => new CellOutput.Display(MimeBundle.OfText(text)).ToJson();
        Assert.Empty(Compare([Time("Wall time: 1.5 ms")], [Time("Wall time: 1,723.9 ms")]));
        Assert.Single(Compare([Time("Wall time: 1.5 s")], [Time("Wall time: 1.6 s")]));
    }
}
