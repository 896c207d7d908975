namespace FinML.Agents;

/// <summary>The nonlinearity between the layers of a perceptron.</summary>
public enum Activation
{
    Tanh,
    ReLU,
}
