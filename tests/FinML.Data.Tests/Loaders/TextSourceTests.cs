using System.Text;

namespace FinML.Data.Tests.Loaders;

public sealed class TextSourceTests
{
    private static readonly byte[] s_text = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 500).Select(i => $"line {i}, {i * 7919 % 1000}\n")));

    private static byte[] ReadAll(byte[] file, LoadLimits? limits = null)
    {
        using Stream stream = TextSource.OfBytes(file, "x").Open(limits);
        using MemoryStream all = new();
        stream.CopyTo(all);
        return all.ToArray();
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_refused()
    {
        byte[] gzip = Archives.Gzip(s_text);
        Assert.Equal(s_text, ReadAll(gzip));
        for (int length = 2; length < gzip.Length; length++)
        {
            Assert.Throws<DataException>(() => ReadAll(gzip[..length]));
        }
    }

    [Fact]
    public void A_zip_file_cut_anywhere_is_refused()
    {
        byte[] zip = Archives.Zip(("x.csv", s_text));
        Assert.Equal(s_text, ReadAll(zip));
        for (int length = 4; length < zip.Length; length++)
        {
            Assert.Throws<DataException>(() => ReadAll(zip[..length]));
        }
    }

    [Fact]
    public void A_changed_byte_gives_the_same_text_or_a_refusal()
    {
        byte[] gzip = Archives.Gzip(s_text), zip = Archives.Zip(("x.csv", s_text));
        int refused = 0;
        foreach (byte[] file in new[] { gzip, zip })
        {
            for (int at = 4; at < file.Length; at++)
            {
                byte[] spoilt = [.. file];
                spoilt[at] ^= 0x55;
                try
                {
                    Assert.Equal(s_text, ReadAll(spoilt)); // a byte of the name or the date changes nothing
                }
                catch (DataException)
                {
                    refused++;
                }
            }
        }

        Assert.True(refused > gzip.Length + zip.Length - 150, $"{refused} refused");
    }

    [Fact]
    public void A_bomb_is_cut_off_at_the_limit()
    {
        byte[] zeros = new byte[64 << 20];
        foreach (byte[] bomb in new[] { Archives.Gzip(zeros), Archives.Zip(("x.csv", zeros)) })
        {
            using Stream stream = TextSource.OfBytes(bomb, "x").Open(new LoadLimits { MaximumExpansion = 20 });
            byte[] buffer = new byte[1 << 16];
            long read = 0;
            DataException e = Assert.Throws<DataException>(() =>
            {
                for (int n = 1; n > 0; read += n)
                {
                    n = stream.Read(buffer);
                }
            });
            Assert.Contains("unpacks to more than", e.Message, StringComparison.Ordinal);
            Assert.True(read < zeros.Length / 2);
        }

        Assert.Throws<DataException>(() => ReadAll(s_text, new LoadLimits { MaximumBytes = s_text.Length - 1 }));
        Assert.Equal(s_text, ReadAll(s_text, new LoadLimits { MaximumBytes = s_text.Length }));
    }

    [Fact]
    public void Crc32_of_the_check_string() // the check value of the CRC catalogue for CRC-32/ISO-HDLC
    {
        Assert.Equal(0xCBF43926, ~Crc32.Update(uint.MaxValue, "123456789"u8));
        Assert.Equal(~Crc32.Update(uint.MaxValue, s_text),
            ~Crc32.Update(Crc32.Update(uint.MaxValue, s_text.AsSpan(0, 13)), s_text.AsSpan(13)));
    }

    [Fact]
    public void A_missing_file_is_a_sentence() => Assert.Contains("nowhere.csv", Assert.Throws<DataException>(() =>
        TextSource.OfFile("/nowhere/nowhere.csv").Open()).Message, StringComparison.Ordinal);
}
