using FinML.Data;
using FinML.Models;
using Fold = FinML.Data.Fold; // TorchSharp has a layer of that name

namespace FinML.Training;

/// <summary>
/// Fits a forecaster on the training slice of each fold and forecasts its test rows. The scaler is fitted on the same
/// slice; whatever stands downstream of these forecasts sees none that was made in sample.
/// </summary>
public static class WalkForwardForecaster
{
    /// <summary>Runs all folds.</summary>
    /// <param name="features">What each row knows; complete from the first training row on.</param>
    /// <param name="labels">What is forecast, one a row; NaN where it is not known.</param>
    /// <param name="folds">The walk.</param>
    /// <param name="options">Network and fit.</param>
    /// <param name="store">Keeps finished epochs, under the keys forecaster-FOLD.</param>
    /// <param name="threads">Folds trained side by side; the result does not depend on it.</param>
    /// <param name="progress">Fraction done.</param>
    /// <param name="cancellation">Stops between minibatches.</param>
    public static WalkForwardForecast Run(
        FeatureMatrix features,
        double[] labels,
        IReadOnlyList<Fold> folds,
        ForecasterOptions options,
        CheckpointStore store,
        int threads = 1,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        options.Validate();
        if (folds.Count == 0)
            throw new ArgumentException("No folds: at least 1 is needed.", nameof(folds));

        var values = new double[features.Rows];
        Array.Fill(values, double.NaN);
        var losses = new IReadOnlyList<double>[folds.Count];
        double[] costs = folds.Select(fold => (double)fold.Train.Length).ToArray();
        ParallelJobs.Run(costs, threads, progress, cancellation, (i, jobProgress) =>
        {
            var fold = folds[i];
            var scaled = StandardScaler.Fit(fold.Train, features, options.FeatureClip).Transform(features);
            var data = new WindowDataset(scaled, labels, options.Window);

            ulong seed = options.Seed + (ulong)fold.Number;
            var model = new WindowForecaster(features.Columns, options.Window, options.Model, new Generator(seed));
            var trainer = new SupervisedTrainer(model, options.Training, seed);
            string key = $"forecaster-{fold.Number}";
            trainer.Fit(data, data.TrainingRows(fold.Train), store, key, jobProgress, cancellation);

            int[] testRows = data.TestRows(fold);
            double[] forecasts = trainer.Predict(data, testRows);
            for (int k = 0; k < testRows.Length; k++)
                values[testRows[k]] = forecasts[k];
            losses[i] = trainer.EpochLosses;
        });
        return new WalkForwardForecast(values, losses);
    }
}
