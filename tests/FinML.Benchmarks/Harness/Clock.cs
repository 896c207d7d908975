using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FinML.Benchmarks;

/// <summary>
/// Time as the wall shows it, or processor time of the whole process (garbage collection included). Single-threaded
/// work is timed by the latter on both sides: what else runs on the machine then hardly shows.
/// </summary>
internal sealed partial record Clock
{
    private const int ProcessTime = 2; // CLOCK_PROCESS_CPUTIME_ID of Linux

    private readonly bool processor;

    private Clock(bool processor) => this.processor = processor;

    internal static Clock Wall { get; } = new(false);

    /// <summary>Processor time where the system has such a clock at nanoseconds, else the wall's.</summary>
    internal static Clock Processor { get; } = new(OperatingSystem.IsLinux());

    /// <summary>Its name in the protocol.</summary>
    internal string Name => processor ? "processor" : "wall";

    internal static Clock Of(string name) => name switch
    {
        "wall" => Wall,
        "processor" => Processor,
        _ => throw new ArgumentException($"There is no clock {name}."),
    };

    internal double Seconds()
    {
        if (!processor)
            return (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;
        return GetTime(ProcessTime, out TimeSpec time) == 0
            ? time.Seconds + (time.Nanoseconds * 1e-9)
            : throw new InvalidOperationException("The clock of processor time cannot be read.");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
