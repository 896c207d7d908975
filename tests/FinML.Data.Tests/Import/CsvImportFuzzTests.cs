using System.Globalization;
using System.Text;

namespace FinML.Data.Tests.Import;

/// <summary>A hundred thousand spoilt files: each is refused with a reason, or gives a panel that keeps every
/// rule.</summary>
public sealed class CsvImportFuzzTests
{
    private static readonly string[] s_junk =
    [
        "", ",", ";", "\"", "\n", "\r\n", "\t", "0", "-1", "1e400", "NaN", "\0", "\uFEFF", "2020-02-30", "1,234",
            "9999-12-31",
        "0001-01-01", "31/12/2020", "12/31/2020", "null", "é", "💥", "1.2.3", "Date", "Close", " ",
            "99999999999999999999", "%",
        "2020-01-03T25:00:00", "2020-01-03 "
            + "00:00:00+14:59", "9999-12-31T23:59:59-14:00", "99991231", "9999999999999", "'",
    ];

    private static string Honest(RandomStream random)
    {
        char separator = ",;\t|"[random.NextInt(4)];
        string format = new[] { "yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "yyyyMMdd", "yyyy-MM-dd "
            + "HH:mm:ss" }[random.NextInt(5)];
        StringBuilder text = new(string.Join(separator, "Date", "Open", "High", "Low", "Close", "Volume") + "\n");
        DateTime time = new(2019, 12, 20);
        int rows = 2 + random.NextInt(30);
        for (int i = 0; i < rows; i++)
        {
            time = time.AddDays(1 + random.NextInt(3));
            double low = 50 + 10 * random.NextDouble(), high = low + 5 * random.NextDouble();
            double open = low + (high - low) * random.NextDouble(), close = low + (high - low) * random.NextDouble();
            text.AppendJoin(separator, new[] { time.ToString(format, CultureInfo.InvariantCulture) }
                .Concat(new[] { open, high, low, close, random.NextInt(100000) }.Select(x =>
                x.ToString("R", CultureInfo.InvariantCulture))));
            text.Append('\n');
        }

        return text.ToString();
    }

    private static byte[] Spoil(string text, RandomStream random)
    {
        StringBuilder spoilt = new(text);
        int changes = random.NextInt(4);
        for (int i = 0; i < changes; i++)
        {
            int at = random.NextInt(spoilt.Length + 1);
            int cut = Math.Min(spoilt.Length - at, random.NextInt(random.NextInt(10) == 0 ? 200 : 12));
            spoilt.Remove(at, cut).Insert(at, s_junk[random.NextInt(s_junk.Length)]);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(spoilt.ToString());
        for (int i = random.NextInt(8) == 0 ? 1 + random.NextInt(5) : 0; i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.NextInt(bytes.Length)] = (byte)random.NextInt(256);
        }

        return bytes;
    }

    [Fact]
    public void A_hundred_thousand_spoilt_files_are_refused_or_right()
    {
        RandomStream random = new(20260101);
        int accepted = 0, refused = 0;
        for (int i = 0; i < 100_000; i++)
        {
            byte[] file = Spoil(Honest(random), random);
            ImportReport report = CsvImport.Read(file, new ImportOptions { Name = "mine", Now = CsvImportTests.Now });
            if (report.Panel is not { } panel)
            {
                refused++;
                Assert.NotEmpty(report.Problems);
                Assert.True(report.ProblemCount >= report.Problems.Count);
                Assert.All(report.Problems, p => Assert.EndsWith(".", p.Message, StringComparison.Ordinal));
                continue;
            }

            accepted++;
            Assert.Empty(report.Problems);
            Assert.True(panel.Length >= 2 && panel.Times[^1] <= CsvImportTests.Now && panel.Times[0].Year >= 1600);
            for (int t = 0; t < panel.Length; t++)
            {
                for (int f = 0; f < panel.Fields.Count; f++)
                {
                    double x = panel[t, 0, f];
                    Assert.True(double.IsNaN(x) || x > 0 || (x == 0 && panel.Fields[f] == "volume"));
                }
            }
        }

        Assert.True(accepted > 10_000 && refused > 10_000,
            $"{accepted} accepted, {refused} refused: the fuzz lost its teeth");
    }

    [Fact]
    public void Noise_is_refused()
    {
        RandomStream random = new(5);
        for (int i = 0; i < 3000; i++)
        {
            byte[] noise = new byte[random.NextInt(400)];
            for (int b = 0; b < noise.Length; b++)
            {
                noise[b] = (byte)random.NextInt(256);
            }

            if (noise.Length > 2 && i % 3 == 0)
            {
                (noise[0], noise[1]) = ((byte)0x1F, (byte)0x8B);
            }

            Assert.False(CsvImport.Read(noise, new ImportOptions { Name = "mine", Now = CsvImportTests.Now }).Accepted);
        }
    }
}
