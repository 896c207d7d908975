using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace FinML.Notebooks.Kernel;

/// <summary>Summaries, parameters and returns from the XML files beside assemblies, and for the framework's own from
/// the SDK's reference pack where it is installed.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, Dictionary<string, XElement>> _files = [];

    /// <summary>The paragraphs on a symbol; none where nothing is written.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="compilation">Knows the file that it is from: a package has its documentation beside it.</param>
    internal IReadOnlyList<string> Of(ISymbol symbol, Compilation compilation)
    {
        if (symbol.OriginalDefinition.GetDocumentationCommentId() is not { } id
            || symbol.ContainingAssembly is not { } assembly)
            return [];
        IEnumerable<string> beside =
            compilation.GetMetadataReference(assembly) is PortableExecutableReference { FilePath: { } path }
                ? [Path.ChangeExtension(path, ".xml")]
                : [];
        foreach (string file in beside.Concat(Candidates(assembly.Name)))
        {
            if (Read(file).TryGetValue(id, out XElement? member))
                return [.. Paragraphs(member)];
        }

        return [];
    }

    private static IEnumerable<string> Paragraphs(XElement member)
    {
        if (member.Element("summary") is { } summary)
            yield return Text(summary);
        foreach (XElement parameter in member.Elements("param"))
            yield return $"{parameter.Attribute("name")?.Value}: {Text(parameter)}";
        if (member.Element("returns") is { } returns)
            yield return $"returns: {Text(returns)}";
    }

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (XNode node in element.DescendantNodes())
        {
            if (node is XText words)
                text.Append(words.Value);
            else if (node is XElement { IsEmpty: true } reference)
                text.Append(Name(reference));
        }

        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    private static string Name(XElement reference)
    {
        string name = (reference.Attribute("cref") ?? reference.Attribute("name")
            ?? reference.Attribute("langword"))?.Value
            ?? "";
        int colon = name.IndexOf(':'), bracket = name.IndexOf('(');
        name = name[(colon + 1)..(bracket < 0 ? name.Length : bracket)];
        return name[(name.LastIndexOf('.') + 1)..];
    }

    private static IEnumerable<string> Candidates(string assembly)
    {
        yield return Path.Combine(AppContext.BaseDirectory, assembly + ".xml");
        string home = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string packs = Path.GetFullPath(Path.Combine(home, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs))
            yield break;
        foreach (string version in Directory.EnumerateDirectories(packs).OrderDescending(StringComparer.Ordinal))
        {
            foreach (string framework in Directory.EnumerateDirectories(Path.Combine(version, "ref")))
            {
                // The implementation assembly of most types is not the one that their reference names.
                yield return Path.Combine(framework, assembly + ".xml");
                if (assembly == "System.Private.CoreLib")
                    yield return Path.Combine(framework, "System.Runtime.xml");
            }
        }
    }

    private Dictionary<string, XElement> Read(string file)
    {
        lock (_files)
        {
            if (_files.TryGetValue(file, out var known))
                return known;
            var members = new Dictionary<string, XElement>();
            try
            {
                if (File.Exists(file))
                {
                    foreach (XElement member in XDocument.Load(file).Descendants("member"))
                        members.TryAdd(member.Attribute("name")?.Value ?? "", member);
                }
            }
            catch (Exception error) when (error is XmlException or IOException or UnauthorizedAccessException)
            {
                // No help from a file that cannot be read; the signature is still there.
            }

            return _files[file] = members;
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
