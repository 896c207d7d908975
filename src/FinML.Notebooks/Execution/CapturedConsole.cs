using System.Text;

namespace FinML.Notebooks;

/// <summary>While it lives, what is written to the console goes to a collector; one run at a time.</summary>
internal sealed class CapturedConsole : IDisposable
{
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter error = Console.Error;
    private readonly TextReader input = Console.In;

    /// <summary>Takes the console.</summary>
    /// <param name="collector">Where what is written goes.</param>
    /// <param name="reader">What is read; null leaves the process's own.</param>
    public CapturedConsole(ICellOutput collector, TextReader? reader = null)
    {
        if (reader is not null)
            Console.SetIn(reader);
        Console.SetOut(new Writer(collector, "stdout"));
        Console.SetError(new Writer(collector, "stderr"));
    }

    public void Dispose()
    {
        Console.SetOut(output);
        Console.SetError(error);
        Console.SetIn(input);
    }

    private sealed class Writer(ICellOutput collector, string name) : TextWriter
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
