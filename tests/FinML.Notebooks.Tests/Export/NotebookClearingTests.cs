namespace FinML.Notebooks.Tests.Export;

public sealed class NotebookClearingTests
{
    [Fact]
    public async Task AClearedRunIsTheNotebookBeforeIt()
    {
        var notebook = Notebooks.WithParameters("int n = 1;", "Console.WriteLine(n);", "n + 1");
        var options = new NotebookHostOptions { Parameters = new Dictionary<string, string> { ["n"] = "2" } };
        var run = await Notebooks.RunAsync(notebook, options);
        Assert.NotEqual(NotebookFile.ToBytes(notebook), NotebookFile.ToBytes(run.Executed));

        Assert.Equal(NotebookFile.ToBytes(notebook), NotebookFile.ToBytes(NotebookClearing.Clear(run.Executed)));
    }

    [Fact]
    public void WhatTheAuthorWroteStays()
    {
        var notebook = Notebook.Create(NotebookCell.Create("a", CellKind.Markdown, "# x", "slide"));
        notebook.Metadata["authors"] = "A. Author";
        Assert.Equal(NotebookFile.ToBytes(notebook), NotebookFile.ToBytes(NotebookClearing.Clear(notebook)));
    }
}
