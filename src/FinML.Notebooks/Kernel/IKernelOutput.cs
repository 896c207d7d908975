namespace FinML.Notebooks.Kernel;

/// <summary>Where a running cell's outputs go: to every front end, in order, at once. Any thread may call.</summary>
internal interface IKernelOutput
{
    /// <summary>Text for "stdout" or "stderr".</summary>
    void Write(string stream, string text);

    /// <summary>A value to show; with an id it can be updated later.</summary>
    void Display(MimeBundle data, string? displayId = null);

    /// <summary>Another value in the place of one shown before.</summary>
    void Update(MimeBundle data, string displayId);

    /// <summary>The value of the cell's last expression.</summary>
    void Result(MimeBundle data, int number);

    /// <summary>Takes the outputs away, at once or when the next comes.</summary>
    void Clear(bool wait);

    /// <summary>Asks the user for a line; null where the front end cannot ask.</summary>
    Task<string?> AskAsync(string prompt, bool password, CancellationToken stop);
}
