namespace FinML.Notebooks;

/// <summary>A notebook to begin with; it runs as it stands.</summary>
/// <param name="Name">What <c>finml notebooks new</c> calls it.</param>
/// <param name="Description">What it is for, in a few words.</param>
public sealed record NotebookTemplate(string Name, string Description)
{
    /// <summary>All templates.</summary>
    public static IReadOnlyList<NotebookTemplate> All { get; } =
    [
        new("empty", "a title and a cell of code"),
        new("experiment", "a question, parameters, a seed, a published number and whether ours agrees"),
        new("backtest", "is a file of your strategy's returns evidence of skill?"),
    ];

    /// <summary>The template of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names those there are.</exception>
    public static NotebookTemplate Find(string name) =>
        All.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"There is no template '{name}'; there are: {string.Join(", ", All.Select(each => each.Name))}.");

    /// <summary>The template as a notebook.</summary>
    public Notebook Read()
    {
        var file = $"{Name}.ipynb";
        using var stream = typeof(NotebookTemplate).Assembly.GetManifestResourceStream(
            $"FinML.Notebooks.Templates.{file}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return NotebookFile.Parse(bytes.ToArray(), file);
    }
}
