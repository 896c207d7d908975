using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FinML.Data.Tests.Synthetic;

/// <summary>The other process of <see cref="SeedProcessTests"/>: prints a hash of what every generator draws.</summary>
internal static class SeedProcess
{
    public const string Name = "seeds";

    public static int Run()
    {
        Console.WriteLine(Hash());
        return 0;
    }

    public static string Hash()
    {
        RandomStream random = new(2024, 7);
        FactorSample factors = new FactorPanel().Create(40, random);
        HawkesEvents events = new HawkesFlow().Simulate(100, random);
        double[] all =
        [
            .. new GeometricBrownianMotion().Prices(100, random), .. new MertonJumps().Prices(100, random),
            .. new HestonModel().Prices(100, random), .. new GarchProcess { DegreesOfFreedom = 4 }.Prices(100, random),
            .. new RegimeSwitching().Prices(100, random), .. factors.PlantedReturns, .. factors.Panel.Column(9, 0),
            .. new StudentCopula().Returns(40, random)[3], .. events.Times,
            .. events.Types.Select(type => (double)type),
            .. SequentialBootstrap.Draw(LabelSpans.Fixed(60, 5), 30, random).Select(row => (double)row),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(all.AsSpan())));
    }
}
