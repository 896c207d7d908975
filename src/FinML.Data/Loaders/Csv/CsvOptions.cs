namespace FinML.Data;

/// <summary>How to read a CSV file; what is null is found out from the file, and refused where that leaves a doubt.
/// </summary>
public sealed record CsvOptions
{
    /// <summary>How the table lies in the file.</summary>
    public CsvLayout Layout { get; init; }

    /// <summary>What stands between the fields: ',', ';', tab, '|', a space or another mark of one byte.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first line names the columns.</summary>
    public bool? Header { get; init; }

    /// <summary>The names of all columns of a file without a header, its time column's too; empty: column1, ...
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>'.' or ','.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>Whether 1.2% is the number .012; with a percent sign a number is refused otherwise.</summary>
    public bool Percents { get; init; }

    /// <summary>"dmy" or "mdy", for dates such as 03/04/2020.</summary>
    public string? DateOrder { get; init; }

    /// <summary>Whether the file has no time column. Row n, from 0, then gets the time 1970-01-01 plus n days: an
    /// order, not a date.</summary>
    public bool Undated { get; init; }

    /// <summary>The name of the asset in the layout <see cref="CsvLayout.Bars"/>.</summary>
    public string Asset { get; init; } = "asset";

    /// <summary>The name of the field in the layout <see cref="CsvLayout.Wide"/>.</summary>
    public string Field { get; init; } = "close";

    /// <summary>How long after its time a row is known, 0 or more; null: the usual spacing of the rows, at most a day.
    /// </summary>
    public TimeSpan? AvailableAfter { get; init; }

    /// <summary>How many bad lines are left out, and reported, before the whole file is refused; 0 or more.</summary>
    public long MaximumRefusals { get; init; }

    /// <summary>What bounds the memory.</summary>
    public LoadLimits Limits { get; init; } = LoadLimits.Default;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        if (Separator is char s && (s is '"' or '.' or '-' or '\r' or '\n' || s > 127 || char.IsAsciiLetterOrDigit(s)))
        {
            throw new ArgumentException($"The separator '{s}' must be one ASCII mark such as , ; | or tab.",
                nameof(Separator));
        }

        if (DateOrder is not (null or "dmy" or "mdy"))
        {
            throw new ArgumentException($"The date order '{DateOrder}' must be dmy or mdy.", nameof(DateOrder));
        }

        if (DecimalMark is not (null or '.' or ','))
        {
            throw new ArgumentException($"The decimal mark '{DecimalMark}' must be '.' or ','.", nameof(DecimalMark));
        }

        if (AvailableAfter < TimeSpan.Zero)
        {
            throw new ArgumentException($"AvailableAfter is {AvailableAfter}; it must be 0 or more.",
                nameof(AvailableAfter));
        }

        if (MaximumRefusals < 0)
        {
            throw new ArgumentException($"MaximumRefusals is {MaximumRefusals}; it must be 0 or more.",
                nameof(MaximumRefusals));
        }

        if (Undated && Layout is CsvLayout.Long)
        {
            throw new ArgumentException("A table of the layout Long must have a time column; Undated is true.",
                nameof(Undated));
        }

        Limits.Validate();
    }
}
