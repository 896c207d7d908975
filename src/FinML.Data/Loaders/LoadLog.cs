namespace FinML.Data;

/// <summary>
/// Collects what a loader refuses, repairs and has to say, and keeps the first twenty problems of each kind so that
/// the report of a hopeless file stays readable. Not for use from two threads at once.
/// </summary>
public sealed class LoadLog
{
    private const int Kept = 20;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<ImportProblem> _listed = [];
    private readonly SortedDictionary<string, long> _repairs = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    /// <summary>A log of a stream of records that goes on after at most this many lines that were refused.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public LoadLog(long maximumRefusals = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumRefusals);
        MaximumRefusals = maximumRefusals;
    }

    /// <summary>How many lines of a stream of records may be refused before the whole file is.</summary>
    public long MaximumRefusals { get; }

    /// <summary>Rows that were read and kept.</summary>
    public long Rows { get; internal set; }

    /// <summary>All problems.</summary>
    public long ProblemCount { get; private set; }

    /// <summary>The problems that were kept, by line.</summary>
    public IReadOnlyList<ImportProblem> Problems => [.. _listed.OrderBy(p => p.Row)];

    /// <summary>What was said.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What was met so far.</summary>
    public LoadReport ReportOf(string source) => new()
    {
        Source = source,
        Rows = Rows,
        Problems = Problems,
        ProblemCount = ProblemCount,
        Repairs = new SortedDictionary<string, long>(_repairs, StringComparer.Ordinal),
        Notes = [.. _notes],
    };

    /// <summary>Whether the file is refused as a whole, however many bad lines may be left out.</summary>
    internal bool IsHopeless { get; private set; }

    /// <summary>What was wrong last.</summary>
    internal string LastProblem { get; private set; } = "";

    /// <summary>Refuses the whole file.</summary>
    internal void Fail(string kind, long row, string message)
    {
        Add(kind, row, message);
        IsHopeless = true;
    }

    /// <summary>Refuses a line, or a row.</summary>
    internal void Add(string kind, long row, string message)
    {
        ProblemCount++;
        LastProblem = message;
        int number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (number <= Kept)
        {
            _listed.Add(new ImportProblem(row, message));
        }
    }

    /// <summary>Refuses a line of a stream of records, or the whole file where there were too many.</summary>
    /// <exception cref="DataException">More lines were refused than may be.</exception>
    internal void Refuse(string source, string kind, long row, string message)
    {
        Add(kind, row, message);
        if (ProblemCount > MaximumRefusals)
        {
            throw new DataException(MaximumRefusals == 0 ? $"{source}, line {row}: {message}"
                : $"{source}, line {row}: {message} More than {MaximumRefusals} lines were refused.");
        }
    }

    internal void Repair(string what, long times = 1)
    {
        if (times > 0)
        {
            _repairs[what] = _repairs.GetValueOrDefault(what) + times;
        }
    }

    internal void Note(string note) => _notes.Add(note);
}
