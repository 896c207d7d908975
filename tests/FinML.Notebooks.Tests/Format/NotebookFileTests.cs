using System.Text;
using System.Text.Json.Nodes;

namespace FinML.Notebooks.Tests.Format;

public sealed class NotebookFileTests
{
    /// <summary>As Jupyter writes it, with metadata that nobody here knows.</summary>
    private const string Foreign = """
        {
         "cells": [
          {
           "attachments": {
            "plot.png": {
             "image/png": "iVBORw0KGgo="
            }
           },
           "cell_type": "markdown",
           "id": "intro-1",
           "metadata": {
            "slideshow": {
             "slide_type": "slide"
            }
           },
           "source": [
            "# Título – ☃ 𝔼\n",
            "a < b & \"c\" \\\\uD835\\\\uDD3C \\t"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 7,
           "id": "8c6f3a",
           "metadata": {
            "dotnet_interactive": {
             "language": "csharp"
            },
            "polyglot_notebook": {
             "kernelName": "csharp"
            },
            "x": [
             1.0,
             1e-7,
             null,
             true,
             12345678901234567890
            ]
           },
           "outputs": [
            {
             "data": {
              "application/vnd.foreign+json": {
               "a": {}
              },
              "text/plain": [
               "1\n",
               "2"
              ]
             },
             "execution_count": 7,
             "metadata": {},
             "output_type": "execute_result"
            }
           ],
           "source": []
          }
         ],
         "metadata": {
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "vendor": {
           "deep": [
            []
           ]
          }
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    private static Notebook Parse(string json) => NotebookFile.Parse(Encoding.UTF8.GetBytes(json), "x.ipynb");

    [Fact]
    public void AFileOfJupyterComesBackByteForByte()
    {
        var bytes = NotebookFile.ToBytes(Parse(Foreign));
        Assert.Equal(Foreign.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void AFigureTakesOneLineWhateverItsPoints()
    {
        string many = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"{i}.5"));
        string figure = $"{{\"data\":[{{\"name\":\"\u00e9 < \U0001F600\",\"y\":[{many},1e-7,null]}}]}}";
        string file = Foreign.Replace("application/vnd.foreign+json", "application/vnd.plotly.v1+json")
            .Replace("{\n       \"a\": {}\n      }", figure);
        Assert.Contains(figure, file);

        Notebook notebook = Parse(file);

        Assert.Equal(file.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(NotebookFile.ToBytes(notebook)));
    }

    [Fact]
    public void ANewNotebookNamesTheKernelAndEndsWithALineEnd()
    {
        var text = Encoding.UTF8.GetString(NotebookFile.ToBytes(Notebooks.Of("1 + 1")));
        Assert.EndsWith("}\n", text);
        Assert.DoesNotContain('\r', text);
        var json = JsonNode.Parse(text)!;
        Assert.Equal(".net-csharp", json["metadata"]!["kernelspec"]!["name"]!.ToString());
        Assert.Equal("csharp", json["metadata"]!["polyglot_notebook"]!["kernelInfo"]!["defaultKernelName"]!.ToString());
        Assert.Equal(5, (int)json["nbformat_minor"]!);
    }

    [Fact]
    public void AByteOrderMarkIsReadAndNotWritten()
    {
        var bytes = NotebookFile.ToBytes(Parse("\uFEFF" + Foreign));
        Assert.Equal((byte)'{', bytes[0]);
    }

    [Fact]
    public void CellsWithoutIdsGetTheSameIdsOnEachReading()
    {
        const string Old = """
            {"cells":[{"cell_type":"code","metadata":{},"source":"1","outputs":[]},
            {"cell_type":"code","metadata":{},"source":"1","outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":2}
            """;
        var first = Parse(Old).Cells.Select(cell => cell.Id).ToList();
        Assert.Equal(first, Parse(Old).Cells.Select(cell => cell.Id));
        Assert.Equal(2, first.Distinct().Count());
    }

    [Theory]
    [InlineData("{\n \"cells\": [\n  oops\n ]\n}", "x.ipynb is not valid JSON at line 3, byte 3")]
    [InlineData("{\"cells\": [}", "line 1, byte")]
    [InlineData("", "x.ipynb is not valid JSON at line 1")]
    [InlineData("[]", "holds a list instead of an object")]
    [InlineData("{}", "no number \"nbformat\"")]
    [InlineData("{\"nbformat\": 3}", "nbformat 3, and only nbformat 4")]
    [InlineData("{\"nbformat\": 4}", "no list \"cells\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [3]}", "cell 1 is a number")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"sql\"}]}", "cell 1 has the cell_type \"sql\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\"}]}", "cell 1 has no \"source\"")]
    [InlineData("{\"nbformat\": 4, \"nbformat\": 4, \"cells\": []}", "not valid JSON: Duplicate property 'nbformat'")]
    public void AMalformedFileIsOneSentenceThatSaysWhere(string json, string expected)
    {
        var error = Assert.Throws<NotebookFormatException>(() => Parse(json));
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void TwoCellsWithOneIdAreRefused()
    {
        const string Twice = """
            {"cells":[{"cell_type":"raw","id":"a","source":""},{"cell_type":"raw","id":"a","source":""}],"nbformat":4}
            """;
        Assert.Contains("cell 2 has the id \"a\"", Assert.Throws<NotebookFormatException>(() => Parse(Twice)).Message);
    }

    [Fact]
    public void AMissingFileIsSaid()
    {
        var error = Assert.Throws<FileNotFoundException>(() => NotebookFile.Read("/nowhere/x.ipynb"));
        Assert.Contains("/nowhere/x.ipynb", error.Message);
    }

    [Fact]
    public void WritingLeavesOnlyTheWholeFile()
    {
        using var folder = new Notebooks.Folder();
        var path = Path.Combine(folder.Path, "sub", "x.ipynb");
        NotebookFile.Write(Notebooks.Of("1"), path);
        NotebookFile.Write(Notebooks.Of("2"), path);
        Assert.Equal("2", NotebookFile.Read(path).Cells[0].Source);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void AFailedWriteLeavesTheOldFileAndNothingElse()
    {
        using var folder = new Notebooks.Folder();
        var path = Path.Combine(folder.Path, "taken");
        Directory.CreateDirectory(path); // a folder cannot be replaced by a file
        Assert.ThrowsAny<Exception>(() => NotebookFile.Write(Notebooks.Of("1"), path));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void TheHashIsOfCodeAndParametersAlone()
    {
        var none = new Dictionary<string, string>();
        var notebook = Parse(Foreign);
        var hash = notebook.SourceHash(none);
        notebook.Cells[0].Source = "other prose";
        notebook.Cells[1].SetOutputs(null, []);
        Assert.Equal(hash, notebook.SourceHash(none));
        Assert.NotEqual(hash, notebook.SourceHash(new Dictionary<string, string> { ["seed"] = "1" }));
        notebook.Cells[1].Source = "1";
        Assert.NotEqual(hash, notebook.SourceHash(none));
    }
}
