using System.Text;
using System.Xml.Linq;

namespace FinML.Notebooks.Tests.Export;

public sealed class JUnitReportTests
{
    [Fact]
    public async Task ANotebookIsASuiteAndACellIsACase()
    {
        var run = await Notebooks.RunAsync("1", "throw new Exception(\"a\u001b[31m<red>\");", "3");
        var drift = new CellDrift(1, "cell-1", "", [new OutputDifference(1, "text/plain", ["- 0", "+ 1"])]);
        var bytes = JUnitReport.ToBytes([
            JUnitSuite.Of("x.ipynb", run.Executed, run.Error!.Sentence, [drift]),
            JUnitSuite.Refused("y.ipynb", "no such file")]);

        var root = XDocument.Parse(Encoding.UTF8.GetString(bytes)).Root!;
        Assert.Equal(("4", "1", "2", "1"), Counts(root));
        var suite = root.Elements("testsuite").First();
        Assert.Equal(("3", "1", "1", "1"), Counts(suite));
        var cases = suite.Elements("testcase").ToList();
        Assert.Equal("output 1, text/plain\n- 0\n+ 1", cases[0].Element("failure")!.Value);
        Assert.StartsWith("In[2]", cases[1].Element("error")!.Attribute("message")!.Value);
        Assert.Contains("a\uFFFD[31m<red>", cases[1].Element("error")!.Value);
        Assert.NotNull(cases[2].Element("skipped"));
        Assert.Matches(@"^\d+\.\d{3}$", cases[0].Attribute("time")!.Value);
    }

    private static (string, string, string, string) Counts(XElement element)
    {
        string Value(string name) => element.Attribute(name)!.Value;
        return (Value("tests"), Value("failures"), Value("errors"), Value("skipped"));
    }
}
