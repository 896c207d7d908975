namespace FinML.Torch.Tests.IO;

/// <summary>The examples of protobuf.dev/programming-guides/encoding, and the corners of a varint.</summary>
public sealed class ProtoWriterTests
{
    [Theory]
    [InlineData(0, "0800")]
    [InlineData(127, "087F")]
    [InlineData(128, "088001")]
    [InlineData(150, "089601")]
    [InlineData(long.MaxValue, "08FFFFFFFFFFFFFFFF7F")]
    [InlineData(-2, "08FEFFFFFFFFFFFFFFFF01")]
    public void AVarintHasSevenBitsAByte(long value, string expected) =>
        Assert.Equal(expected, Hex(new ProtoWriter().Int(1, value)));

    [Fact]
    public void EachKindOfFieldIsEncodedAsTheGuideSays()
    {
        Assert.Equal("120774657374696E67", Hex(new ProtoWriter().Text(2, "testing")));
        Assert.Equal("1203E99BAA", Hex(new ProtoWriter().Text(2, "雪")));
        Assert.Equal("1A03089601", Hex(new ProtoWriter().Message(3, new ProtoWriter().Int(1, 150))));
        Assert.Equal("150000C03F", Hex(new ProtoWriter().Float(2, 1.5f)));
        Assert.Equal("0900000000000004C0", Hex(new ProtoWriter().Double(1, -2.5)));
        Assert.Equal("0A00", Hex(new ProtoWriter().Bytes(1, [])));
        Assert.Equal("800101", Hex(new ProtoWriter().Int(16, 1)));
    }

    private static string Hex(ProtoWriter writer) => Convert.ToHexString(writer.ToArray());
}
