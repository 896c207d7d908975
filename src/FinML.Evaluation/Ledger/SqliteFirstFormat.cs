using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FinML.Evaluation;

/// <summary>
/// Moves the rows of a file of the first format, which held trials alone, into the table of today. Their hashes stay as
/// they are, and so do the chain and whatever is wrong with it.
/// </summary>
internal static class SqliteFirstFormat
{
    internal static void Move(
        LedgerStore store, string location, SqliteConnection connection, SqliteTransaction transaction)
    {
        foreach (string trigger in new[] { "trials_no_update", "trials_no_delete", "trials_no_replace" })
        {
            using SqliteCommand known = Command(
                $"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = '{trigger}'");
            if ((long)known.ExecuteScalar()! == 0)
                throw new LedgerException(
                    $"The ledger {location} is of the first format and its trigger {trigger} is missing: somebody " +
                    "took its protection away; restore it from a copy.");
        }

        using (SqliteCommand select = Command(
            """
            SELECT sequence, identity, experiment, name, kind, configuration, configuration_hash, data_hash, code_hash,
                seed, periods_per_year, count, sharpe_per_period, skewness, kurtosis, recorded_at, previous_hash, hash
            FROM trials ORDER BY sequence
            """))
        using (SqliteDataReader reader = select.ExecuteReader())
        {
            while (reader.Read())
                store.Insert(Row(reader), transaction);
        }

        // The highest number that was ever given, so that a last row which was taken away stays missed.
        foreach (string sql in new[]
        {
            "INSERT INTO sqlite_sequence (name, seq) SELECT 'entries', 0 "
                + "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'entries')",
            "UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT seq FROM sqlite_sequence "
                + "WHERE name = 'trials'), 0)) WHERE name = 'entries'",
            "DROP TRIGGER trials_no_update", "DROP TRIGGER trials_no_delete", "DROP TRIGGER trials_no_replace",
            "DROP TABLE trials",
        })
        {
            using SqliteCommand command = Command(sql);
            command.ExecuteNonQuery();
        }

        SqliteCommand Command(string sql)
        {
            SqliteCommand command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, sql);
            return command;
        }
    }

    private static LedgerRow Row(SqliteDataReader reader) => new()
    {
        Sequence = reader.GetInt64(0),
        Type = nameof(EntryType.Trial),
        Identity = reader.GetString(1),
        Experiment = reader.GetString(2),
        Fields = new LedgerFields()
            .Add("name", reader.GetString(3)).Add("kind", reader.GetString(4))
            .Add("configuration", reader.GetString(5)).Add("configurationHash", reader.GetString(6))
            .Add("dataHash", reader.GetString(7)).Add("codeHash", reader.GetString(8))
            .Add("seed", reader.GetString(9)).Add("periodsPerYear", reader.GetDouble(10))
            .Add("count", reader.GetInt64(11).ToString(CultureInfo.InvariantCulture))
            .Add("sharpePerPeriod", reader.GetDouble(12)).Add("skewness", reader.GetDouble(13))
            .Add("kurtosis", reader.GetDouble(14)).ToText(),
        Digests = null,
        RecordedAt = reader.GetString(15),
        PreviousHash = reader.GetString(16),
        Hash = reader.GetString(17),
    };
}
