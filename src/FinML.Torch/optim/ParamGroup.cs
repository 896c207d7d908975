namespace FinML.Torch.Modules;

/// <summary>Parameters that share a learning rate and the other settings of an optimiser. What is left out is taken
/// from the optimiser; each optimiser has a group class of its own with its settings.</summary>
public class ParamGroup : torch.optim.ILearningRateController
{
    private double learningRate;

    /// <summary>A group with the optimiser's settings; set <see cref="Parameters"/>.</summary>
    public ParamGroup()
    {
    }

    /// <param name="parameters">Trainable tensors, each in one group only.</param>
    /// <param name="lr">Learning rate; left out: the optimiser's.</param>
    public ParamGroup(IEnumerable<torch.Tensor> parameters, double? lr = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        GivenRate = lr;
    }

    /// <summary>Trainable tensors; fixed once an optimiser has the group.</summary>
    public IEnumerable<torch.Tensor> Parameters
    {
        get;
        set => field = Adopted
            ? throw new InvalidOperationException("the parameters of a group that an optimiser has are fixed.")
            : value.ToArray();
    } = [];

    /// <summary>The step size, finite and at least 0.</summary>
    public double LearningRate
    {
        get => learningRate;
        set => learningRate = torch.optim.Optimizer.InRange("lr", value, 0, double.MaxValue);
    }

    public double InitialLearningRate { get; set; }

    internal double? GivenRate { get; }

    /// <summary>True once an optimiser has it.</summary>
    internal bool Adopted { get; set; }
}
