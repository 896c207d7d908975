using FinML.Data;

namespace FinML.Evaluation;

/// <summary>A hold-out that was opened, with the entry that says so.</summary>
public sealed class OpenedLockbox
{
    internal OpenedLockbox(Panel panel, int firstHeldOutRow, LockboxEntry entry)
    {
        Panel = panel;
        FirstHeldOutRow = firstHeldOutRow;
        Entry = entry;
    }

    /// <summary>All rows.</summary>
    public Panel Panel { get; }

    /// <summary>The first row that had been locked away.</summary>
    public int FirstHeldOutRow { get; }

    /// <summary>The opening's row in the ledger.</summary>
    public LockboxEntry Entry { get; }

    /// <summary>Whether these data had been looked at for this hypothesis before: then they are no hold-out any more,
    /// and the opening counts as a trial.</summary>
    public bool IsReopening => Entry.Number > 1;
}
