namespace FinML.Torch.Modules;

/// <summary>A loss with weights of classes or elements; they are saved with the module and not trained.</summary>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    protected WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        this.weight = weight;
        if (weight is not null)
            register_buffer(nameof(weight), weight);
    }

    /// <summary>Of classes or elements, or null.</summary>
    public torch.Tensor? weight { get; }
}
