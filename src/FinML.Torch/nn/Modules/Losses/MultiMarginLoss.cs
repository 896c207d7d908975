using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The hinge loss of several classes: by how much the right class fails to lead each other one.</summary>
    public sealed class MultiMarginLoss : WeightedLoss<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        public MultiMarginLoss(
            int p = 1, double margin = 1.0, torch.Tensor? weight = null,
            torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
            : base(weight, reduction)
        {
            this.p = p;
            this.margin = margin;
        }

        /// <summary>The exponent, 1 or 2.</summary>
        public int p { get; }

        /// <summary>By how much the right class should lead.</summary>
        public double margin { get; }

        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.multi_margin_loss(input, target, p, margin, weight, reduction);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The hinge loss of several classes: by how much the right class fails to lead each other one.
            /// </summary>
            /// <param name="p">The exponent, 1 or 2.</param>
            /// <param name="margin">By how much the right class should lead.</param>
            /// <param name="weight">Of each class, or none.</param>
            /// <param name="reduction">Mean, sum or none.</param>
            public static MultiMarginLoss MultiMarginLoss(
                int p = 1, double margin = 1.0, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                new(p, margin, weight, reduction);
        }
    }
}
