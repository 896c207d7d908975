using FinML.Torch.Kernels;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>
    /// Adam (Kingma and Ba, ICLR 2015), AdamW (decoupled weight decay: Loshchilov and Hutter, ICLR 2019) and their
    /// AMSGrad forms (Reddi, Kale and Kumar, ICLR 2018), in PyTorch's formulas, one fused pass over each parameter.
    /// </summary>
    public sealed class Adam : torch.optim.Optimizer
    {
        private readonly double beta1, beta2, eps;
        private readonly bool decoupled, amsgrad, maximize;
        private readonly OptimizerSlots slots;

        internal Adam(
            IEnumerable<torch.optim.ParamGroup> parameters, double lr, double beta1, double beta2, double eps,
            double weight_decay, bool decoupled, bool amsgrad, bool maximize)
            : base(parameters, lr, weight_decay)
        {
            this.beta1 = InRange("beta1", beta1, 0, 1 - 1e-12);
            this.beta2 = InRange("beta2", beta2, 0, 1 - 1e-12);
            this.eps = InRange("eps", eps, 0, double.MaxValue);
            this.decoupled = decoupled;
            this.amsgrad = amsgrad;
            this.maximize = maximize;
            slots = amsgrad
                ? new OptimizerSlots("exp_avg", "exp_avg_sq", "max_exp_avg_sq")
                : new OptimizerSlots("exp_avg", "exp_avg_sq");
        }

        private protected override void Update<T>(
            torch.optim.ParamGroup group, int index, torch.Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            (long step, torch.Tensor[] buffers) = slots.Next(index, parameter);
            new AdamKernel<T>(step, group.LearningRate, beta1, beta2, eps, group.WeightDecay, decoupled, maximize)
                .ApplyOnThreads(
                    values, gradient, buffers[0].Span<T>(), buffers[1].Span<T>(),
                    amsgrad ? buffers[2].Span<T>() : []);
        }

        private protected override IEnumerable<(string Name, torch.Tensor Value)> SaveState(int index) =>
            slots.Save(index);

        private protected override Action LoadState(
            int index, torch.Tensor parameter, Dictionary<string, torch.Tensor> saved) =>
            slots.Load(index, parameter, saved);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adam; <paramref name="weight_decay"/> is added to the gradient.</summary>
            /// <param name="parameters">Trainable tensors.</param>
            /// <param name="lr">Learning rate, at least 0.</param>
            /// <param name="beta1">Decay of the mean gradient, in [0, 1).</param>
            /// <param name="beta2">Decay of the mean square, in [0, 1). The default is PyTorch's; TorchSharp's
            /// was 0.99 until March 2023.</param>
            /// <param name="eps">Added to the root, at least 0.</param>
            /// <param name="weight_decay">L2 coefficient, at least 0.</param>
            /// <param name="amsgrad">Divide by the running maximum of the mean square.</param>
            /// <param name="maximize">Ascend.</param>
            public static Adam Adam(
                IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new([new ParamGroup(parameters)], lr, beta1, beta2, eps, weight_decay, false, amsgrad, maximize);

            /// <summary>Adam over groups with learning rates of their own.</summary>
            public static Adam Adam(
                IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, false, amsgrad, maximize);

            /// <summary>AdamW: the parameter shrinks by lr * weight_decay at each step, beside the gradient's way.
            /// The default is no decay, as in TorchSharp (PyTorch's is 0.01): pass it.</summary>
            public static Adam AdamW(
                IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new([new ParamGroup(parameters)], lr, beta1, beta2, eps, weight_decay, true, amsgrad, maximize);

            /// <summary>AdamW over groups with learning rates of their own.</summary>
            public static Adam AdamW(
                IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, true, amsgrad, maximize);
        }
    }
}
