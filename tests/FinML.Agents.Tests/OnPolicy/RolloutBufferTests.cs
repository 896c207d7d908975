namespace FinML.Agents.Tests.OnPolicy;

public sealed class RolloutBufferTests
{
    [Fact]
    public void ExplainedVarianceIsOneForAPerfectCriticAndZeroForAConstant()
    {
        var buffer = new RolloutBuffer(4, 1, 1, 1);
        new float[] { 1, 2, 3, 5 }.CopyTo(buffer.Returns);
        new float[] { 1, 2, 3, 5 }.CopyTo(buffer.Values);
        Assert.Equal(1, buffer.ExplainedVariance(), 12);
        buffer.Values.Fill(7);
        Assert.Equal(0, buffer.ExplainedVariance(), 12);
        buffer.Returns.Fill(3);
        Assert.True(double.IsNaN(buffer.ExplainedVariance()));
    }

    [Fact]
    public void GatherTakesRows()
    {
        float[] rows = new float[4];
        RolloutBuffer.Gather([0, 1, 10, 11, 20, 21], 2, [2, 0], rows);
        Assert.Equal([20, 21, 0, 1], rows);
    }

    [Fact]
    public void RefusesEmptyShapes() =>
        Assert.Contains(
            "steps", Assert.Throws<ArgumentOutOfRangeException>(() => new RolloutBuffer(0, 1, 1, 1)).Message);
}
