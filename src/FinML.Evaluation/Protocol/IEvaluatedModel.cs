using FinML.Data;

namespace FinML.Evaluation;

/// <summary>A model as the protocol runs it: fitted on training rows, then asked for forecasts of rows it has not
/// seen.</summary>
/// <remarks>Fit is called from several threads at once, for different folds and seeds: it keeps nothing in the
/// model.</remarks>
public interface IEvaluatedModel
{
    /// <summary>What it is called in tables and in the declared family.</summary>
    string Name { get; }

    /// <summary>Every setting that was chosen, as a JSON object: it goes into the ledger.</summary>
    string Configuration { get; }

    /// <summary>Fits; everything random in it comes from <paramref name="seed"/>.</summary>
    /// <param name="sample">Features and labels of the training rows; asking for another label throws.</param>
    /// <param name="seed">Of this run.</param>
    IFittedModel Fit(TrainingSample sample, ulong seed);
}
