using System.Text;

namespace FinML.Data.Tests.Fuzz;

public sealed class LobsterFuzzTests() : LoaderFuzz(seed: 301)
{
    private static readonly byte[] s_messages = Encoding.UTF8.GetBytes(
        "34200.004241176,1,16113575,18,5853300,1\n34200.004260640,1,16113584,18,5853200,1\n"
        + "34200.1,5,0,5,5855000,-1\n");

    private static readonly byte[] s_book = Encoding.UTF8.GetBytes(
        "5859400,200,5853300,18,5859800,200,-9999999999,0\n5859400,200,5853300,18,5859800,200,5853200,18\n"
        + "5859400,200,5853300,18,5859800,200,5853200,18\n");

    private static readonly LobsterOptions s_options =
        new() { Symbol = "X", Date = new DateOnly(2012, 6, 21), Levels = 2, Limits = Limits };

    protected override IReadOnlyList<string> Honest { get; } =
        [Encoding.UTF8.GetString(s_messages), Encoding.UTF8.GetString(s_book)];

    protected override bool Load(byte[] file)
    {
        // The spoilt file is the one or the other of a pair: whichever it looks more like.
        bool book = file.AsSpan().IndexOf("99999"u8) >= 0 || file.AsSpan().StartsWith("5"u8);
        DateTime last = DateTime.MinValue;
        foreach (LobsterEvent e in LobsterFiles.Read(TextSource.OfBytes(book ? s_messages : file),
            TextSource.OfBytes(book ? file : s_book), s_options))
        {
            Assert.True(e.Message.Time >= last && e.Message.Size >= 0 && !(e.Message.Price <= 0));
            Assert.True(e.Book.Bids.Count == 0 || e.Book.Asks.Count == 0
                || e.Book.Bids[0].Price < e.Book.Asks[0].Price);
            last = e.Message.Time;
        }

        return true;
    }
}
