using System.Diagnostics;
using System.Globalization;

namespace FinML.Evaluation.Tests;

/// <summary>The ledger in a file.</summary>
public sealed class SqliteTrialLedgerConcurrencyTests() : TrialLedgerConcurrencyTests(new LedgerFile());

/// <summary>The same on a server.</summary>
public sealed class PostgresTrialLedgerConcurrencyTests() : TrialLedgerConcurrencyTests(new LedgerSchema());

public abstract class TrialLedgerConcurrencyTests : IDisposable
{
    private readonly LedgerPlace _place;

    protected TrialLedgerConcurrencyTests(LedgerPlace place) => _place = place;

    public void Dispose() => _place.Dispose();

    [SkippableFact]
    public void TwoProcesses_WriteOneChain()
    {
        // Numbers 1 to 30 and 21 to 50: ten runs are recorded by both and count once.
        Process[] writers = [Start(1, 30), Start(21, 30)];
        foreach (Process writer in writers)
        {
            using (writer)
            {
                string errors = writer.StandardError.ReadToEnd();
                writer.WaitForExit();
                Assert.True(writer.ExitCode == 0, errors);
            }
        }

        RequireOneChain(50);
    }

    [SkippableFact]
    public void ManyConnections_WriteOneChain()
    {
        Parallel.For(0, 4, worker =>
        {
            using TrialLedger ledger = _place.Open();
            for (int number = 0; number < 15; number++)
                ledger.Record(LedgerPlace.Record(1 + worker * 10 + number)); // five in common with the next worker
        });
        RequireOneChain(45);
    }

    [SkippableFact]
    public void ManyThreads_ShareOneLedger()
    {
        using (TrialLedger ledger = _place.Open())
            Parallel.For(1, 41, number => ledger.Record(LedgerPlace.Record(number)));
        RequireOneChain(40);
    }

    private void RequireOneChain(int count)
    {
        using TrialLedger ledger = _place.OpenExisting();
        LedgerVerification verification = ledger.Verify();
        Assert.Empty(verification.Faults);
        Assert.Equal(count, verification.Entries);
        Assert.Equal(
            Enumerable.Range(1, count).Select(number => $"strategy {number}").Order(StringComparer.Ordinal),
            ledger.Entries().Select(entry => entry.Record.Name).Order(StringComparer.Ordinal));
    }

    private Process Start(int first, int count)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardError = true,
        };
        foreach (string argument in new[] { "exec", typeof(LedgerWriter).Assembly.Location, _place.Address })
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(first.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(count.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }
}
