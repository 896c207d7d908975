using System.Diagnostics;
using System.Globalization;

namespace FinML.Evaluation.Tests;

public sealed class TrialLedgerConcurrencyTests : IDisposable
{
    private readonly LedgerFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
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

    [Fact]
    public void ManyConnections_WriteOneChain()
    {
        Parallel.For(0, 4, worker =>
        {
            using TrialLedger ledger = _file.Open();
            for (int number = 0; number < 15; number++)
                ledger.Record(LedgerFile.Record(1 + worker * 10 + number)); // five in common with the next worker
        });
        RequireOneChain(45);
    }

    [Fact]
    public void ManyThreads_ShareOneLedger()
    {
        using (TrialLedger ledger = _file.Open())
            Parallel.For(1, 41, number => ledger.Record(LedgerFile.Record(number)));
        RequireOneChain(40);
    }

    private void RequireOneChain(int count)
    {
        using TrialLedger ledger = TrialLedger.OpenExisting(_file.Path);
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
        foreach (string argument in new[] { "exec", typeof(LedgerWriter).Assembly.Location, _file.Path })
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(first.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(count.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }
}
