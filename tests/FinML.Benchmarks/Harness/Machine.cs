using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FinML.Benchmarks;

/// <summary>Where and when a table was made, and with what.</summary>
internal sealed record Machine(string Processor, int Cores, string Vectors, string Ours, string? Peer, string Date)
{
    internal static Machine Here(string ours, string? peer) => new(
        ProcessorName(),
        Environment.ProcessorCount,
        Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "AVX2" : "128 bits",
        $"{ours}, {RuntimeInformation.FrameworkDescription}",
        peer,
        DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    public override string ToString() =>
        $"{Processor}, {Cores} cores, {Vectors}; {Ours}; {Peer ?? "no peer"}; {Date}. "
        + "Medians; one thread in processor time, two by the wall clock.";

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo", key = "model name";
        string? line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
