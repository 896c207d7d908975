using System.Globalization;

namespace FinML.Benchmarks;

/// <summary>
/// Works off requests, a line each, with a line as the answer: <c>threads N</c> gives <c>ok</c>;
/// <c>run TIMES CLOCK WORK</c> gives seconds; <c>version</c> gives what is measured. A request that cannot be met gives
/// <c>error TEXT</c>. The end of the input ends it. Peer scripts speak the same.
/// </summary>
internal static class Server
{
    internal static int Run(Suite suite, TextReader input, TextWriter output)
    {
        var runner = new LocalRunner(suite);
        while (input.ReadLine() is { } line)
        {
            output.WriteLine(Answer(suite, runner, line));
            output.Flush();
        }

        return 0;
    }

    private static string Answer(Suite suite, LocalRunner runner, string line)
    {
        string[] words = line.Split(' ', 4);
        switch (words)
        {
            case ["version"]:
                return suite.Version;
            case ["threads", var number]:
                runner.SetThreads(int.Parse(number, CultureInfo.InvariantCulture));
                return "ok";
            case ["run", var times, var clock, var work] when suite.Works.ContainsKey(work):
                double seconds = runner.Run(work, int.Parse(times, CultureInfo.InvariantCulture), Clock.Of(clock));
                return seconds.ToString("R", CultureInfo.InvariantCulture);
            default:
                return $"error the request '{line}' is not known";
        }
    }
}
