using System.Globalization;
using System.Text;

namespace FinML.Notebooks;

/// <summary>
/// The outputs of the running cell, in the order in which they were made. Threads of the cell may write at once;
/// what they write after the cell ended lands in the cell that runs then.
/// </summary>
internal sealed class OutputCollector : ICellOutput
{
    /// <summary>How much text a cell may print: a runaway loop must not fill the disk with a notebook.</summary>
    public const int StreamLimit = 2_000_000;

    private readonly Lock gate = new();
    private List<CellOutput> outputs = [];
    private readonly StringBuilder text = new();
    private string? stream;
    private int printed;
    private bool clearNext;

    /// <summary>Ends the cell's collection and gives what it holds.</summary>
    public IReadOnlyList<CellOutput> Take()
    {
        lock (gate)
        {
            Flush();
            var taken = outputs;
            outputs = [];
            printed = 0;
            clearNext = false;
            return taken;
        }
    }

    public void Write(string name, ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
            return;
        lock (gate)
        {
            if (printed >= StreamLimit)
                return;
            ClearIfAsked();
            if (stream != name)
                Flush();
            stream = name;
            value = value[..Math.Min(value.Length, StreamLimit - printed)];
            text.Append(value);
            printed += value.Length;
            if (printed >= StreamLimit)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"\n\u2026 cut: a cell keeps {StreamLimit:N0} characters of text\n");
            }
        }
    }

    public DisplayedValue Display(MimeBundle bundle)
    {
        List<CellOutput> target;
        int place;
        lock (gate)
        {
            Flush();
            ClearIfAsked();
            target = outputs;
            place = outputs.Count;
            outputs.Add(new CellOutput.Display(bundle));
        }

        return new DisplayedValue(next =>
        {
            lock (gate)
            {
                // Where outputs were cleared meanwhile, there is no place any more.
                if (place < target.Count)
                    target[place] = new CellOutput.Display(next);
            }
        });
    }

    public void Clear(bool wait)
    {
        lock (gate)
        {
            clearNext = true;
            if (!wait)
                ClearIfAsked();
        }
    }

    public void Add(CellOutput output)
    {
        lock (gate)
        {
            Flush();
            ClearIfAsked();
            outputs.Add(output);
        }
    }

    private void ClearIfAsked()
    {
        if (!clearNext)
            return;
        clearNext = false;
        stream = null;
        text.Clear();
        outputs.Clear();
    }

    private void Flush()
    {
        if (stream is not null)
            outputs.Add(new CellOutput.Stream(stream, text.ToString().ReplaceLineEndings("\n")));
        stream = null;
        text.Clear();
    }
}
