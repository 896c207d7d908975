using System.Text;
using FinML.Data.Tests.Catalog;

namespace FinML.Data.Tests.Import;

public sealed class UserCatalogTests : IDisposable
{
    private readonly TemporaryCatalog _copy = new();

    private string Folder => UserCatalog.FolderOf(DataCatalog.Open(_copy.Root));

    public void Dispose() => _copy.Dispose();

    private static ImportReport Report(string text, string name = "mine") =>
        CsvImport.Read(Encoding.UTF8.GetBytes(text),
        new ImportOptions { Name = name, Now = CsvImportTests.Now });

    [Fact]
    public void An_import_is_loaded_to_the_bit_and_verified()
    {
        ImportReport report =
            Report("Date,High,Low,Close,Volume\n2020-01-02,2.1,0.1,0.30000000000000004,7\n2020-01-03,2,1,,0\n");
        DataSet entry = UserCatalog.Add(Folder, report, "/somewhere/prices.csv");
        DataCatalog catalog = DataCatalog.Open(_copy.Root);
        Panel panel = catalog.Load("mine");
        Assert.Equal(0.30000000000000004, panel.Column("MINE", "close")[0]);
        Assert.True(double.IsNaN(panel.Column("MINE", "close")[1]));
        Assert.Equal(report.Panel!.Times, panel.Times);
        Assert.Equal(report.Panel.AvailableAt, panel.AvailableAt);
        Assert.Equal("prices.csv", entry.Source.Package);
        Assert.True(catalog.Verify().Passed);
        Assert.Equal(2, Directory.GetFiles(Folder).Length); // the data and the catalogue, nothing temporary
    }

    [Fact]
    public void Intraday_times_survive()
    {
        ImportReport report = Report("Datetime,Close\n2020-01-02 09:30:00.125,1\n2020-01-02 09:35:00,2\n2020-01-02 "
            + "09:40:00,2\n");
        UserCatalog.Add(Folder, report, "x.csv");
        DataCatalog catalog = DataCatalog.Open(_copy.Root);
        Assert.Equal(report.Panel!.Times, catalog.Load("mine").Times);
        Assert.True(catalog.Verify().Passed);
    }

    [Fact]
    public void A_name_is_replaced_only_by_force_and_the_old_file_goes()
    {
        UserCatalog.Add(Folder, Report("Date,Close\n2020-01-02,1\n2020-01-03,2\n"), "x.csv");
        ImportReport second = Report("Date,Close\n2020-01-02,3\n2020-01-03,4\n");
        Assert.Contains("--force", Assert.Throws<DataException>(() => UserCatalog.Add(Folder, second, "x.csv")).Message,
            StringComparison.Ordinal);
        Assert.Equal(1, DataCatalog.Open(_copy.Root).Load("mine").Column("MINE", "close")[0]);
        UserCatalog.Add(Folder, second, "x.csv", force: true);
        Assert.Equal(3, DataCatalog.Open(_copy.Root).Load("mine").Column("MINE", "close")[0]);
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void A_refused_import_writes_nothing()
    {
        Assert.Throws<ArgumentException>(() => UserCatalog.Add(Folder, Report("Date,Close\n2020-01-02,-1\n"), "x.csv"));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void A_name_of_the_repository_is_refused()
    {
        ImportReport report = Report("Date,Close\n2020-01-02,1\n2020-01-03,2\n", "sp500");
        Assert.Throws<DataException>(() => UserCatalog.Add(Folder, report, "x.csv"));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void Another_folder_is_a_catalogue_of_its_own()
    {
        string other = Path.Combine(_copy.Root, "elsewhere");
        UserCatalog.Add(other, Report("Date,Close\n2020-01-02,1\n2020-01-03,2\n", "sp500"), "x.csv");
        DataCatalog catalog = DataCatalog.Open(other);
        Assert.Equal(2, catalog.Load("sp500").Length);
        Assert.True(catalog.Verify().Passed);
    }
}
