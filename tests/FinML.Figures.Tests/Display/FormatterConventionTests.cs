using System.Reflection;

namespace FinML.Figures.Tests.Display;

/// <summary>Reads the types as a notebook kernel does: by the names of attribute, properties and methods
/// alone.</summary>
public class FormatterConventionTests
{
    [Theory]
    [InlineData(typeof(Figure), "application/vnd.plotly.v1+json image/svg+xml text/plain")]
    [InlineData(typeof(Table), "text/html text/plain")]
    public void A_kernel_finds_formatters_by_name(Type type, string mimeTypes)
    {
        object value = type == typeof(Figure)
            ? Figure.Create("f").Line([1.0, 2])
            : Table.Create("t").Column("a").Row(1);
        Attribute attribute = type.GetCustomAttributes()
            .Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        Assert.Equal(mimeTypes.Split(' '), (string[])Property(attribute, "PreferredMimeTypes")!);
        object source = Activator.CreateInstance((Type)Property(attribute, "FormatterSourceType")!)!;
        var formatters = (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        Assert.Equal(mimeTypes.Split(' '), formatters.Select(f => (string)Property(f, "MimeType")!));
        foreach (object formatter in formatters)
        {
            MethodInfo format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!;
            var writer = new StringWriter();
            Assert.Equal(true, format.Invoke(formatter, [value, writer]));
            Assert.NotEmpty(writer.ToString());
            var empty = new StringWriter();
            Assert.Equal(false, format.Invoke(formatter, ["another type", empty]));
            Assert.Empty(empty.ToString());
        }
    }

    private static object? Property(object target, string name) => target.GetType().GetProperty(name)!.GetValue(target);
}
