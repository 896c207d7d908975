using System.Text;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// A running cell's outputs on their way to the front ends. Text is gathered for a moment, so that a loop that prints
/// makes messages by the twentieth of a second and not by the character.
/// </summary>
internal sealed class LiveOutput : ICellOutput, IDisposable
{
    private const int FlushCharacters = 1 << 14;
    private static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly Timer _timer;
    private IKernelOutput? _target;
    private string _stream = "stdout";
    private int _displays;
    private long _printed;

    internal LiveOutput()
    {
        _timer = new Timer(_ => Flush());
    }

    /// <summary>Where outputs go from here on; null drops them.</summary>
    internal void Attach(IKernelOutput? target)
    {
        lock (_gate)
        {
            FlushText();
            _target = target;
            _printed = 0;
        }
    }

    public void Write(string stream, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        lock (_gate)
        {
            if (_printed >= OutputCollector.StreamLimit)
                return;
            if (stream != _stream)
                FlushText();
            _stream = stream;
            bool first = _text.Length == 0;
            _text.Append(text);
            _printed += text.Length;
            if (_printed >= OutputCollector.StreamLimit)
                _text.Append(FormattableString.Invariant(
                    $"\n\u2026 cut: a cell keeps {OutputCollector.StreamLimit:N0} characters of text\n"));
            if (_text.Length >= FlushCharacters)
                FlushText();
            else if (first)
                _timer.Change(FlushAfter, Timeout.InfiniteTimeSpan);
        }
    }

    public DisplayedValue Display(MimeBundle data)
    {
        lock (_gate)
        {
            FlushText();
            string id = FormattableString.Invariant($"finml-{Environment.ProcessId}-{++_displays}");
            _target?.Display(data, id);
            return new DisplayedValue(next =>
            {
                lock (_gate)
                {
                    FlushText();
                    _target?.Update(next, id);
                }
            });
        }
    }

    public void Clear(bool wait)
    {
        lock (_gate)
        {
            FlushText();
            _target?.Clear(wait);
        }
    }

    internal void Result(MimeBundle data, int number)
    {
        lock (_gate)
        {
            FlushText();
            _target?.Result(data, number);
        }
    }

    internal void Flush()
    {
        lock (_gate)
            FlushText();
    }

    public void Dispose() => _timer.Dispose();

    private void FlushText()
    {
        if (_text.Length == 0)
            return;
        _target?.Write(_stream, _text.ToString());
        _text.Clear();
    }
}
