using FinML.Data;

namespace FinML.Evaluation;

/// <summary>
/// A hold-out. It hands out the data that could be known before a cut; what came after is behind <see cref="Open"/>,
/// which asks for a registered hypothesis and writes itself into the ledger first. A second opening for the same
/// hypothesis is one more trial: a hold-out that is looked at again is in-sample. The box loads the data itself, so
/// that nobody holds the whole panel by accident.
/// </summary>
/// <remarks>A box keeps an honest researcher from slipping, and an opening from going unseen. It does not keep anybody
/// from reading the file of the data another way; only data that do not exist yet are safe from that.</remarks>
public sealed class Lockbox
{
    private readonly TrialLedger _ledger;
    private readonly Panel _whole;

    private Lockbox(TrialLedger ledger, string experiment, Panel whole, LockboxEntry sealing)
    {
        _ledger = ledger;
        _whole = whole;
        Experiment = experiment;
        Sealing = sealing;
        int rows = RowsBefore(whole, sealing.Cut);
        Development = whole.Slice(0, rows).Map((_, _, values) => values); // a copy: nothing of the rest hangs on it
        HeldOutRows = whole.Length - rows;
    }

    /// <summary>The search that the hold-out is kept from.</summary>
    public string Experiment { get; }

    /// <summary>The entry that says what was sealed, and where.</summary>
    public LockboxEntry Sealing { get; }

    /// <summary>The rows that could be known before the cut.</summary>
    public Panel Development { get; }

    /// <summary>How many rows are locked away, 1 or more.</summary>
    public int HeldOutRows { get; }

    /// <summary>Seals the data from <paramref name="cut"/> on, or finds the box of before: one experiment has one cut
    /// in the same data.</summary>
    /// <param name="ledger">Where it is logged.</param>
    /// <param name="experiment">The search that the data are kept from.</param>
    /// <param name="load">Loads the panel: () => catalog.Load("sp500").</param>
    /// <param name="cut">Rows that were available at this time or later are locked away.</param>
    /// <exception cref="ArgumentException">Nothing would be left before or after the cut.</exception>
    /// <exception cref="InvalidOperationException">The same data were sealed at another time.</exception>
    public static Lockbox Seal(TrialLedger ledger, string experiment, Func<Panel> load, DateTime cut)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentException.ThrowIfNullOrWhiteSpace(experiment);
        ArgumentNullException.ThrowIfNull(load);
        Panel whole = load() ?? throw new ArgumentException("There is no panel to seal.", nameof(load));
        cut = DateTime.SpecifyKind(cut, DateTimeKind.Utc);
        int rows = RowsBefore(whole, cut);
        if (rows == 0 || rows == whole.Length)
            throw new ArgumentException(
                $"The cut {cut:yyyy-MM-dd HH:mm} leaves {rows} of {whole.Length} rows before it; the panel runs from "
                + (whole.Length == 0
                    ? "nowhere to nowhere."
                    : $"{whole.AvailableAt[0]:yyyy-MM-dd} to {whole.AvailableAt[^1]:yyyy-MM-dd}."), nameof(cut));
        return new Lockbox(ledger, experiment, whole, ledger.Seal(experiment, PanelHash.Of(whole), cut));
    }

    /// <summary>Opens the box: all rows, after the opening was logged.</summary>
    /// <param name="registration">The hypothesis; registered in the same experiment.</param>
    /// <param name="reason">What is to be found out; a sentence for those who read the ledger.</param>
    /// <exception cref="ArgumentException">The ledger has no such registration in this experiment, or there is no
    /// reason.</exception>
    public OpenedLockbox Open(RegistrationEntry registration, string reason)
    {
        ArgumentNullException.ThrowIfNull(registration);
        LockboxEntry opening = _ledger.RecordOpening(Sealing, registration.Id, reason);
        return new OpenedLockbox(_whole, Development.Length, opening);
    }

    /// <summary>How many leading rows could be known before the cut.</summary>
    private static int RowsBefore(Panel panel, DateTime cut)
    {
        int rows = 0;
        while (rows < panel.Length && panel.AvailableAt[rows] < cut)
            rows++;
        return rows;
    }
}
