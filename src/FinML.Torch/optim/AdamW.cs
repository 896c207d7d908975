using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019), in PyTorch's formulas, one fused
    /// pass over each parameter.</summary>
    public sealed class AdamW : OptimizerHelper
    {
        private readonly AdamSettings defaults;

        internal AdamW(
            IEnumerable<ParamGroup> parameters, double lr, double beta1, double beta2, double eps, double weight_decay,
            bool amsgrad, bool maximize)
            : base(lr)
        {
            defaults = new AdamSettings(beta1, beta2, eps, weight_decay, amsgrad, maximize).Checked();
            Start(parameters);
        }

        private protected override OptimizerSlots Slots { get; } = AdamSettings.Slots();

        private protected override void Complete(Modules.ParamGroup group) => Own<ParamGroup>(group).Own ??= defaults;

        private protected override int TensorsOf(Modules.ParamGroup group) => ((ParamGroup)group).Own!.Tensors;

        private protected override void Update<T>(
            Modules.ParamGroup group, int index, torch.Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient) =>
            ((ParamGroup)group).Own!.Update(
                Slots.Next(index, parameter, TensorsOf(group)), group.LearningRate, decoupled: true, values, gradient);

        /// <summary>Parameters with settings of their own.</summary>
        public sealed class ParamGroup : Modules.ParamGroup, torch.optim.IBetas
        {
            /// <summary>With the optimiser's settings.</summary>
            public ParamGroup()
            {
            }

            /// <summary>All settings are the group's own.</summary>
            public ParamGroup(
                IEnumerable<torch.Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, lr) =>
                Own = new AdamSettings(beta1, beta2, eps, weight_decay, amsgrad, maximize).Checked();

            /// <summary>Both decays, in [0, 1).</summary>
            public (double, double) Betas
            {
                get => (Own ?? AdamSettings.Default).Betas;
                set => Own = (Own ?? AdamSettings.Default).With(value);
            }

            internal AdamSettings? Own { get; set; }
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>AdamW. The default is no decay, as in TorchSharp (PyTorch's is 0.01): pass it.</summary>
            /// <param name="parameters">Trainable tensors.</param>
            /// <param name="lr">Learning rate, at least 0.</param>
            /// <param name="beta1">Decay of the mean gradient, in [0, 1).</param>
            /// <param name="beta2">Decay of the mean square, in [0, 1).</param>
            /// <param name="eps">Added to the root, at least 0.</param>
            /// <param name="weight_decay">The parameter shrinks by lr * weight_decay at each step.</param>
            /// <param name="amsgrad">Divide by the running maximum of the mean square.</param>
            /// <param name="maximize">Ascend.</param>
            public static AdamW AdamW(
                IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new([new AdamW.ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad,
                maximize);

            /// <summary>The same of a module's named_parameters().</summary>
            public static AdamW AdamW(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9,
                double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
                bool maximize = false) =>
                AdamW(parameters.Select(p => p.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>The same over groups with settings of their own.</summary>
            public static AdamW AdamW(
                IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
