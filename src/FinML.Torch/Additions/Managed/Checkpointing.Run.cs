namespace FinML.Torch;

public static partial class Checkpointing
{
    private static torch.Tensor[] Run(Func<torch.Tensor[], torch.Tensor[]> function, torch.Tensor[] inputs) =>
        CheckpointFrame.Run(function, inputs);
}
