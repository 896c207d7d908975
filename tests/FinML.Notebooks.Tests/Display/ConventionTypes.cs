namespace FinML.Notebooks.Tests.Display;

// A library's side of the convention: its own attribute, no reference to a notebook package.
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[]? PreferredMimeTypes { get; set; }
}

internal sealed class Formatter(string mimeType, Func<object, string?> text)
{
    public string MimeType => mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        if (text(instance) is not { } content)
            return false;
        writer.Write(content);
        return true;
    }
}

[TypeFormatterSource(
    typeof(Source), PreferredMimeTypes = ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"])]
internal sealed class Charted
{
    private sealed class Source
    {
        public IEnumerable<object> CreateTypeFormatters() =>
        [
            new Formatter("text/plain", _ => "a chart"),
            new Formatter("text/html", _ => "not preferred"),
            new Formatter("image/svg+xml", _ => "<svg/>"),
            new Formatter("application/vnd.plotly.v1+json", _ => "{\"data\":[]}"),
        ];
    }
}

[TypeFormatterSource(typeof(Source))]
internal abstract class Base
{
    public override string ToString() => "as text";

    private sealed class Source
    {
        public IEnumerable<object> CreateTypeFormatters() =>
            [new Formatter("text/html", _ => "<i>base</i>"), new Formatter("text/latex", _ => null)];
    }
}

internal sealed class Derived : Base;

[TypeFormatterSource(typeof(Source))]
internal sealed class Failing
{
    private sealed class Source
    {
        public IEnumerable<object> CreateTypeFormatters() =>
            [new Formatter("text/html", _ => throw new InvalidOperationException("broken"))];
    }
}
