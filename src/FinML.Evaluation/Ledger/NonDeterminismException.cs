namespace FinML.Evaluation;

/// <summary>
/// The same run (experiment, name, configuration, data, code and seed) gave another result than the one in the ledger.
/// Something that the identity does not name took part: an unseeded generator, the clock, the number of threads, or a
/// code hash that was not renewed. Neither result may be quoted before it is found.
/// </summary>
public sealed class NonDeterminismException : Exception
{
    public NonDeterminismException(string message, TrialEntry recorded, TrialRecord repeated)
        : base(message)
    {
        Recorded = recorded;
        Repeated = repeated;
    }

    /// <summary>What the ledger holds.</summary>
    public TrialEntry Recorded { get; }

    /// <summary>What was offered now.</summary>
    public TrialRecord Repeated { get; }
}
