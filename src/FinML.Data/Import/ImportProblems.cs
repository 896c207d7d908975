namespace FinML.Data;

/// <summary>Collects problems, and keeps the first twenty of each kind so that a report stays readable.</summary>
internal sealed class ImportProblems
{
    private const int Kept = 20;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<ImportProblem> _listed = [];

    public int Count { get; private set; }

    public IReadOnlyList<ImportProblem> Listed => [.. _listed.OrderBy(p => p.Row)];

    public void Add(string kind, long row, string message)
    {
        Count++;
        int number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (number <= Kept)
        {
            _listed.Add(new ImportProblem(row, message));
        }
    }
}
