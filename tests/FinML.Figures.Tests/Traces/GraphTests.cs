using System.Text.Json;
using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Tests.Traces;

public class GraphTests
{
    [Fact]
    public void An_effect_stands_right_of_its_causes_and_a_cause_beside_its_first_effect()
    {
        GraphTrace graph = TraceOf(["a", "b", "c", "late"],
            new("a", "b"), new("b", "c"), new("a", "c"), new("late", "c"));

        Assert.Equal([0, 1, 2, 1], graph.Layout.X);
        Assert.Equal(3, graph.Layout.Layers);
        // The long edge has a place of its own in the layer that it crosses.
        var over = graph.Layout.Routes[2];
        Assert.Equal([0, 1, 2], over.Select(p => p.X));
        Assert.All((int[])[1, 3], other => Assert.True(Math.Abs(over[1].Y - graph.Layout.Y[other]) > 0.5));
    }

    /// <summary>The pairs 0-3, 1-2, 2-1, 3-0 cross as listed and can be ordered so that none does.</summary>
    [Fact]
    public void Crossings_that_need_not_be_are_not()
    {
        GraphTrace graph = TraceOf(["a", "b", "c", "d", "e", "f", "g", "h"],
            new("a", "h"), new("b", "g"), new("c", "f"), new("d", "e"));

        double[] y = graph.Layout.Y;
        for (int i = 0; i < 4; i++)
        {
            for (int j = i + 1; j < 4; j++)
                Assert.True((y[i] - y[j]) * (y[7 - i] - y[7 - j]) > 0, $"{i} and {j} cross");
        }
    }

    [Fact]
    public void A_cycle_is_drawn_and_its_longest_lag_goes_back()
    {
        GraphTrace graph = TraceOf(["x", "y"], new("y", "x", Lag: 2), new("x", "y", Lag: 1));

        Assert.Equal([0, 1], graph.Layout.X);
        Assert.Equal([1, 0], graph.Layout.Routes[0].Select(p => p.X));
    }

    [Fact]
    public void The_layout_is_the_same_whatever_the_order_of_edges_with_one_lag_is_called()
    {
        Figure figure = Samples.All()["links"], again = Samples.All()["links"];
        Assert.Equal(figure.ToSvg(), again.ToSvg());
        Assert.Equal(figure.ToPlotlyJson(), again.ToPlotlyJson());
    }

    [Fact]
    public void Kinds_signs_and_strengths_can_be_told_apart()
    {
        string svg = Figure.Create().Graph(
        [
            new("a", "b", Weight: 1), new("b", "c", Weight: -0.5), new("a", "c", EdgeKind.Bidirected),
            new("c", "d", EdgeKind.Undirected),
        ]).ToSvg(Theme.Light);

        Assert.Contains($"stroke=\"{Palette.Colors[0]}\" stroke-width=\"4\"", svg);
        Assert.Contains($"stroke=\"{Palette.Colors[1]}\" stroke-width=\"2.6\"", svg);
        Assert.Contains("opacity=\"0.7\"", svg);
        Assert.Single(svg.Split("stroke-dasharray").Skip(1));
        Assert.Contains(">positive</text>", svg);
        // One head for each directed edge, two for the bidirected, none for the undirected; two of them in one path.
        Assert.Equal(3, svg.Split("z\" fill=\"").Skip(1).Count(
            rest => !rest.StartsWith("none", StringComparison.Ordinal)));
    }

    [Fact]
    public void All_that_is_drawn_is_also_told_in_words()
    {
        string text = Samples.All()["links"].ToText();
        Assert.Contains("SPX \u2192 VIX \u22120.21, lag 1", text);
        Assert.Contains("VIX \u2192 credit & <bonds> lag 2", text);
        Assert.Contains("volume \u2194 depth", Samples.All()["graph"].ToSvg());
        Assert.Contains("volatility \u2014 cost", Samples.All()["graph"].ToText());
        Assert.Contains("graph: 2 nodes, 0 edges", Figure.Create().Graph([], ["a", "b"]).ToText());
        Assert.Contains("2 nodes without an edge", Figure.Create().Graph([], ["a", "b"]).ToSvg());
    }

    [Fact]
    public void Plotly_has_a_line_an_edge_and_a_frame_a_node()
    {
        using JsonDocument json = JsonDocument.Parse(Samples.All()["graph"].ToPlotlyJson());
        Assert.Equal(10, json.RootElement.GetProperty("data").GetArrayLength());
        JsonElement[] notes = [.. json.RootElement.GetProperty("layout").GetProperty("annotations").EnumerateArray()];
        Assert.Equal(7, notes.Count(n => n.TryGetProperty("bordercolor", out _)));
        Assert.Equal(10, notes.Count(n => n.GetProperty("showarrow").GetBoolean()));
        Assert.False(json.RootElement.GetProperty("layout").GetProperty("xaxis").GetProperty("visible").GetBoolean());
    }

    [Fact]
    public void No_text_of_any_graph_touches_another_or_leaves_the_page()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            int nodes = 1 + random.Next(14);
            string[] names =
                [.. Enumerable.Range(0, nodes).Select(i => random.Next(3) == 0 ? $"a long name {i}" : $"x{i}")];
            var edges = new Dictionary<(string, string), GraphEdge>();
            for (int e = random.Next(3 * nodes); e > 0; e--)
            {
                string from = names[random.Next(nodes)], to = names[random.Next(nodes)];
                edges[(from, to)] = new GraphEdge(from, to,
                    Weight: random.Next(3) == 0 ? null : random.NextDouble() - 0.5,
                    Lag: from == to ? 1 : random.Next(3) == 0 ? null : random.Next(4));
            }

            Figure figure = Figure.Create($"Graph {seed}").Graph(edges.Values, names);
            if (random.Next(3) == 0)
                figure = figure.Size(300 + random.Next(500), 200 + random.Next(300));
            Assert.True(Svg.TextOverlapTests.Fault(figure) is null, $"{seed}: {Svg.TextOverlapTests.Fault(figure)}");
        }
    }

    [Fact]
    public void Bad_input_is_refused_in_one_sentence()
    {
        Refused("names 'z', which is no node", () => Graph(["a"], new GraphEdge("a", "z")));
        Refused("'a' to 'b' must be finite or null; got NaN",
            () => Graph(null, new GraphEdge("a", "b", Weight: double.NaN)));
        Refused("must be 0 or more; got -1", () => Graph(null, new GraphEdge("a", "b", Lag: -1)));
        Refused("is a loop, which needs a direction and a lag above 0", () => Graph(null, new GraphEdge("a", "a")));
        Refused("is in the graph twice",
            () => Graph(null, new("a", "b", EdgeKind.Undirected), new("b", "a", EdgeKind.Undirected)));
        Refused("needs 1 to 60 nodes and at most 400 edges; got 0 and 0", () => Graph(null));
        Refused("stands alone in its figure", () => Figure.Create().Line([1.0, 2]).Graph([new("a", "b")]));
        Refused("a graph stands alone in its figure", () => Graph(null, new GraphEdge("a", "b")).Row().Line([1.0, 2]));
        Assert.Contains("graph: 2 nodes, 3 edges",
            Graph(null, new("a", "b"), new("a", "b", Lag: 1), new("b", "a")).ToText());
    }

    private static Figure Graph(string[]? nodes, params GraphEdge[] edges) => Figure.Create().Graph(edges, nodes);

    private static GraphTrace TraceOf(string[] nodes, params GraphEdge[] edges) =>
        (GraphTrace)Graph(nodes, edges).Panels[0].Traces[0];

    private static void Refused(string sentence, Action action) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(action).Message);
}
