using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace FinML.Cli.Tests.Commands;

public sealed class DoctorCommandTests
{
    private const string Manifest = """
        { "format": 1, "sdk": { "version": "10.0.1" }, "torch": { "backend": "FinML.Torch" },
          "data": { "catalog": "data/catalog.json" }, "defaultSeed": 1,
          "packages": { "Known": "1.0.0", "Other": "2.0.0", "Absent": "1.0.0" }, "lastReproduction": null }
        """;

    private const string Lock = """
        { "version": 2, "dependencies": { "net10.0": {
          "Known": { "type": "Direct", "resolved": "1.0.0" }, "Other": { "type": "Direct", "resolved": "2.1.0" } } } }
        """;

    private static Workplace Clone(string manifest = Manifest)
    {
        var place = new Workplace();
        Directory.CreateDirectory(Path.Combine(place.Path, "data"));
        Directory.CreateDirectory(Path.Combine(place.Path, "src", "A"));
        byte[] content = [1, 2, 3];
        File.WriteAllBytes(Path.Combine(place.Path, "data", "prices.csv"), content);
        File.WriteAllText(Path.Combine(place.Path, "data", "catalog.json"), new JsonObject
        {
            ["dataSets"] = new JsonArray(new JsonObject
            {
                ["file"] = "prices.csv",
                ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)),
            }),
        }.ToJsonString());
        File.WriteAllText(Path.Combine(place.Path, "src", "A", "packages.lock.json"), Lock);
        File.WriteAllText(Path.Combine(place.Path, "environment.json"), manifest);
        return place;
    }

    private static Dictionary<string, string> Verdicts(string json) => ((JsonArray)JsonNode.Parse(json)!["findings"]!)
        .ToDictionary(f => f!["name"]!.ToString(), f => f!["verdict"]!.ToString());

    [Fact]
    public async Task WhatDiffersIsSaidAndDoesNoHarm()
    {
        using var place = Clone();
        var run = await Finml.RunAsync(Path.Combine(place.Path, "src"), "doctor", "--json");
        Assert.Equal((0, ""), (run.Code, run.Error));
        var verdicts = Verdicts(run.Output);
        Assert.Equal("differs", verdicts[".NET SDK"]);
        Assert.Equal("same", verdicts["package Known"]);
        Assert.Equal("differs", verdicts["package Other"]);
        Assert.Equal("differs", verdicts["package Absent"]);
        Assert.Equal("same", verdicts["data prices.csv"]);
        Assert.Equal("noted", verdicts["cores"]);
    }

    [Fact]
    public async Task AFlippedByteIsNamed()
    {
        using var place = Clone();
        File.WriteAllBytes(Path.Combine(place.Path, "data", "prices.csv"), [1, 2, 2]);
        var run = await Finml.RunAsync(place.Path, "doctor");
        Assert.Equal(1, run.Code);
        Assert.StartsWith("finml: data prices.csv is wrong (expected ", run.Error);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Contains("data prices.csv", run.Output);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task AMissingFileIsNamed()
    {
        using var place = Clone();
        File.Delete(Path.Combine(place.Path, "data", "prices.csv"));
        var run = await Finml.RunAsync(place.Path, "doctor", "--json");
        Assert.Equal(1, run.Code);
        Assert.Equal("missing", Verdicts(run.Output)["data prices.csv"]);
    }

    [Fact]
    public async Task HardwareIsComparedWithTheLastReproduction()
    {
        using var place = Clone(Manifest.Replace("\"lastReproduction\": null", """
            "lastReproduction": { "date": "2020-01-01", "machine": "another", "cpu": "abacus", "cores": 9999,
              "memoryMegabytes": 1, "seconds": 1, "peakMemoryMegabytes": 1e12, "figures": { "sharpe": 0.4 } }
            """));
        var run = await Finml.RunAsync(place.Path, "doctor", "--json");
        var verdicts = Verdicts(run.Output);
        Assert.Equal(("differs", "differs", "missing"),
            (verdicts["cores"], verdicts["system"], verdicts["memory for a full run"]));
        Assert.Equal(1, run.Code);
    }

    [Theory]
    [InlineData("{\n oops }", "environment.json cannot be read at line 2")]
    [InlineData("{}", "environment.json cannot be read at line 1")]
    [InlineData("null", "environment.json cannot be read at line 1")]
    public async Task AMalformedManifestIsOneSentence(string manifest, string expected)
    {
        using var place = Clone(manifest);
        var run = await Finml.RunAsync(place.Path, "doctor");
        Assert.Equal(1, run.Code);
        Assert.Contains(expected, run.Error);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task OutsideOfACloneItSaysWhatToDo()
    {
        using var place = new Workplace();
        var run = await Finml.RunAsync(place.Path, "doctor");
        Assert.Equal(1, run.Code);
        Assert.Contains("run it in the clone, or give --root", run.Error);
    }
}
