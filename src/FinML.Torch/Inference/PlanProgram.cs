namespace FinML.Torch;

/// <summary>What the instances of a plan share: the steps, with their packed weights, and the layout.</summary>
internal sealed class PlanProgram
{
    private readonly PlanLowering[] steps;
    private readonly PlanLayout layout;

    internal PlanProgram(Trace trace)
    {
        Inputs = trace.Inputs;
        Outputs = trace.Outputs;
        steps = [.. trace.Operations.Where(o => o.Name != "view").Select(PlanLowerings.Of)];
        layout = new PlanLayout(trace, steps.Select(s => s.Scratch).DefaultIfEmpty().Max());
    }

    internal TraceValue[] Inputs { get; }

    internal TraceValue[] Outputs { get; }

    /// <summary>The steps on memory of their own, and the tensors of the inputs and outputs in it.</summary>
    internal (PlanStep[] Steps, Tensor[] Inputs, Tensor[] Outputs) Bind()
    {
        PlanMemory memory = new(layout);
        return (
            Array.ConvertAll(steps, s => s.Bind(memory)),
            Array.ConvertAll(Inputs, v => memory[v]),
            Array.ConvertAll(Outputs, v => memory[v]));
    }
}
