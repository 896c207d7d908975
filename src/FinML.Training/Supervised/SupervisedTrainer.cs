using FinML.Data;

namespace FinML.Training;

/// <summary>
/// Fits a network from windows to labels. Randomness is keyed by (seed, epoch), so that a run that was stopped after an
/// epoch goes on to the same bits: weights and optimiser state are all there is to save.
/// </summary>
public sealed class SupervisedTrainer
{
    private readonly nn.Module<Tensor, Tensor> model;
    private readonly SupervisedOptions options;
    private readonly ulong seed;
    private readonly optim.Optimizer optimizer;
    private readonly List<double> epochLosses = [];

    /// <param name="model">(batch, time, features) to (batch).</param>
    /// <param name="options">How to fit.</param>
    /// <param name="seed">Keys the order of the minibatches.</param>
    public SupervisedTrainer(nn.Module<Tensor, Tensor> model, SupervisedOptions options, ulong seed)
    {
        options.Validate();
        (this.model, this.options, this.seed) = (model, options, seed);
        optimizer = optim.AdamW(model.parameters(), lr: options.LearningRate, weight_decay: options.WeightDecay);
    }

    /// <summary>The mean training loss of each epoch so far.</summary>
    public IReadOnlyList<double> EpochLosses => epochLosses;

    /// <summary>
    /// Trains up to <see cref="SupervisedOptions.Epochs"/>, from the checkpoint where the store has one.
    /// </summary>
    /// <param name="data">Windows and labels.</param>
    /// <param name="rows">The rows to train on; every one has a full window and a label.</param>
    /// <param name="store">Where to save after each epoch.</param>
    /// <param name="key">The checkpoint's name.</param>
    /// <param name="progress">Fraction done.</param>
    /// <param name="cancellation">Stops between minibatches.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    /// <exception cref="ArithmeticException">The loss is no longer finite.</exception>
    public void Fit(
        WindowDataset data,
        IReadOnlyList<int> rows,
        CheckpointStore store,
        string key,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        if (rows.Count == 0)
            throw new ArgumentException("No training rows: at least 1 is needed.", nameof(rows));
        if (store.Load(key) is { } saved)
            Restore(saved);

        int[] order = [.. rows];
        while (epochLosses.Count < options.Epochs)
        {
            rows.ToArray().CopyTo(order, 0);
            new RandomStream(seed, (ulong)epochLosses.Count).Shuffle(order.AsSpan());
            epochLosses.Add(TrainEpoch(data, order, progress, cancellation));
            store.Save(key, Snapshot());
        }

        progress?.Report(1);
    }

    /// <summary>Forecasts for <paramref name="rows"/>, in their order.</summary>
    public double[] Predict(WindowDataset data, IReadOnlyList<int> rows)
    {
        model.eval();
        using var _ = torch.no_grad();
        var forecasts = new double[rows.Count];
        for (int start = 0; start < rows.Count; start += options.BatchSize)
        {
            int[] batch = rows.Skip(start).Take(options.BatchSize).ToArray();
            using var scope = torch.NewDisposeScope();
            var output = model.forward(data.Windows(batch)); // (batch)
            output.to(ScalarType.Float64).cpu().data<double>().ToArray().CopyTo(forecasts, start);
        }

        return forecasts;
    }

    private double TrainEpoch(
        WindowDataset data, int[] order, IProgress<double>? progress, CancellationToken cancellation)
    {
        model.train();
        double lossSum = 0;
        for (int start = 0; start < order.Length; start += options.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = order.AsSpan(start, Math.Min(options.BatchSize, order.Length - start));
            using var scope = torch.NewDisposeScope();
            var loss = nn.functional.huber_loss(
                model.forward(data.Windows(batch)), data.Labels(batch), delta: options.HuberDelta);
            optimizer.zero_grad();
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), options.MaxGradientNorm);
            optimizer.step();
            lossSum += loss.ToDouble() * batch.Length;
            progress?.Report((epochLosses.Count + (double)(start + batch.Length) / order.Length) / options.Epochs);
        }

        double mean = lossSum / order.Length;
        return double.IsFinite(mean)
            ? mean
            : throw new ArithmeticException(
                $"The training loss became {mean} in epoch {epochLosses.Count + 1}: lower the learning rate.");
    }

    private Dictionary<string, byte[]> Snapshot() => Checkpoint.Capture(
        model, optimizer, extra: new() { ["losses"] = epochLosses.SelectMany(BitConverter.GetBytes).ToArray() });

    private void Restore(IReadOnlyDictionary<string, byte[]> saved)
    {
        byte[] losses = Checkpoint.Restore(saved, model, optimizer)["losses"];
        epochLosses.Clear();
        for (int offset = 0; offset < losses.Length; offset += sizeof(double))
            epochLosses.Add(BitConverter.ToDouble(losses, offset));
    }
}
