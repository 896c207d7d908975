namespace FinML.Torch;

/// <summary>One step of a plan, bound to the memory of one instance. Execute allocates nothing.</summary>
internal abstract class PlanStep
{
    internal abstract void Execute();
}

/// <summary>A step without state of its own.</summary>
internal sealed class CallStep(Action<Tensor[], Tensor> run, Tensor[] inputs, Tensor output) : PlanStep
{
    internal override void Execute() => run(inputs, output);
}

/// <summary>An elementwise operation by its type.</summary>
internal sealed class ElementwiseStep(ElementwiseKernel kernel, Tensor[] inputs, Tensor output) : PlanStep
{
    internal override void Execute() => kernel.Run(inputs, output);
}
