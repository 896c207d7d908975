using Microsoft.Data.Sqlite;

namespace FinML.Evaluation.Tests;

public sealed class TrialLedgerFileTests : IDisposable
{
    private readonly LedgerFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void MissingDirectory_IsMade()
    {
        Assert.False(Directory.Exists(Path.GetDirectoryName(_file.Path)));
        using TrialLedger ledger = _file.Open();
        Assert.True(File.Exists(_file.Path));
        Assert.Equal(_file.Path, ledger.Path);
        LedgerVerification verification = ledger.Verify();
        Assert.True(verification.IsIntact);
        Assert.Equal((0, new string('0', 64)), (verification.Entries, verification.Head));
    }

    [Fact]
    public void MissingFile_IsNotMadeForReading()
    {
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => TrialLedger.OpenExisting(_file.Path));
        Assert.Contains("There is no ledger at " + _file.Path, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(_file.Path)));
    }

    [Fact]
    public void TextFile_IsNotALedger() =>
        Refuses(new string('a', 5000), "is not a ledger: the file is not a SQLite database");

    [Fact]
    public void DamagedPages_AreNamed()
    {
        using (TrialLedger ledger = _file.Open())
        {
            for (int number = 1; number <= 100; number++)
                ledger.Record(LedgerFile.Record(number));
        }

        // The header and the schema stay; every other page is overwritten.
        using (FileStream stream = File.OpenWrite(_file.Path))
        {
            stream.Position = 4096;
            stream.Write(Enumerable.Repeat((byte)0xA5, (int)stream.Length - 4096).ToArray());
        }

        LedgerException error = Assert.Throws<LedgerException>(() =>
        {
            using TrialLedger ledger = TrialLedger.OpenExisting(_file.Path);
            LedgerVerification verification = ledger.Verify();
            Assert.False(verification.IsIntact);
            ledger.Entries();
        });
        Assert.Contains("is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherDatabase_IsNotTouched()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        _file.Sql("CREATE TABLE prices (close REAL)");
        byte[] before = File.ReadAllBytes(_file.Path);
        LedgerException error = Assert.Throws<LedgerException>(_file.Open);
        Assert.Contains("not a trial ledger; choose another file", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
    }

    [Fact]
    public void NewerVersion_IsNamed()
    {
        _file.Open().Dispose();
        _file.Sql("PRAGMA user_version = 2");
        LedgerException error = Assert.Throws<LedgerException>(_file.Open);
        Assert.Contains("has version 2; this program reads version 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Directory_IsNotAFile()
    {
        LedgerException error = Assert.Throws<LedgerException>(() => TrialLedger.Open(_file.Folder));
        Assert.Contains("is a directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileInTheWay_IsNamed()
    {
        string blocked = Path.Combine(_file.Folder, "file");
        File.WriteAllText(blocked, "x");
        LedgerException error = Assert.Throws<LedgerException>(
            () => TrialLedger.Open(Path.Combine(blocked, "trials.db")));
        Assert.Contains("cannot be made", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HalfWrittenTransaction_LeavesNothing()
    {
        using (TrialLedger ledger = _file.Open())
            ledger.Record(LedgerFile.Record(1));
        using (var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False"))
        {
            connection.Open();
            using SqliteTransaction transaction = connection.BeginTransaction();
            using SqliteCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText =
                "INSERT INTO trials SELECT 2, 'other', experiment, name, kind, configuration, " +
                "configuration_hash, data_hash, " +
                "code_hash, seed, periods_per_year, count, sharpe_per_period, skewness, kurtosis, recorded_at, " +
                "previous_hash, hash FROM trials";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        using TrialLedger again = TrialLedger.OpenExisting(_file.Path);
        Assert.True(again.Verify().IsIntact);
        Assert.Single(again.Entries());
    }

    private void Refuses(string content, string says)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        File.WriteAllText(_file.Path, content);
        LedgerException error = Assert.Throws<LedgerException>(_file.Open);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(_file.Path));
    }
}
