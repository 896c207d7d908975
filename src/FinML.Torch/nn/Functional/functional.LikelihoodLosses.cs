namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>target (log target - input), input being log-probabilities. The mean is over all elements, as
            /// in PyTorch: divide the sum by the batch for the divergence itself.</summary>
            /// <param name="input">Log-probabilities.</param>
            /// <param name="target">Log-probabilities, or probabilities (0 gives 0).</param>
            /// <param name="log_target">What the target is. The default is TorchSharp's; PyTorch's is false.</param>
            /// <param name="reduction">Mean, sum or none.</param>
            public static Tensor kl_div(
                Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean)
            {
                CheckShapes("kl_div", input, target);
                if (log_target)
                    return Reduce(target.exp() * (target - input), reduction);
                Tensor zero = target.detach().eq(0);
                Tensor logs = where(zero, 1, target).log();
                return Reduce((target * logs) - (target * input), reduction);
            }

            /// <summary>exp(input) - target input, or input - target log(input + eps); with <paramref name="full"/>
            /// Stirling's log target! for targets above 1.</summary>
            /// <param name="input">The log of the rate, or the rate.</param>
            /// <param name="target">Counts.</param>
            /// <param name="log_input">Which of the two.</param>
            /// <param name="full">Add target log target - target + log(2 pi target) / 2.</param>
            /// <param name="eps">Added to a rate in its logarithm.</param>
            /// <param name="reduction">Mean, sum or none.</param>
            public static Tensor poisson_nll_loss(
                Tensor input, Tensor target, bool log_input = true, bool full = false, float eps = 1e-8f,
                Reduction reduction = Reduction.Mean)
            {
                CheckShapes("poisson_nll_loss", input, target);
                Tensor loss = log_input
                    ? input.exp() - (target * input)
                    : input - (target * (input + eps).log());
                if (full)
                {
                    Tensor above = target.detach().gt(1);
                    Tensor safe = where(above, target, 2);
                    Tensor stirling = (safe * safe.log()) - safe + ((safe * (2 * Math.PI)).log() * 0.5);
                    loss += where(above, stirling, 0);
                }

                return Reduce(loss, reduction);
            }
        }
    }
}
