using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using FinML.Shared;

namespace FinML.Notebooks;

/// <summary>Notebooks as test suites in the XML of JUnit, which build servers show.</summary>
public static class JUnitReport
{
    /// <summary>Writes the report whole or not at all.</summary>
    public static void Write(IReadOnlyList<JUnitSuite> suites, string path) =>
        AtomicFile.Write(path, ToBytes(suites));

    /// <summary>The report's bytes, UTF-8.</summary>
    public static byte[] ToBytes(IReadOnlyList<JUnitSuite> suites)
    {
        List<JUnitCase> all = [.. suites.SelectMany(suite => suite.Cases)];
        var root = new XElement("testsuites", Counts(all), suites.Select(suite => new XElement(
            "testsuite", new XAttribute("name", Valid(suite.Name)), Counts(suite.Cases),
            suite.Cases.Select(each => Case(suite.Name, each)))));
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(false),
            Indent = true,
            NewLineChars = "\n",
        };
        using (var writer = XmlWriter.Create(stream, settings))
            root.Save(writer);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static XElement Case(string suite, JUnitCase each) => new(
        "testcase",
        new XAttribute("classname", Valid(suite)), new XAttribute("name", Valid(each.Name)), Time(each.Elapsed),
        Problem("failure", each.Failure), Problem("error", each.Error),
        each.Skipped ? new XElement("skipped") : null);

    private static XElement? Problem(string kind, string? text) => text is null
        ? null
        : new XElement(kind, new XAttribute("message", Valid(text.Split('\n')[0])), Valid(text));

    private static IEnumerable<XAttribute> Counts(IReadOnlyList<JUnitCase> cases) =>
    [
        new("tests", cases.Count),
        new("failures", cases.Count(each => each.Failure is not null)),
        new("errors", cases.Count(each => each.Error is not null)),
        new("skipped", cases.Count(each => each.Skipped)),
        Time(TimeSpan.FromTicks(cases.Sum(each => each.Elapsed.Ticks))),
    ];

    private static XAttribute Time(TimeSpan time) =>
        new("time", time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture));

    /// <summary>Text without the control characters that XML cannot hold, such as those of colours.</summary>
    private static string Valid(string text)
    {
        var valid = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                valid.Append(text[i]).Append(text[++i]);
            else
                valid.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }

        return valid.ToString();
    }
}
