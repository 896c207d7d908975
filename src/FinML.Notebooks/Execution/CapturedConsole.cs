using System.Text;

namespace FinML.Notebooks;

/// <summary>While it lives, what is written to the console goes to a collector; one run at a time.</summary>
internal sealed class CapturedConsole : IDisposable
{
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter error = Console.Error;

    public CapturedConsole(OutputCollector collector)
    {
        Console.SetOut(new Writer(collector, "stdout"));
        Console.SetError(new Writer(collector, "stderr"));
    }

    public void Dispose()
    {
        Console.SetOut(output);
        Console.SetError(error);
    }

    private sealed class Writer(OutputCollector collector, string name) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => collector.Write(name, [value]);

        public override void Write(string? value) => collector.Write(name, value);

        public override void Write(ReadOnlySpan<char> buffer) => collector.Write(name, buffer);

        public override void Write(char[] buffer, int index, int count) =>
            collector.Write(name, buffer.AsSpan(index, count));

        // One write a line: lines of two threads do not mix.
        public override void WriteLine(string? value) => collector.Write(name, value + "\n");
    }
}
