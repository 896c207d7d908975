using System.CommandLine;
using System.Text.Json.Nodes;
using FinML.Cli.Commands;
using FinML.Data;

namespace FinML.Cli.Tests.Data;

/// <summary>The data commands as a user meets them: output, errors and exit codes, on a copy of the data.</summary>
public sealed class DataCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("finml-cli-").FullName;

    public DataCommandTests()
    {
        DataCatalog original = DataCatalog.Open();
        foreach (string file in original.DataSets.Select(s => s.File).Append("catalog.json")
            .Where(f => File.Exists(Path.Combine(original.Root, f))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, file))!);
            File.Copy(Path.Combine(original.Root, file), Path.Combine(_root, file));
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private (int Code, string Output, string Error) Run(params string[] args)
    {
        StringWriter output = new(), error = new();
        InvocationConfiguration configuration = new()
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false
        };
        int code = DataCommand.Create().Parse([.. args, "--data", _root]).Invoke(configuration);
        return (code, output.ToString(), error.ToString());
    }

    private string Csv(string text)
    {
        string path = Path.Combine(_root, "prices.csv");
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public void List_names_every_data_set()
    {
        (int code, string output, string error) = Run("list");
        Assert.Equal((0, ""), (code, error));
        Assert.All(DataCatalog.Open().DataSets, s => Assert.Contains(s.Name, output, StringComparison.Ordinal));
        JsonArray json = JsonNode.Parse(Run("list", "--json").Output)!.AsArray();
        Assert.Equal("sp500", (string?)json[0]!["name"]);
        Assert.Equal(5105, (int?)json[0]!["rows"]);
    }

    [Fact]
    public void Show_prints_defects_head_gaps_summary_and_a_plot()
    {
        (int code, string output, _) = Run("show", "sp500", "--rows", "2");
        Assert.Equal(0, code);
        Assert.Contains("stale", output, StringComparison.Ordinal);
        Assert.Contains(" 1455.22 ", output, StringComparison.Ordinal);
        Assert.Contains("2001-09-10 .. 2001-09-17", output, StringComparison.Ordinal);
        Assert.Contains(" 3386.1 ", output, StringComparison.Ordinal);
        Assert.Contains(output, c => c is >= '\u2801' and <= '\u28FF'); // braille dots
        JsonNode json = JsonNode.Parse(Run("show", "sp500", "--json").Output)!;
        Assert.Equal(3386.149902, (double?)json["columns"]![3]!["maximum"]);
        Assert.Equal("2001-09-10 .. 2001-09-17", (string?)json["gaps"]![0]);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest()
    {
        (int code, string output, string error) = Run("show", "sp50");
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("finml: There is no data set 'sp50'. Did you mean 'sp500'? There are: sp500,", error);
        Assert.DoesNotContain("mean", Run("show", "weather").Error);
    }

    [Theory]
    [InlineData(1455.219971, "1455.2")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(0, "0")]
    [InlineData(931_800_000, "931.8M")]
    [InlineData(11_456_230_000, "11.46B")]
    [InlineData(123_456.7, "123457")]
    [InlineData(-0.000123456, "-1.23E-4")]
    [InlineData(double.NaN, "")]
    public void A_number_of_a_summary_takes_few_characters(double value, string text) =>
        Assert.Equal(text, DataOutput.Short(value));

    [Theory]
    [InlineData("dow30", "--asset", "IBM")]
    [InlineData("dem-gbp", "--rows", "0")]
    [InlineData("fred", "--asset", "cpi")]
    [InlineData("mroz", "--rows", "3")]
    [InlineData("nist-norris", "--rows", "40")]
    public void Show_works_for_every_kind(string name, string option, string value)
    {
        (int code, string output, string error) = Run("show", name, option, value);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(name, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'spx'", "show", "spx")]
    [InlineData("'XYZ'", "show", "dow30", "--asset", "XYZ")]
    [InlineData("'opening'", "show", "sp500", "--field", "opening")]
    [InlineData("[0, 10000]", "show", "sp500", "--rows", "-1")]
    [InlineData("no-such.csv", "import", "no-such.csv", "--name", "mine")]
    public void An_error_is_one_sentence_and_exit_code_1(string say, params string[] args)
    {
        (int code, string output, string error) = Run(args);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(say, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Verify_passes_on_the_repository_and_names_a_flipped_byte()
    {
        DataCatalog catalog = DataCatalog.Open(_root);
        int here = catalog.DataSets.Count(catalog.IsHere);
        (int code, string output, string error) = Run("verify");
        Assert.Equal((0, ""), (code, error));
        Assert.True(here >= 25);
        Assert.Contains($"{here} of {here}", output, StringComparison.Ordinal);

        string file = Path.Combine(_root, "djia_daily_1980_2012.csv.gz");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[1000] ^= 4;
        File.WriteAllBytes(file, bytes);
        (code, output, error) = Run("verify");
        Assert.Equal(1, code);
        Assert.Contains("djia_daily_1980_2012.csv.gz", error, StringComparison.Ordinal);
        Assert.Contains("expected sha256", error, StringComparison.Ordinal);
        Assert.Contains($"{here - 1} of {here}", output, StringComparison.Ordinal);
        Assert.Equal(0, Run("verify", "sp500").Code);
        (code, output, _) = Run("verify", "djia", "--json");
        Assert.Equal(1, code);
        Assert.False((bool?)JsonNode.Parse(output)!["passed"]);
    }

    [Fact]
    public void Fetch_copies_from_a_folder_and_names_the_licence_and_the_defects()
    {
        string file = Path.Combine(_root, "public", "vix_daily_ohlc.csv.gz");
        if (File.Exists(file))
            File.Delete(file); // the clone has fetched it
        string mirror = Directory.CreateDirectory(Path.Combine(_root, "mirror")).FullName;
        (int code, string output, string error) = Run("fetch", "vix", "--from", mirror);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("There is no", error, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(mirror, "vix_daily_ohlc.csv.gz"), "another file");
        (code, _, error) = Run("fetch", "vix", "--from", mirror);
        Assert.Equal(1, code);
        Assert.Contains("was not kept", error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));

        byte[] content = "date,close\n2020-01-02,1\n2020-01-03,2\n"u8.ToArray();
        File.WriteAllBytes(Path.Combine(mirror, "mine.csv"), content);
        string path = Path.Combine(_root, "catalog.json");
        JsonNode json = JsonNode.Parse(File.ReadAllText(path))!;
        json["dataSets"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "mine",
            ["title"] = "mine",
            ["file"] = "public/mine.csv",
            ["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)),
            ["kind"] = "panel",
            ["rows"] = 2,
            ["columns"] = new JsonArray("date", "close"),
            ["layout"] = "fields",
            ["time"] = "date",
            ["fetchable"] = true,
            ["source"] = new JsonObject
            { ["registry"] = "GitHub", ["package"] = "a/b", ["version"] = "1", ["object"] = "c.csv" },
            ["licence"] = "a licence",
            ["defects"] = new JsonArray("a defect"),
        });
        File.WriteAllText(path, json.ToJsonString());
        Assert.Contains("mine", Run("verify").Output[Run("verify").Output.IndexOf("not be shipped",
            StringComparison.Ordinal)..], StringComparison.Ordinal);
        (code, output, error) = Run("fetch", "mine", "--from", mirror);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("licence: a licence", output, StringComparison.Ordinal);
        Assert.Contains("note: a defect", output, StringComparison.Ordinal);
        Assert.Equal([1.0, 2.0], DataCatalog.Open(_root).Load("mine").Column(0, 0).ToArray());
        Assert.Contains("here already", Run("fetch", "mine").Output, StringComparison.Ordinal);
        Assert.Equal(1, Run("fetch").Code);
        Assert.Contains("is shipped", Run("fetch", "sp500").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_adds_a_data_set_that_is_listed_and_verified()
    {
        string file = Csv("Date,Open,High,Low,Close,Volume\n2020-01-02,1,2,0.5,1.5,10\n2020-01-03,1,2,0.5,1.25,20\n");
        (int code, string output, string error) = Run("import", file, "--name", "mine");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("2 rows", output, StringComparison.Ordinal);
        Assert.Contains("mine", Run("list").Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("verify", "mine").Code);
        Assert.Equal(1, Run("import", file, "--name", "mine").Code);
        Assert.Equal(0, Run("import", file, "--name", "mine", "--force").Code);
        Assert.Equal(1, Run("import", file, "--name", "sp500").Code);
    }

    [Fact]
    public void Import_into_another_folder_is_read_from_there()
    {
        string other = Path.Combine(_root, "other");
        Assert.Equal(0, Run("import",
            Csv("Date;Preis;Close\n13.01.2020;x;1,5\n14.01.2020;x;1,6\n"), "--name", "dax", "--into", other).Code);
        Assert.Equal([1.5, 1.6], DataCatalog.Open(other).Load("dax").Column("DAX", "close").ToArray());
    }

    [Fact]
    public void A_refused_import_names_its_rows_and_writes_nothing()
    {
        string[] before = Directory.GetFileSystemEntries(_root, "*", SearchOption.AllDirectories);
        string file = Csv("Date,Close\n2020-01-02,1\n2020-01-02,2\n2020-01-03,-1\n");
        (int code, string output, string error) = Run("import", file, "--name", "mine");
        Assert.Equal(1, code);
        Assert.Contains("Row 3", output, StringComparison.Ordinal);
        Assert.Contains("Row 4", output, StringComparison.Ordinal);
        Assert.Contains("nothing was written", error, StringComparison.Ordinal);
        Assert.Equal(before.Append(file).Order(),
            Directory.GetFileSystemEntries(_root, "*", SearchOption.AllDirectories).Order());
        (_, output, _) = Run("import", file, "--name", "mine", "--json");
        Assert.Equal(2, (int?)JsonNode.Parse(output)!["problemCount"]);
    }
}
