using System.Diagnostics;

namespace FinML.Data.Tests.Synthetic;

public sealed class SeedProcessTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bits_in_another_process()
    {
        using Process other = OtherProcess.Start(SeedProcess.Name);
        string hash = other.StandardOutput.ReadToEnd().Trim(), errors = other.StandardError.ReadToEnd();
        other.WaitForExit();
        Assert.True(other.ExitCode == 0, errors);
        Assert.Equal(SeedProcess.Hash(), hash);
    }
}
