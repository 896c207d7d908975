namespace FinML.Evaluation;

/// <summary>What an entry of the ledger is about.</summary>
public enum EntryType
{
    /// <summary>A backtest: <see cref="TrialEntry"/>.</summary>
    Trial,

    /// <summary>A hypothesis, said before its data were read: <see cref="RegistrationEntry"/>.</summary>
    Registration,

    /// <summary>A change of a registration: <see cref="RegistrationEntry"/>.</summary>
    Amendment,

    /// <summary>A hold-out that was locked away: <see cref="LockboxEntry"/>.</summary>
    Sealing,

    /// <summary>A look into a hold-out: <see cref="LockboxEntry"/>.</summary>
    Opening,
}
