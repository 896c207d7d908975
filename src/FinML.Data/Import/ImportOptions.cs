using System.Text.RegularExpressions;

namespace FinML.Data;

/// <summary>How to read a user's CSV file.</summary>
public sealed partial record ImportOptions
{
    /// <summary>The name of the data set: 1 to 64 of a-z, 0-9, '.', '_' and '-', the first a letter or a
    /// digit.</summary>
    public required string Name { get; init; }

    /// <summary>The present moment, UTC: rows after it are refused. An argument, so that reading is
    /// reproducible.</summary>
    public required DateTime Now { get; init; }

    /// <summary>Whether a data set of the user's with the same name is replaced. Bad rows are refused all the
    /// same.</summary>
    public bool Force { get; init; }

    /// <summary>"dmy" or "mdy" for dates such as 03/04/2020; null to decide from the file, which is refused where both
    /// would do.</summary>
    public string? DateOrder { get; init; }

    /// <summary>'.' or ',' as the decimal mark; null to decide from the file, which is refused where both would
    /// do.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        if (!NamePattern().IsMatch(Name))
        {
            throw new ArgumentException($"The name '{Name}' must be 1 to 64 of a-z, 0-9, '.', '_' and '-' and begin "
                + $"with a "
                + "letter or a digit.", nameof(Name));
        }

        if (DateOrder is not (null or "dmy" or "mdy"))
        {
            throw new ArgumentException($"The date order '{DateOrder}' must be dmy or mdy.", nameof(DateOrder));
        }

        if (DecimalMark is not (null or '.' or ','))
        {
            throw new ArgumentException($"The decimal mark '{DecimalMark}' must be '.' or ','.", nameof(DecimalMark));
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex NamePattern();
}
