namespace FinML.Notebooks.Kernel;

/// <summary>What a kernel's messages ask of the language: run, complete, explain. One cell runs at a time; the rest may
/// be called while it runs.</summary>
internal interface IKernelSession : IAsyncDisposable
{
    /// <summary>What widgets talk through.</summary>
    KernelComms Comms { get; }

    /// <summary>Runs a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="output">Where its outputs go, at once.</param>
    /// <returns>Null where it ran; else what went wrong.</returns>
    Task<NotebookError?> ExecuteAsync(KernelCell cell, IKernelOutput output);

    /// <summary>The value of an expression, or what is wrong with it; nothing of the session changes.</summary>
    Task<(MimeBundle? Value, NotebookError? Error)> EvaluateAsync(string expression);

    /// <summary>Stops what runs; its task ends. The variables stay.</summary>
    /// <param name="force">Whether a cell that could not be stopped before is to be broken off, which can end the
    /// process.</param>
    /// <returns>False where a library's call holds the thread: the cell ends when that returns.</returns>
    Task<bool> InterruptAsync(bool force = false);

    /// <summary>What could stand at the cursor.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="cursor">Position in UTF-16 code units.</param>
    /// <param name="stop">Gives up.</param>
    Task<KernelCompletions> CompleteAsync(string code, int cursor, CancellationToken stop);

    /// <summary>What the name at the cursor is, or null.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="cursor">Position in UTF-16 code units.</param>
    /// <param name="detailed">Whether all is asked, not the signature alone.</param>
    /// <param name="stop">Gives up.</param>
    Task<MimeBundle?> InspectAsync(string code, int cursor, bool detailed, CancellationToken stop);

    /// <summary>Whether the code could be run as it stands.</summary>
    CodeCompleteness IsComplete(string code);
}
