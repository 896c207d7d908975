using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>A loss of a prediction and a target; see torch.nn.functional.</summary>
    public abstract class Loss(string name, torch.nn.Reduction reduction)
        : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>(name)
    {
        public torch.nn.Reduction reduction { get; } = reduction;
    }

    /// <summary>Mean squared error.</summary>
    public sealed class MSELoss(torch.nn.Reduction reduction) : Loss(nameof(MSELoss), reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.mse_loss(input, target, reduction);
    }

    /// <summary>Mean absolute error.</summary>
    public sealed class L1Loss(torch.nn.Reduction reduction) : Loss(nameof(L1Loss), reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.l1_loss(input, target, reduction);
    }

    /// <summary>Huber's loss.</summary>
    public sealed class HuberLoss(torch.nn.Reduction reduction, double delta) : Loss(nameof(HuberLoss), reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.huber_loss(input, target, delta, reduction);
    }

    /// <summary>Huber's loss over beta.</summary>
    public sealed class SmoothL1Loss(
        torch.nn.Reduction reduction, double beta)
        : Loss(nameof(SmoothL1Loss), reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.smooth_l1_loss(input, target, reduction, beta);
    }

    /// <summary>Minus the log-probability of the right class, from logits.</summary>
    public sealed class CrossEntropyLoss(
        torch.nn.Reduction reduction, torch.Tensor? weight, long ignoreIndex)
        : Loss(nameof(CrossEntropyLoss), reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.cross_entropy(input, target, weight, ignoreIndex, reduction);
    }

    /// <summary>Minus the log-probability of the right class.</summary>
    public sealed class NLLLoss(torch.nn.Reduction reduction, torch.Tensor? weight) : Loss(nameof(NLLLoss), reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.nll_loss(input, target, weight, reduction);
    }

    /// <summary>Binary cross entropy from probabilities.</summary>
    public sealed class BCELoss(torch.nn.Reduction reduction, torch.Tensor? weight) : Loss(nameof(BCELoss), reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.binary_cross_entropy(input, target, weight, reduction);
    }

    /// <summary>Binary cross entropy from logits.</summary>
    public sealed class BCEWithLogitsLoss(
        torch.nn.Reduction reduction, torch.Tensor? weight, torch.Tensor? posWeights)
        : Loss(nameof(BCEWithLogitsLoss), reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.binary_cross_entropy_with_logits(
                input, target, weight, reduction, posWeights);
    }

    /// <summary>Minus the log-density of a normal distribution.</summary>
    public sealed class GaussianNLLLoss(bool full, float eps, torch.nn.Reduction reduction)
        : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor>(nameof(GaussianNLLLoss))
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target, torch.Tensor variance) =>
            torch.nn.functional.gaussian_nll_loss(input, target, variance, full, eps, reduction);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Mean squared error.</summary>
            public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) =>
                new(reduction);

            /// <summary>Mean absolute error.</summary>
            public static L1Loss L1Loss(Reduction reduction = Reduction.Mean) =>
                new(reduction);

            /// <summary>Huber's loss.</summary>
            public static HuberLoss HuberLoss(double delta = 1, Reduction reduction = Reduction.Mean) =>
                new(reduction, delta);

            /// <summary>Huber's loss over beta.</summary>
            public static SmoothL1Loss SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1) =>
                new(reduction, beta);

            /// <summary>Minus the log-probability of the right class, from logits.</summary>
            /// <param name="weight">(classes), or none.</param>
            /// <param name="ignore_index">Targets of this number count for nothing; left out: -100.</param>
            /// <param name="reduction">Mean, sum or none. Label smoothing is in the function only.</param>
            public static CrossEntropyLoss CrossEntropyLoss(
                Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
                new(reduction, weight, ignore_index ?? -100);

            /// <summary>Minus the log-probability of the right class.</summary>
            public static NLLLoss NLLLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                new(reduction, weight);

            /// <summary>Binary cross entropy from probabilities.</summary>
            public static BCELoss BCELoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                new(reduction, weight);

            /// <summary>Binary cross entropy from logits.</summary>
            public static BCEWithLogitsLoss BCEWithLogitsLoss(
                Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                new(reduction, weight, pos_weights);

            /// <summary>Minus the log-density of a normal distribution.</summary>
            /// <param name="full">Adds log(2 pi) / 2.</param>
            /// <param name="eps">Least variance. The default is TorchSharp's; PyTorch's module, and the function, have
            /// 1e-6.</param>
            /// <param name="reduction">Mean, sum or none.</param>
            public static GaussianNLLLoss GaussianNLLLoss(
                bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) =>
                new(full, eps, reduction);
        }
    }
}
