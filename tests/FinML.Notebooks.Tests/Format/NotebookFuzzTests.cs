using System.Text.Json.Nodes;

namespace FinML.Notebooks.Tests.Format;

/// <summary>
/// Spoilt notebooks are refused in a sentence, or read so that everything that is done with a notebook can be done with
/// them, in memory that is bounded by their size. FINML_FUZZ=1000000 tries as many.
/// </summary>
public sealed class NotebookFuzzTests
{
    private const int Usual = 100_000;

    private const string Honest = """
        {"cells":[
        {"attachments":{"plot.png":{"image/png":"iVBORw0KGgo="}},"cell_type":"markdown","id":"intro",
         "metadata":{"slideshow":{"slide_type":"slide"}},"source":["# Title ☃\n","![](attachment:plot.png) $x^2$"]},
        {"cell_type":"code","execution_count":7,"id":"8c6f3a","metadata":{"tags":["parameters"],
         "execution":{"iopub.execute_input":"2026-01-02T03:04:05Z","shell.execute_reply":"2026-01-02T03:04:06Z"},
         "polyglot_notebook":{"kernelName":"csharp"},"x":[1.0,1e-7,null,12345678901234567890]},
         "outputs":[{"name":"stdout","output_type":"stream","text":["a\n","b"]},
          {"data":{"application/vnd.plotly.v1+json":{"data":[],"layout":{}},"image/svg+xml":"<svg id=\"a\"></svg>",
           "text/html":"<table><tr><td>1</td></tr></table>","text/plain":["1\n","2"]},"metadata":{},
           "output_type":"display_data"},
          {"data":{"text/plain":"3"},"execution_count":7,"metadata":{},"output_type":"execute_result"}],
         "source":"var n = 3; // \ud83d\udca5"},
        {"cell_type":"code","execution_count":null,"id":"b","metadata":{},"outputs":[{"ename":"E","evalue":"no",
         "output_type":"error","traceback":["E: no","  at In[2]"]}],"source":["#!time\n","throw new Exception();"]},
        {"cell_type":"raw","id":"c","metadata":{},"source":""}],
        "metadata":{"kernelspec":{"display_name":".NET (C#)","language":"C#","name":".net-csharp"},
         "finml":{"commit":"0123456789abcdef","data":{"nyse":"0123456789"},"parameters":{"seed":"7"},"seconds":1.5,
          "started":"2026-01-02T03:04:05Z"}},
        "nbformat":4,"nbformat_minor":5}
        """;

    [Fact]
    public void SpoiltNotebooksAreRefusedOrReadRight()
    {
        var files = int.TryParse(Environment.GetEnvironmentVariable("FINML_FUZZ"), out var asked) ? asked : Usual;
        var random = new Random(20261122);
        var mutator = new NotebookMutator(random);
        var (read, refused) = (0, 0);
        for (var i = 0; i < files; i++)
        {
            var file = mutator.Next(Honest);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Notebook? notebook = null;
            try
            {
                notebook = NotebookFile.Parse(file, "x.ipynb");
                read++;
            }
            catch (NotebookFormatException error)
            {
                refused++;
                Assert.Matches(@"\Ax\.ipynb[^\n]*\.\z", error.Message);
                Assert.True(error.Message.Length < 1000, error.Message);
            }
            catch (Exception error)
            {
                Assert.Fail($"File {i} ({Convert.ToBase64String(file)}): {error}");
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 100_000 + 40L * file.Length, $"File {i} of {file.Length} took {allocated} bytes.");
            if (notebook is not null && i % 16 == 0)
                Use(notebook, file, i);
        }

        Assert.True(read > files / 10 && refused > files / 10, $"{read} read, {refused} refused");
    }

    /// <summary>All that one does with a notebook but run it.</summary>
    private static void Use(Notebook notebook, byte[] file, int number)
    {
        try
        {
            var bytes = NotebookFile.ToBytes(notebook);
            Assert.Equal(bytes, NotebookFile.ToBytes(NotebookFile.Parse(bytes, "again")));
            _ = notebook.SourceHash(new Dictionary<string, string>()) + notebook.Title;
            foreach (var cell in notebook.Cells)
            {
                Assert.True(NotebookCell.IsId(cell.Id));
                _ = NotebookRunner.Caption(notebook, cell);
                _ = (cell.Tags, cell.Outputs.Count, cell.ExecutionCount, CellSource.Parse(cell, 1));
            }

            Assert.Contains("<html", HtmlPage.Render(notebook, "x", null));
            _ = MarkdownDocument.Of(notebook, "x");
            AsProgram(notebook);
            foreach (var cell in NotebookClearing.Clear(notebook).Cells)
                Assert.Empty(cell.Outputs);
        }
        catch (Exception error)
        {
            Assert.Fail($"File {number} ({Convert.ToBase64String(file)}): {error}");
        }
    }

    private static void AsProgram(Notebook notebook)
    {
        try
        {
            Assert.NotEmpty(ScriptDocument.Of(notebook, "x", [], new HashSet<string>()));
        }
        catch (NotebookException refused)
        {
            Assert.DoesNotContain('\n', refused.Message); // a cell for another kernel, or with a slip
        }
    }
}
