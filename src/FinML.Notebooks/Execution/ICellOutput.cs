namespace FinML.Notebooks;

/// <summary>Where a running cell's outputs go. Any thread may call.</summary>
internal interface ICellOutput
{
    /// <summary>Text for "stdout" or "stderr".</summary>
    void Write(string stream, ReadOnlySpan<char> text);

    /// <summary>Shows a value; what comes back can show another in its place.</summary>
    DisplayedValue Display(MimeBundle data);

    /// <summary>Takes the cell's outputs away.</summary>
    /// <param name="wait">Only when the next output comes.</param>
    void Clear(bool wait);
}
