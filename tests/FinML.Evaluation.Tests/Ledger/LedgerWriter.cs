using System.Globalization;

namespace FinML.Evaluation.Tests;

/// <summary>
/// The other process of <see cref="TrialLedgerConcurrencyTests"/>: this assembly, started as a program with the address
/// of a ledger, the first number and how many records to write.
/// </summary>
internal static class LedgerWriter
{
    private static int Main(string[] arguments)
    {
        string[] address = arguments[0].Split(':', 2);
        int first = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        int count = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        for (int number = first; number < first + count; number++)
        {
            // A connection for each record: opening, too, is done by several at once.
            using TrialLedger ledger = address[0] == "file"
                ? TrialLedger.Open(address[1])
                : TrialLedger.OpenPostgres(address[1]);
            ledger.Record(LedgerPlace.Record(number));
        }

        return 0;
    }
}
