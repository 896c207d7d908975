namespace FinML.Torch;

public static partial class torch
{
    public static partial class distributions
    {
        /// <summary>A distribution whose density is exp(t(x) . theta - A(theta)); here for the type, each member has
        /// its own formulas.</summary>
        public abstract class ExponentialFamily : Distribution
        {
            private protected ExponentialFamily(Generator? generator, long[] batch_shape, long[]? event_shape = null)
                : base(generator, batch_shape, event_shape)
            {
            }
        }
    }
}
