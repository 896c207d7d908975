namespace FinML.Figures.Display;

/// <summary>
/// Notebook kernels look for an attribute of this name, whatever its namespace, and ask its source for formatters: so a
/// library's types render without a reference to any kernel.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>What to show, best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
