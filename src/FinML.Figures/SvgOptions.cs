namespace FinML.Figures;

/// <summary>How a figure becomes SVG.</summary>
public sealed record SvgOptions
{
    /// <summary>Colours of page and ink.</summary>
    public Theme Theme { get; init; } = Theme.Auto;

    /// <summary>Width in pixels, 120 to 4000; null takes the figure's own, else 760.</summary>
    public double? Width { get; init; }

    /// <summary>Height in pixels, 120 to 4000; null takes the figure's own, else what suits the rows.</summary>
    public double? Height { get; init; }

    /// <summary>Throws where a value is out of range.</summary>
    public void Validate()
    {
        if (!Enum.IsDefined(Theme))
            throw new ArgumentOutOfRangeException(
                nameof(Theme), $"Theme must be Auto, Light, Dark or Print; got {Theme}.");
        if (Width is < 120 or > 4000 or double.NaN)
            throw new ArgumentOutOfRangeException(nameof(Width), $"Width must be 120 to 4000 pixels; got {Width}.");
        if (Height is < 120 or > 4000 or double.NaN)
            throw new ArgumentOutOfRangeException(nameof(Height), $"Height must be 120 to 4000 pixels; got {Height}.");
    }
}
