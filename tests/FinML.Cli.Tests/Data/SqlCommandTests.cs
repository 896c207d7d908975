using System.CommandLine;
using System.Text.Json.Nodes;
using FinML.Cli.Commands;
using FinML.Data;
using FinML.Data.Store;

namespace FinML.Cli.Tests.Data;

/// <summary>finml data sql and engine: what they print, and what they say.</summary>
public sealed class SqlCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finml-sql-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        StringWriter output = new(), error = new();
        int code = DataCommand.Create().Parse(args).Invoke(new InvocationConfiguration
        { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }

    private static (int Code, string Output, string Error) Sql(params string[] args)
    {
        Skip.If(EngineLocation.Find() is null, $"DuckDB is not here: run 'finml data engine install', or set "
            + $"{EngineLocation.Variable} to its library.");
        return Run(["sql", .. args]);
    }

    [SkippableFact]
    public void A_data_set_is_a_view_of_its_name()
    {
        (int code, string output, string error) = Sql(
            "SELECT count(*) AS days, min(date) AS \"first\", max(close) AS top FROM sp500");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("5105", output, StringComparison.Ordinal);
        Assert.Contains("2000-01-03", output, StringComparison.Ordinal);
        Assert.Contains("3386.15", output, StringComparison.Ordinal);
        Assert.Contains("1 row", output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("SELECT * FROM gold_silver ORDER BY date LIMIT 1", "1977-12-30,100,223.42")]
    [InlineData("SELECT * FROM \"gold-silver\" ORDER BY date LIMIT 1", "1977-12-30,100,223.42")]
    [InlineData("SELECT * FROM usdchf_30min LIMIT 1", "1996-04-01T00:00:00Z,1.193")]
    [InlineData("SELECT * FROM dem_gbp LIMIT 1", "1,0.12533286")]
    [InlineData("SELECT count(*) FROM fred WHERE cpi IS NULL", "336")]
    [InlineData("SELECT count(*) FROM mroz", "753")]
    [InlineData("SELECT 'a,\"b\"', '', NULL, 1e-300, -0.1::DECIMAL(5,2)", "\"a,\"\"b\"\"\",\"\",,1E-300,-0.10")]
    public void Csv_has_every_row_and_digit(string sql, string line)
    {
        (int code, string output, string error) = Sql(sql, "--csv");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(line, output.TrimEnd().Split('\n')[^1].TrimEnd('\r'));
    }

    /// <summary>All panels of the catalogue, beside the loader: the rows, the first value and the sum.</summary>
    [SkippableFact]
    public void Every_panel_is_the_one_that_the_catalogue_loads()
    {
        DataCatalog catalog = DataCatalog.Open();
        foreach (DataSet set in catalog.DataSets.Where(s => s.Kind == DataKind.Panel && catalog.IsHere(s)))
        {
            string column = set.Columns[^1].Replace("\"", "\"\"", StringComparison.Ordinal);
            (int code, string output, string error) = Sql(
                $"SELECT count(*) AS n, sum(\"{column}\") AS s FROM \"{set.Name}\"", "--json");
            Assert.Equal((0, ""), (code, error));
            JsonNode row = JsonNode.Parse(output)![0]!;
            Panel panel = catalog.Load(set.Name);
            double[] last = [.. panel.Column(panel.Assets.Count - 1, panel.Fields.Count - 1).ToArray()
                .Where(x => !double.IsNaN(x))];
            Assert.Equal(panel.Length, (int)row["n"]!);
            Assert.Equal(last.Sum(), (double)row["s"]!, last.Sum(Math.Abs) * 1e-12); // in another order
        }
    }

    [SkippableFact]
    public void Json_is_an_array_of_objects()
    {
        JsonNode row = JsonNode.Parse(Sql("SELECT 1.5 AS a, 'x\"y' AS b, true AS c, NULL AS d, 'nan'::DOUBLE AS e, "
            + "170141183460469231731687303715884105727::HUGEINT AS f", "--json").Output)![0]!;
        Assert.Equal(1.5, (double)row["a"]!);
        Assert.Equal("x\"y", (string)row["b"]!);
        Assert.True((bool)row["c"]!);
        Assert.Null(row["d"]);
        Assert.Equal("NaN", (string)row["e"]!);
        Assert.Equal("170141183460469231731687303715884105727", row["f"]!.ToJsonString());
        Assert.Empty(JsonNode.Parse(Sql("SELECT 1 AS a WHERE false", "--json").Output)!.AsArray());
    }

    [SkippableFact]
    public void A_store_is_a_view_with_its_symbols_and_versions()
    {
        Sql("SELECT 1");
        string folder = Path.Combine(_folder, "my-bars");
        DateTime start = new(2020, 12, 31, 0, 0, 0, DateTimeKind.Utc);
        PanelStore.Create(folder, ["close"]).Append(Panel.Create([start, start.AddDays(1)], ["007", "B/C"], ["close"],
            [[1.0, 2], [double.NaN, 4]]));
        (int code, string output, string error) = Sql(
            "SELECT * FROM my_bars ORDER BY symbol, time", "--store", folder, "--csv");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            [
                "symbol,time,available_at,close,year",
                "007,2020-12-31T00:00:00Z,2020-12-31T00:00:00Z,1,2020",
                "007,2021-01-01T00:00:00Z,2021-01-01T00:00:00Z,2,2021",
                "B/C,2021-01-01T00:00:00Z,2021-01-01T00:00:00Z,4,2021",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r')));
        Assert.Contains("my-bars", Sql("SHOW TABLES", "--store", folder, "--rows", "1000").Output,
            StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("Parser Error", "SELEC 1")]
    [InlineData("nothing_here", "SELECT * FROM nothing_here")]
    [InlineData("::VARCHAR", "SELECT [1, 2] AS a")]
    [InlineData("--rows is 0", "SELECT 1", "--rows", "0")]
    [InlineData("exclude", "SELECT 1", "--csv", "--json")]
    [InlineData("MemoryBytes", "SELECT 1", "--memory", "1")]
    [InlineData("no store", "SELECT * FROM tmp", "--store", "/tmp")]
    public void What_is_wrong_is_said_with_exit_code_1(string said, params string[] args)
    {
        (int code, _, string error) = Sql(args);
        Assert.Equal(1, code);
        Assert.StartsWith("finml: ", error, StringComparison.Ordinal);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_table_shows_the_first_rows_and_counts_all()
    {
        string output = Sql("SELECT * FROM range(5000)", "--rows", "3").Output;
        Assert.Contains("5,000 rows, of which the first 3", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Status_names_the_library_and_its_version()
    {
        Sql("SELECT 1");
        JsonNode status = JsonNode.Parse(Run("engine", "status", "--json").Output)!;
        Assert.StartsWith("v1.", (string)status["version"]!, StringComparison.Ordinal);
        Assert.True(File.Exists((string)status["path"]!));
    }
}
