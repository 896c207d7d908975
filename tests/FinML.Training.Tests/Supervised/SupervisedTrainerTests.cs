using FinML.Data;
using FinML.Models;

namespace FinML.Training.Tests.Supervised;

public sealed class SupervisedTrainerTests : IDisposable
{
    private const int Window = 8;
    private static readonly SupervisedOptions Options = new() { Epochs = 4, BatchSize = 32, LearningRate = 3e-3 };
    private readonly string folder = Directory.CreateTempSubdirectory("finml-trainer-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_learns_what_the_window_tells()
    {
        var (data, rows) = Planted();
        var trainer = Trainer(Options with { Epochs = 12 });

        trainer.Fit(data, rows, CheckpointStore.None, "fit");

        // The label is a function of the window; an untrained forecast of 0 has loss near .5 E[y^2].
        Assert.True(trainer.EpochLosses[^1] < 0.2 * trainer.EpochLosses[0],
            $"losses: {string.Join(", ", trainer.EpochLosses)}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_does_not()
    {
        var (data, rows) = Planted();

        Assert.Equal(FitAndPredict(data, rows, seed: 1), FitAndPredict(data, rows, seed: 1));
        Assert.NotEqual(FitAndPredict(data, rows, seed: 1), FitAndPredict(data, rows, seed: 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_stopped_run_goes_on_to_the_same_bits(int stopAfter)
    {
        var (data, rows) = Planted();
        double[] uninterrupted = FitAndPredict(data, rows, seed: 1);

        var first = Trainer(Options with { Epochs = stopAfter });
        first.Fit(data, rows, new CheckpointStore(folder, resume: false), "fit");
        var second = Trainer(Options);
        second.Fit(data, rows, new CheckpointStore(folder, resume: true), "fit");

        Assert.Equal(4, second.EpochLosses.Count);
        Assert.Equal(uninterrupted, second.Predict(data, rows));
    }

    [Fact]
    public void Two_threads_that_train_two_models_do_not_disturb_each_other()
    {
        var (data, rows) = Planted();
        double[][] alone = [FitAndPredict(data, rows, seed: 1), FitAndPredict(data, rows, seed: 2)];
        var together = new double[2][];

        Parallel.For(0, 2, i => together[i] = FitAndPredict(data, rows, seed: (ulong)i + 1));

        Assert.Equal(alone, together);
    }

    [Fact]
    public void No_rows_and_bad_options_are_refused_in_a_sentence()
    {
        var (data, _) = Planted();

        Assert.Contains("at least 1", Assert.Throws<ArgumentException>(
            () => Trainer(Options).Fit(data, [], CheckpointStore.None, "fit")).Message);
        Assert.Contains("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(
            () => Trainer(Options with { LearningRate = 0 })).Message);
    }

    [Fact]
    public void A_diverging_fit_stops_with_the_epoch()
    {
        var (data, rows) = Planted(labelScale: 1e30);
        var trainer = Trainer(Options with { HuberDelta = 1e30, LearningRate = 1e30 });

        var error = Assert.Throws<ArithmeticException>(() => trainer.Fit(data, rows, CheckpointStore.None, "fit"));
        Assert.Contains("learning rate", error.Message);
    }

    private static double[] FitAndPredict(WindowDataset data, int[] rows, ulong seed)
    {
        var trainer = Trainer(Options, seed);
        trainer.Fit(data, rows, CheckpointStore.None, "fit");
        return trainer.Predict(data, rows);
    }

    private static SupervisedTrainer Trainer(SupervisedOptions options, ulong seed = 1)
    {
        var model = new WindowForecaster(
            2, Window, new CnnLstmOptions { Channels = 4, Dilations = [1, 2], HiddenSize = 8 }, new Generator(seed));
        return new SupervisedTrainer(model, options, seed);
    }

    /// <summary>Two noise features; the label is the sum of the last three values of the first.</summary>
    private static (WindowDataset Data, int[] Rows) Planted(double labelScale = 1)
    {
        const int Count = 400;
        var random = new RandomStream(42);
        var values = new double[Count * 2];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextNormal();
        var labels = new double[Count];
        for (int t = 2; t < Count; t++)
            labels[t] = labelScale * (values[2 * t] + values[2 * t - 2] + values[2 * t - 4]) / 2;
        var start = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var times = Enumerable.Range(0, Count).Select(t => start.AddDays(t));
        var features = FeatureMatrix.Create(times.ToArray(), ["signal", "noise"], values);
        return (new WindowDataset(features, labels, Window), Enumerable.Range(Window, Count - Window).ToArray());
    }
}
