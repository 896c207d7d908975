namespace FinML.Benchmarks.Tests;

public sealed class ServerTests
{
    [Fact]
    public void Requests_are_answered_line_by_line()
    {
        int done = 0, threads = 0;
        var suite = new Suite(
            "toy", "Peer", "peer.py", new Dictionary<string, string>(),
            new Dictionary<string, Func<Action>> { ["count up"] = () => () => done++ }, [], n => threads = n, "toy 1");
        using var output = new StringWriter { NewLine = "\n" };
        using var input = new StringReader("version\nthreads 2\nrun 5 wall count up\nrun 1 wall nothing\n");
        Assert.Equal(0, Server.Run(suite, input, output));
        string[] answers = output.ToString().Split('\n');
        Assert.Equal(["toy 1", "ok"], answers[..2]);
        Assert.True(double.Parse(answers[2], System.Globalization.CultureInfo.InvariantCulture) >= 0);
        Assert.Equal("error the request 'run 1 wall nothing' is not known", answers[3]);
        Assert.Equal((5, 2), (done, threads));
    }

    [Fact]
    public void Every_work_of_the_suite_runs()
    {
        Suite suite = Torch.TorchSuite.Create();
        var runner = new LocalRunner(suite);
        Assert.All(suite.Works.Keys, work => Assert.True(runner.Run(work, 1, Clock.Processor) > 0, work));
    }
}
