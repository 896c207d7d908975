using FinML.Notebooks.Kernel;

namespace FinML.Benchmarks.Notebooks;

/// <summary>How long a notebook's kernel makes one wait, and how much memory a long session takes.</summary>
internal static class NotebooksSuite
{
    internal static Suite Create()
    {
        List<Row> rows = [];
        KernelRows.AddTo(rows);
        return new Suite(
            "notebooks", "peer", null, new Dictionary<string, string>(), new Dictionary<string, Func<Action>>(), rows,
            _ => { }, $"FinML.Notebooks {typeof(KernelClient).Assembly.GetName().Version?.ToString(3)}");
    }
}
