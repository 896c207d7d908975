namespace FinML.Models;

/// <summary>
/// A point forecast from a window: extractor, then one linear unit. (batch, time, features) to (batch).
/// </summary>
public sealed class WindowForecaster : nn.Module<Tensor, Tensor>, IDescribedModel
{
    private readonly CnnLstmExtractor extractor;
    private readonly Linear head;

    /// <param name="features">Features a step.</param>
    /// <param name="window">Steps of a window.</param>
    /// <param name="options">The extractor's sizes.</param>
    /// <param name="generator">Draws the initial weights.</param>
    public WindowForecaster(int features, int window, CnnLstmOptions options, Generator generator)
        : base(nameof(WindowForecaster))
    {
        extractor = new CnnLstmExtractor(features, window, options, generator);
        head = nn.Linear(options.HiddenSize, 1);
        RegisterComponents();
        WeightInitialisation.Apply(head, generator);
        this.to(Devices.Default);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => head.forward(extractor.forward(input)).squeeze(-1);

    /// <inheritdoc/>
    public ModelCard Describe()
    {
        var card = extractor.Describe();
        long headParameters = head.parameters().Sum(parameter => parameter.numel());
        return card with
        {
            Name = card.Name + " forecaster",
            Parameters = card.Parameters + headParameters,
            MultiplyAccumulates = card.MultiplyAccumulates + headParameters - 1,
        };
    }
}
