namespace FinML.Models;

/// <summary>A model that can say what it is.</summary>
public interface IDescribedModel
{
    /// <summary>Parameters, receptive field and cost of one forward pass.</summary>
    ModelCard Describe();
}
