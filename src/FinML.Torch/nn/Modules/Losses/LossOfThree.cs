namespace FinML.Torch.Modules;

/// <summary>A loss of three inputs; see torch.nn.functional for the formulas.</summary>
public abstract class Loss<T1, T2, T3, TResult> : torch.nn.Module<T1, T2, T3, TResult>
{
    protected Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(nameof(Loss<T1, T2, T3, TResult>)) => this.reduction = reduction;

    /// <summary>What becomes of the losses of the elements.</summary>
    public torch.nn.Reduction reduction { get; }
}
