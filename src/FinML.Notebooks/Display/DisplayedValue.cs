namespace FinML.Notebooks;

/// <summary>An output that is on the page already and can still change.</summary>
public sealed class DisplayedValue
{
    private readonly Action<MimeBundle> replace;

    internal DisplayedValue(Action<MimeBundle> replace) => this.replace = replace;

    /// <summary>Shows another value in the same place.</summary>
    public void Update(object? value, string? mime = null) => replace(ValueFormatter.Format(value, mime));
}
