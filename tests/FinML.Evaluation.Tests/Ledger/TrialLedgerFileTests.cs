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
        Assert.Equal(_file.Path, ledger.Location);
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
                ledger.Record(LedgerPlace.Record(number));
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
        _file.Sql("PRAGMA user_version = 3");
        LedgerException error = Assert.Throws<LedgerException>(_file.Open);
        Assert.Contains("has version 3; this program reads version 2", error.Message, StringComparison.Ordinal);
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
            ledger.Record(LedgerPlace.Record(1));
        using (var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False"))
        {
            connection.Open();
            using SqliteTransaction transaction = connection.BeginTransaction();
            using SqliteCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText =
                "INSERT INTO entries SELECT 2, type, 'other', experiment, fields, digests, recorded_at, "
                + "previous_hash, hash FROM entries";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        using TrialLedger again = TrialLedger.OpenExisting(_file.Path);
        Assert.True(again.Verify().IsIntact);
        Assert.Single(again.Entries());
    }

    // The first format is frozen: an old ledger must verify for ever. Both hashes were computed apart with Python's
    // hashlib and struct from the rule in LedgerHash: text as its length (8 bytes, little-endian) and UTF-8, numbers as
    // 8 bytes.
    [Theory]
    [InlineData("", null)]
    [InlineData("sharpe_per_period = 0.5", "its kind, its results or its time")]
    [InlineData("kind = 'Baseline'", "its kind, its results or its time")]
    [InlineData("name = 'better'", "its experiment, name, configuration, data, code or seed")]
    [InlineData("configuration_hash = 'x'", "its kind, its results or its time")]
    public void TheFirstFormat_IsMovedAndVerifies(string change, string? fault)
    {
        FirstFormat();
        if (change.Length > 0)
            _file.Sql("DROP TRIGGER trials_no_update; UPDATE trials SET " + change
                + "; CREATE TRIGGER trials_no_update BEFORE UPDATE ON trials BEGIN SELECT RAISE(ABORT, 'no'); END");
        using TrialLedger ledger = TrialLedger.OpenExisting(_file.Path, _file.Clock);
        LedgerVerification verification = ledger.Verify();
        if (fault is not null)
        {
            Assert.Contains(fault, Assert.Single(verification.Faults), StringComparison.Ordinal);
            return;
        }

        Assert.Empty(verification.Faults);
        TrialEntry entry = Assert.Single(ledger.Entries());
        Assert.Equal(LedgerPlace.Record(1) with { Configuration = """{"layers":[64,32],"window":20}""" }, entry.Record);
        Assert.Equal(TrialStanding.Exploratory, entry.Standing);
        Assert.Equal(entry, ledger.Record(LedgerPlace.Record(1)));
        ledger.Record(LedgerPlace.Record(2));
        Assert.True(ledger.Verify("648fd78434caa412a635ebfc32b25bed7eac75ee02d7803a98778ec56eae28d9").IsIntact);
    }

    [Fact]
    public void TheFirstFormat_MissesItsLastRow()
    {
        FirstFormat();
        _file.Sql("DROP TRIGGER trials_no_delete; DELETE FROM trials; CREATE TRIGGER trials_no_delete BEFORE DELETE ON "
            + "trials BEGIN SELECT RAISE(ABORT, 'no'); END");
        using TrialLedger ledger = TrialLedger.OpenExisting(_file.Path);
        Assert.Equal(["Row 1 is missing: it was the last one."], ledger.Verify().Faults);
    }

    [Fact]
    public void TheFirstFormat_WithoutItsProtection_IsNotMoved()
    {
        FirstFormat();
        _file.Sql("DROP TRIGGER trials_no_delete");
        LedgerException error = Assert.Throws<LedgerException>(_file.Open);
        Assert.Contains("its trigger trials_no_delete is missing", error.Message, StringComparison.Ordinal);
    }

    private void FirstFormat()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        _file.Sql(
            """
            CREATE TABLE trials (sequence INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL UNIQUE,
                experiment TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, configuration TEXT NOT NULL,
                configuration_hash TEXT NOT NULL, data_hash TEXT NOT NULL, code_hash TEXT NOT NULL, seed TEXT NOT NULL,
                periods_per_year REAL NOT NULL, count INTEGER NOT NULL, sharpe_per_period REAL NOT NULL,
                skewness REAL NOT NULL, kurtosis REAL NOT NULL, recorded_at TEXT NOT NULL, previous_hash TEXT NOT NULL,
                hash TEXT NOT NULL);
            INSERT INTO trials VALUES (1, '5f58d59a4549831b15a2486008fe4a83b02a59d7e028fd0668cfa21f376ff1fe',
                'quickstart', 'strategy 1', 'Trial', '{"layers":[64,32],"window":20}', 'CONFIGURATION', 'data-1',
                'code-1', '18446744073709551614', 252, 1000, 0.01, -0.5, 6.25, '2024-02-29T12:00:00.0000000Z',
                '0000000000000000000000000000000000000000000000000000000000000000',
                '648fd78434caa412a635ebfc32b25bed7eac75ee02d7803a98778ec56eae28d9');
            CREATE TRIGGER trials_no_update BEFORE UPDATE ON trials BEGIN SELECT RAISE(ABORT, 'no'); END;
            CREATE TRIGGER trials_no_delete BEFORE DELETE ON trials BEGIN SELECT RAISE(ABORT, 'no'); END;
            CREATE TRIGGER trials_no_replace BEFORE INSERT ON trials
                WHEN EXISTS (SELECT 1 FROM trials WHERE sequence = NEW.sequence)
                BEGIN SELECT RAISE(ABORT, 'no'); END;
            PRAGMA application_id = 1179470932;
            PRAGMA user_version = 1;
            """.Replace(
                "CONFIGURATION", LedgerHash.Configuration("""{"layers":[64,32],"window":20}"""),
                StringComparison.Ordinal));
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
