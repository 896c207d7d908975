using FinML.Data.Store;

namespace FinML.Data.Tests.Store;

public sealed class DuckDbTests
{
    private static DuckDbConnection Open()
    {
        Engine.Require();
        return DuckDbConnection.Open(new DuckDbOptions { Threads = 1, MemoryBytes = 64 << 20 });
    }

    private static double[] Numbers(string sql)
    {
        using DuckDbConnection connection = Open();
        using DuckDbResult result = connection.Query(sql);
        List<double> values = [];
        while (result.Next() is { } chunk)
        {
            double[] buffer = new double[chunk.Rows];
            chunk.CopyNumbers(0, buffer);
            values.AddRange(buffer);
        }

        return [.. values];
    }

    [SkippableTheory]
    [InlineData("1.5::DOUBLE", 1.5)]
    [InlineData("1.5::FLOAT", 1.5)]
    [InlineData("true", 1)]
    [InlineData("(-3)::TINYINT", -3)]
    [InlineData("250::UTINYINT", 250)]
    [InlineData("(-300)::SMALLINT", -300)]
    [InlineData("60000::USMALLINT", 60000)]
    [InlineData("(-70000)::INTEGER", -70000)]
    [InlineData("4000000000::UINTEGER", 4000000000)]
    [InlineData("9007199254740991::BIGINT", 9007199254740991)]
    [InlineData("18446744073709551615::UBIGINT", 18446744073709551615)]
    [InlineData("(-170141183460469231731687303715884105727)::HUGEINT", -1.7014118346046923e38)]
    [InlineData("340282366920938463463374607431768211455::UHUGEINT", 3.4028236692093846e38)]
    [InlineData("12.34::DECIMAL(4,2)", 12.34)]
    [InlineData("-1234567.891::DECIMAL(18,3)", -1234567.891)]
    [InlineData("0.1::DECIMAL(38,20)", 0.1)]
    [InlineData("NULL", double.NaN)]
    [InlineData("NULL::DOUBLE", double.NaN)]
    [InlineData("'nan'::DOUBLE", double.NaN)]
    public void A_number_of_any_type_is_read(string sql, double value) =>
        Assert.Equal([value], Numbers($"SELECT {sql}"));

    [SkippableFact]
    public void Missing_values_are_NaN_at_their_places_over_many_chunks()
    {
        const int n = 10_000;
        double[] values = Numbers($"SELECT CASE WHEN i % 7 = 3 THEN NULL ELSE i END FROM range({n}) t(i) ORDER BY i");
        Assert.Equal(n, values.Length);
        for (int i = 0; i < n; i++)
            Assert.Equal(i % 7 == 3 ? double.NaN : i, values[i]);
    }

    [SkippableTheory]
    [InlineData("TIMESTAMP '2020-01-02 03:04:05.678901'")]
    [InlineData("TIMESTAMPTZ '2020-01-02 03:04:05.678901+00'")]
    [InlineData("TIMESTAMPTZ '2020-01-02 05:04:05.678901+02'")]
    [InlineData("TIMESTAMP_NS '2020-01-02 03:04:05.678901'")]
    public void A_time_is_microseconds_of_UTC(string sql)
    {
        using DuckDbConnection connection = Open();
        using DuckDbResult result = connection.Query($"SELECT {sql}, DATE '2020-01-02', NULL::TIMESTAMP");
        DuckDbChunk chunk = result.Next()!;
        long[] time = new long[3];
        for (int c = 0; c < 3; c++)
            chunk.CopyIntegers(c, time.AsSpan(c), missing: -1);
        Assert.Equal(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddMicroseconds(678901),
            StoreTime.FromMicroseconds(time[0]));
        Assert.Equal(new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc), StoreTime.FromMicroseconds(time[1]));
        Assert.Equal(-1, time[2]);
    }

    [SkippableFact]
    public void Text_of_any_length_and_enumerations_are_read()
    {
        using DuckDbConnection connection = Open();
        using DuckDbResult result = connection.Query(
            "SELECT s, 'b'::ENUM('a', 'b') FROM (VALUES (''), ('zwölf Byte'), ('exactly 12 b'), ('thirteen byte'), "
            + "(repeat('é', 5000)), (NULL)) t(s)");
        DuckDbChunk chunk = result.Next()!;
        Assert.Equal(["", "zwölf Byte", "exactly 12 b", "thirteen byte", new string('é', 5000), null],
            Enumerable.Range(0, chunk.Rows).Select(row => chunk.GetText(0, row)));
        Assert.Equal("b", chunk.GetText(1, 0));
        Assert.Contains("is a Text and not a number",
            Assert.Throws<DuckDbException>(() => chunk.CopyNumbers(0, new double[chunk.Rows])).Message,
            StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("DATE '1969-12-31'", "1969-12-31")]
    [InlineData("TIMESTAMP '2020-01-02 03:04:05.5'", "2020-01-02T03:04:05.5")]
    [InlineData("TIMESTAMP '2020-01-02'", "2020-01-02")]
    [InlineData("TIMESTAMPTZ '2020-01-02 00:00:00+01'", "2020-01-01T23:00:00Z")]
    [InlineData("'infinity'::TIMESTAMP", "infinity")]
    [InlineData("TIME '23:59:59.000001'", "23:59:59.000001")]
    [InlineData("INTERVAL '14 months' + INTERVAL '-3 days' + INTERVAL '90 minutes'", "P14M-3DT5400S")]
    [InlineData("'5f0c3c2e-8a5c-4a58-9d5e-0123456789ab'::UUID", "5f0c3c2e-8a5c-4a58-9d5e-0123456789ab")]
    [InlineData("-0.05::DECIMAL(4,2)", "-0.05")]
    [InlineData("12345678901234567890123456789012345.678::DECIMAL(38,3)",
        "12345678901234567890123456789012345.678")]
    [InlineData("7::DECIMAL(4,0)", "7")]
    [InlineData("0.1::DOUBLE", "0.1")]
    [InlineData("0.1::FLOAT", "0.1")]
    [InlineData("(-128)::TINYINT", "-128")]
    [InlineData("18446744073709551615::UBIGINT", "18446744073709551615")]
    [InlineData("false", "false")]
    [InlineData("'\\xAB\\x00'::BLOB", "ab00")]
    [InlineData("'b'::ENUM('a', 'b')", "b")]
    [InlineData("NULL", null)]
    [InlineData("NULL::DATE", null)]
    public void A_value_of_any_type_has_a_text(string sql, string? text)
    {
        using DuckDbConnection connection = Open();
        using DuckDbResult result = connection.Query($"SELECT {sql}");
        Assert.Equal(text, DuckDbText.Of(result.Next()!, result.Columns[0], 0, 0));
    }

    /// <summary>A folder of the caller's stays, with all that is in it.</summary>
    [SkippableFact]
    public void A_given_spill_folder_is_not_removed()
    {
        Engine.Require();
        string folder = Directory.CreateTempSubdirectory("finml-spill-").FullName;
        File.WriteAllText(Path.Combine(folder, "mine"), "");
        DuckDbConnection.Open(new DuckDbOptions { SpillFolder = folder }).Dispose();
        Assert.True(File.Exists(Path.Combine(folder, "mine")));
        Directory.Delete(folder, recursive: true);
    }

    [SkippableTheory]
    [InlineData("SELEC 1", "syntax error")]
    [InlineData("SELECT x", "column \"x\" was not found")]
    [InlineData("SELECT 'a'::INTEGER", "Could not convert string 'a' to INT32")]
    [InlineData("SELECT * FROM read_parquet('/no/such/file')", "No files found")]
    [InlineData("", "no statement")]
    [InlineData("SELECT 1; SELECT y", "column \"y\" was not found")]
    public void An_error_is_the_engine_s_own_message(string sql, string said)
    {
        using DuckDbConnection connection = Open();
        Assert.Contains(said, Assert.Throws<DuckDbException>(() =>
        {
            using DuckDbResult result = connection.Query(sql);
            while (result.Next() is not null) { }
        }).Message, StringComparison.Ordinal);
        connection.Execute("SELECT 1"); // and the connection lives on
    }

    [SkippableFact]
    public async Task A_long_statement_is_cancelled()
    {
        using DuckDbConnection connection = Open();
        using CancellationTokenSource stop = new();
        Task<long> running = Task.Run(() => connection.Execute(
            "SELECT count(*) FROM range(10_000_000_000) a, range(10_000_000_000) b", stop.Token));
        stop.CancelAfter(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(0, connection.Execute("SELECT 1"));
    }

    /// <summary>4 GB of rows come by while the engine has 64 MB: nothing is gathered.</summary>
    [SkippableFact]
    public void A_result_is_streamed()
    {
        using DuckDbConnection connection = Open();
        using DuckDbResult result = connection.Query("SELECT i FROM range(500_000_000) t(i)");
        long rows = 0;
        for (int chunk = 0; chunk < 1000; chunk++)
            rows += result.Next()!.Rows;
        Assert.InRange(rows, 1000, 2_048_000);
    }

    [Theory]
    [InlineData(1 << 20, 1)]
    [InlineData(1L << 30, 0)]
    public void Options_out_of_range_are_named(long memory, int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new DuckDbOptions { MemoryBytes = memory, Threads = threads }.Validate());
}
