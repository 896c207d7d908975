using System.Globalization;

namespace FinML.Data;

/// <summary>Takes the numbers and words of a line of a format of fixed columns, and remembers what was wrong.</summary>
internal ref struct RecordLine(ReadOnlySpan<byte> line, byte separator = (byte)',')
{
    private readonly ReadOnlySpan<byte> _line = line;
    private int _position;

    /// <summary>What is wrong with the line; null where nothing is so far.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Whether there are more fields.</summary>
    public readonly bool HasMore => _position <= _line.Length;

    /// <summary>The next field as a finite number; NaN where it is none, and then <see cref="Wrong"/> says
    /// so.</summary>
    public double Number(string name)
    {
        if (HasMore && FastNumber.TryRead(_line, ref _position, separator, (byte)'.', out double value, out _, out _))
        {
            return value;
        }

        ReadOnlySpan<byte> field = Text(name);
        if (Wrong is null && (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            || !double.IsFinite(value)))
        {
            Refuse($"the {name} '{Fields.Shorten(field)}' is not a number.");
        }
        else if (Wrong is null)
        {
            return double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return double.NaN;
    }

    /// <summary>The next field as a number in a range; NaN where it is not.</summary>
    public double Number(string name, double least, double most)
    {
        double value = Number(name);
        if (Wrong is null && (value < least || value > most))
        {
            Refuse(string.Create(CultureInfo.InvariantCulture,
                $"the {name} is {value:R}; it must be in [{least:R}, {most:R}]."));
        }

        return value;
    }

    /// <summary>The next field as a whole number in a range; the least where it is not.</summary>
    public long Whole(string name, long least, long most)
    {
        double value = Number(name, least, most);
        if (Wrong is null && value != Math.Floor(value))
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"the {name} is {value:R}; it must be a whole number."));
        }

        return Wrong is null ? (long)value : least;
    }

    /// <summary>The next field.</summary>
    public ReadOnlySpan<byte> Text(string name)
    {
        if (!HasMore)
        {
            Refuse($"the line ends before the {name}.");
            return [];
        }

        if (!Fields.Take(_line, ref _position, separator, out ReadOnlySpan<byte> field))
        {
            Refuse($"the quotes of the {name} are not closed.");
        }

        return field;
    }

    /// <summary>Says that there are too many fields where there are.</summary>
    public void End(int columns)
    {
        if (HasMore)
        {
            Refuse($"there are more than {columns} values.");
        }
    }

    /// <summary>Keeps the first thing that is wrong.</summary>
    public void Refuse(string why) => Wrong ??= why;
}
