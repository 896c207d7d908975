using System.Diagnostics;
using FinML.Models;

namespace FinML.Benchmarks.Torch;

/// <summary>Compiled plans on one observation: what a deployed policy waits for.</summary>
internal static class InferenceRows
{
    private const int Samples = 101, RunsPerSample = 1000, Calls = 1_000_000;

    internal static void AddTo(List<Row> rows)
    {
        var latencies = new Lazy<double[]>(ForecasterLatencies);
        rows.AddRange(
        [
            new QuantityRow("inference MLP 64", "us", () => Repeated(Mlp())),
            new QuantityRow("inference LSTM step 64", "us", () => Repeated(LstmStep())),
            new QuantityRow("inference CNN+LSTM, 64 steps", "us", () => latencies.Value),
            new QuantityRow(
                "inference CNN+LSTM, 99.99 % of a million calls", "us",
                () => [latencies.Value[(int)(0.9999 * (Calls - 1))]]),
        ]);
    }

    private static Action Mlp()
    {
        Sequential net = MlpRows.Small(3);
        net.eval();
        InferencePlan plan = net.compile_inference(TorchSuite.Normal(1, 32));
        float[] x = new float[32], y = new float[3];
        return () => plan.Run(x, y);
    }

    private static Action LstmStep()
    {
        LSTM layer = torch.nn.LSTM(16, 64);
        InferencePlan plan = layer.compile_inference(
            t =>
            {
                var (output, last, cell) = layer.call(t[0], (t[1], t[2]));
                return [output, last, cell];
            },
            TorchSuite.Normal(1, 1, 16), TorchSuite.Normal(1, 1, 64), TorchSuite.Normal(1, 1, 64));
        float[] x = new float[16], y = new float[64], h = new float[64], c = new float[64];
        return () => plan.Run([x, h, c], [y, h, c]);
    }

    /// <summary>Microseconds of a run, the mean over a sample.</summary>
    private static double[] Repeated(Action run)
    {
        for (int i = 0; i < 20 * RunsPerSample; i++)
            run();
        return [.. Enumerable.Range(0, Samples).Select(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < RunsPerSample; i++)
                run();
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / RunsPerSample;
        })];
    }

    /// <summary>Microseconds of each of a million runs of the quickstart's forecaster, sorted.</summary>
    private static double[] ForecasterLatencies()
    {
        const int features = 12, window = 64;
        var model = new WindowForecaster(features, window, new CnnLstmOptions(), new torch.Generator(1));
        model.eval();
        InferencePlan plan = model.compile_inference(TorchSuite.Normal(1, window, features));
        float[] x = new float[window * features], y = new float[1];
        for (int i = 0; i < RunsPerSample; i++)
            plan.Run(x, y);
        double[] latencies = new double[Calls];
        for (int i = 0; i < Calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            plan.Run(x, y);
            latencies[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(latencies);
        return latencies;
    }
}
