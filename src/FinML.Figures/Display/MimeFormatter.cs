using System.ComponentModel;

namespace FinML.Figures.Display;

/// <summary>Writes a value of one type in one MIME type; kernels find the two members by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MimeFormatter
{
    private readonly Func<object, string?> _write;

    internal MimeFormatter(string mimeType, Func<object, string?> write)
    {
        MimeType = mimeType;
        _write = write;
    }

    /// <summary>The MIME type of what is written.</summary>
    public string MimeType { get; }

    /// <summary>Writes the value; false, and nothing written, where it is not one of ours.</summary>
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (_write(value) is not { } text)
            return false;
        writer.Write(text);
        return true;
    }
}
