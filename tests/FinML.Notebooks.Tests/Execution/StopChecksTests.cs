using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Notebooks.Tests.Execution;

public sealed class StopChecksTests
{
    private const string Ask = "global::FinML.Notebooks.CellStop.Check(7);";
    private const string AskLate = "global::FinML.Notebooks.CellStop.CheckCleanup(7);";

    [Theory]
    [InlineData("while (true) { }", "while (true) {§ }")]
    [InlineData("while (true) ;", "while (true) { §; }")]
    [InlineData("for (;;) for (;;) x();", "for (;;) { §for (;;) { §x(); } }")]
    [InlineData("foreach (var x in y) x();", "foreach (var x in y) { §x(); }")]
    [InlineData("foreach (var (a, b) in y) { }", "foreach (var (a, b) in y) {§ }")]
    [InlineData("do x(); while (true);", "do { §x(); } while (true);")]
    [InlineData("if (a) while (b) c(); else d();", "if (a) while (b) { §c(); } else d();")]
    [InlineData("again: x(); goto again;", "again: §x(); goto again;")]
    [InlineData("int F() { return F(); }", "int F() {§ return F(); }")]
    [InlineData("Parallel.For(0, 9, i => { });", "Parallel.For(0, 9, i => {§ });")]
    [InlineData("F(() => { }, delegate { });", "F(() => {§ }, delegate {§ });")]
    [InlineData("try { } finally { while (a) { } }", "try { } finally { while (a) {¶ } }")]
    [InlineData("class C { void Dispose() { } }", "class C { void Dispose() {¶ } }")]
    [InlineData("class C { static C() { while (a) { } } }", "class C { static C() { while (a) { } } }")]
    [InlineData("class C { ~C() { while (a) { } } }", "class C { ~C() { while (a) { } } }")]
    [InlineData("$\"{F(() => { return 1; }):F2}\"", "$\"{F(() => { return 1; }):F2}\"")]
    [InlineData("a.Select(x => x + 1)", "a.Select(x => x + 1)")] // an expression tree, perhaps
    [InlineData("while (true) {", "while (true) {")] // the compiler is to say what is wrong
    public void Loops_functions_and_labels_get_a_check(string code, string expected)
    {
        var actual = StopChecks.Into(code, 7).Code;

        Assert.Equal(expected.Replace("§", Ask).Replace("¶", AskLate), actual);
        if (actual != code)
            Assert.DoesNotContain(
                CSharpSyntaxTree.ParseText(actual, ScriptSession.ParseOptions).GetDiagnostics(),
                d => d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Lines_stay_and_columns_are_found_again()
    {
        const string Code = "int n = 0;\nfor (;;) n++; n = 2;\r\nwhile (n < 3) { n = 3; }";
        var checks = StopChecks.Into(Code, 7);
        var (before, after) = (Code.Split('\n'), checks.Code.Split('\n'));

        Assert.Equal(before.Length, after.Length);
        Assert.Equal(5, checks.Column(1, 5));
        foreach (var (line, text) in new[] { (2, "for"), (2, "n++"), (2, "n = 2"), (3, "n = 3"), (3, "while") })
        {
            var column = after[line - 1].IndexOf(text, StringComparison.Ordinal) + 1;
            Assert.Equal(before[line - 1].IndexOf(text, StringComparison.Ordinal) + 1, checks.Column(line, column));
        }

        Assert.Equal(10, checks.Column(2, 20)); // within a check: where it stands
    }
}
