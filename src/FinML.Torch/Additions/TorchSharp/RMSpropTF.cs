namespace FinML.Torch;

/// <summary>
/// RMSprop as TensorFlow has it: s = alpha s + (1 - alpha) g^2 from s = 1, the epsilon inside the root, and the rate
/// inside the momentum: b = momentum b + lr g / sqrt(s + eps); p -= b; centred, the running mean's square is taken off
/// s in the root.
/// </summary>
public sealed class RMSpropTF : OptimizerHelper
{
    private readonly double alpha, eps, momentum, decay;
    private readonly bool centered;
    private readonly Dictionary<Parameter, (torch.Tensor Square, torch.Tensor Mean, torch.Tensor Buffer)> states = [];

    /// <param name="parameters">Trainable tensors.</param>
    /// <param name="lr">Learning rate, at least 0.</param>
    /// <param name="alpha">Decay of the mean square, in [0, 1].</param>
    /// <param name="eps">Added under the root, at least 0.</param>
    /// <param name="weight_decay">L2 coefficient, at least 0.</param>
    /// <param name="momentum">At least 0.</param>
    /// <param name="centered">Divide by the standard deviation in place of the root mean square.</param>
    public RMSpropTF(
        IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.9, double eps = 1e-10,
        double weight_decay = 0, double momentum = 0, bool centered = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lr);
        ArgumentOutOfRangeException.ThrowIfNegative(eps);
        ArgumentOutOfRangeException.ThrowIfNegative(weight_decay);
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        if (!(alpha >= 0 && alpha <= 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, $"alpha must be in [0, 1], got {alpha}.");
        (this.alpha, this.eps, this.momentum, decay, this.centered) = (alpha, eps, momentum, weight_decay, centered);
        var options = new OptimizerOptions { LearningRate = lr, InitialLearningRate = lr };
        _defaults = options;
        _parameter_groups = [new ParamGroup { Parameters = parameters.ToArray(), Options = options }];
    }

    /// <inheritdoc/>
    public override torch.Tensor step(Func<torch.Tensor>? closure = null) => _step<ParamGroup>(
        group =>
        {
            foreach (Parameter parameter in group.Parameters)
            {
                if (parameter.grad is { } gradient)
                    Update(parameter, gradient, group.LearningRate);
            }
        },
        closure);

    private void Update(Parameter parameter, torch.Tensor gradient, double rate)
    {
        if (!states.TryGetValue(parameter, out (torch.Tensor Square, torch.Tensor Mean, torch.Tensor Buffer) state))
        {
            state = (
                torch.ones_like(parameter).DetachFromDisposeScope(),
                torch.zeros_like(parameter).DetachFromDisposeScope(),
                torch.zeros_like(parameter).DetachFromDisposeScope());
            states[parameter] = state;
        }

        torch.Tensor g = decay == 0 ? gradient : gradient.add(parameter, decay);
        state.Square.mul_(alpha).addcmul_(g, g, 1 - alpha);
        torch.Tensor spread = state.Square;
        if (centered)
        {
            state.Mean.mul_(alpha).add_(g, 1 - alpha);
            spread = spread - state.Mean.square();
        }

        state.Buffer.mul_(momentum).addcdiv_(g, (spread + eps).sqrt(), rate);
        parameter.sub_(state.Buffer);
    }
}
