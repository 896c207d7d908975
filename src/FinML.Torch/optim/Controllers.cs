namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>What a schedule moves: the step size.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            double InitialLearningRate { get; set; }
        }

        /// <summary>What a cyclic schedule moves beside the rate: momentum, at least 0.</summary>
        public interface IMomentum
        {
            double Momentum { get; set; }
        }

        /// <summary>What a cyclic schedule moves beside the rate: the two decays of Adam's family, in [0, 1).</summary>
        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }
    }
}
