namespace FinML.Notebooks.Kernel;

/// <summary>Console.In of a cell: a line is asked of the user in the front end.</summary>
internal sealed class AskingReader(Func<IKernelOutput?> output, Func<CancellationToken> stop) : TextReader
{
    private string _rest = "";

    public override int Read()
    {
        int next = Peek();
        if (next >= 0)
            _rest = _rest[1..];
        return next;
    }

    public override int Peek()
    {
        if (_rest.Length == 0)
            _rest = Ask() is { } line ? line + "\n" : "";
        return _rest.Length > 0 ? _rest[0] : -1;
    }

    public override string? ReadLine()
    {
        if (_rest.Length == 0)
            return Ask();
        string line = _rest.TrimEnd('\n');
        _rest = "";
        return line;
    }

    private string? Ask() => output() is { } target
        ? target.AskAsync("", password: false, stop()).GetAwaiter().GetResult()
        : null;
}
