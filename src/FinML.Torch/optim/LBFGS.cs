using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>
    /// Limited-memory BFGS (Liu and Nocedal, Mathematical Programming 1989), in PyTorch's form: each step runs up to
    /// <c>max_iter</c> iterations, all parameters being one vector; the direction comes from the two-loop recursion
    /// over the last <c>history_size</c> changes. Vectors are kept in float64.
    /// </summary>
    public sealed class LBFGS : torch.optim.Optimizer, torch.optim.ILearningRateController
    {
        private readonly long maxIterations, maxEvaluations;
        private readonly double toleranceGradient, toleranceChange;
        private readonly bool lineSearch;
        private readonly LbfgsMemory memory;

        internal LBFGS(
            IEnumerable<torch.Tensor> parameters, double lr, long max_iter, long? max_eval, double tolerance_grad,
            double tolerance_change, long history_size, string? line_search_fn)
            : base(lr)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max_iter);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(history_size);
            if (line_search_fn is not (null or "strong_wolfe"))
            {
                throw new ArgumentException(
                    $"line_search_fn must be null or \"strong_wolfe\", got \"{line_search_fn}\".",
                    nameof(line_search_fn));
            }

            maxIterations = max_iter;
            maxEvaluations = max_eval ?? max_iter * 5 / 4;
            toleranceGradient = InRange("tolerange_grad", tolerance_grad, 0, double.MaxValue);
            toleranceChange = InRange("tolerance_change", tolerance_change, 0, double.MaxValue);
            lineSearch = line_search_fn is not null;
            memory = new LbfgsMemory(checked((int)history_size));
            Start([new ParamGroup(parameters)]);
        }

        /// <summary>The step size, or the first one that the line search tries.</summary>
        public double LearningRate
        {
            get => Groups[0].LearningRate;
            set => Groups[0].LearningRate = value;
        }

        public double InitialLearningRate
        {
            get => Groups[0].InitialLearningRate;
            set => Groups[0].InitialLearningRate = value;
        }

        /// <summary>Up to <c>max_iter</c> iterations.</summary>
        /// <param name="closure">Clears the gradients, computes the loss and its gradients, and returns the loss;
        /// called several times.</param>
        /// <returns>The loss at the start.</returns>
        /// <exception cref="ArgumentNullException">There is no closure.</exception>
        public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
        {
            ArgumentNullException.ThrowIfNull(closure);
            torch.Tensor first = Evaluate(closure)!;
            double loss = first.detach().ToDouble();
            double[] gradient = Gradient();
            long evaluations = memory.Evaluations + 1, limit = memory.Evaluations + maxEvaluations;
            for (long i = 1; i <= maxIterations && Largest(gradient) > toleranceGradient; i++)
            {
                double[] direction = memory.Direction(gradient);
                double before = loss, slope = LbfgsMemory.Dot(gradient, direction);
                double step = memory.Iterations > 1
                    ? LearningRate
                    : Math.Min(1, 1 / gradient.Sum(Math.Abs)) * LearningRate;
                if (slope > -toleranceChange)
                {
                    memory.Remember(direction, 0, gradient);
                    break;
                }

                double[] start = Values();
                double[] from = gradient;
                if (lineSearch)
                {
                    (StrongWolfe.Point taken, int calls) = StrongWolfe.Search(
                        t => At(closure, start, direction, t),
                        new StrongWolfe.Point(0, loss, gradient, slope), step, Largest(direction));
                    (step, loss, gradient) = (taken.Step, taken.Value, taken.Gradient);
                    Move(start, direction, step);
                    evaluations += calls;
                }
                else
                {
                    Move(start, direction, step);
                    if (i < maxIterations)
                    {
                        loss = Evaluate(closure)!.detach().ToDouble();
                        gradient = Gradient();
                        evaluations++;
                    }
                }

                memory.Remember(direction, step, from);
                if (evaluations >= limit || step * Largest(direction) <= toleranceChange
                    || Math.Abs(loss - before) < toleranceChange)
                {
                    break;
                }
            }

            memory.Evaluations = evaluations;
            return first;
        }

        /// <exception cref="InvalidOperationException">There is one group only.</exception>
        public override void add_param_group(ParamGroup param_group)
        {
            if (Groups.Count > 0)
                throw new InvalidOperationException("LBFGS has one group of parameters.");
            base.add_param_group(param_group);
        }

        private protected override void Complete(ParamGroup group)
        {
        }

        private protected override IEnumerable<(string Name, torch.Tensor Value)> SaveState(int index) =>
            index == 0 ? memory.Save() : [];

        private protected override Action LoadState(
            int index, torch.Tensor parameter, Dictionary<string, torch.Tensor> saved)
        {
            if (index == 0)
                return memory.Load(saved, checked((int)parameters().Sum(p => p.NumberOfElements)));
            return saved.Count == 0
                ? () => { }
            : throw new ArgumentException($"LBFGS keeps its state under parameter 0, got one for {index}.");
        }

        private static double Largest(double[] x) => x.Length == 0 ? 0 : x.Max(Math.Abs);

        private StrongWolfe.Point At(Func<torch.Tensor> closure, double[] start, double[] direction, double step)
        {
            Move(start, direction, step);
            double value = Evaluate(closure)!.detach().ToDouble();
            double[] gradient = Gradient();
            return new StrongWolfe.Point(step, value, gradient, LbfgsMemory.Dot(gradient, direction));
        }

        private double[] Gradient() => Flat(p => p.Meta?.Gradient);

        private double[] Values() => Flat(p => p);

        private double[] Flat(Func<torch.Tensor, torch.Tensor?> part)
        {
            double[] result = new double[parameters().Sum(p => p.NumberOfElements)];
            int at = 0;
            foreach (torch.Tensor parameter in parameters())
            {
                if (part(parameter) is { } tensor)
                {
                    tensor.detach().to(torch.ScalarType.Float64).contiguous().Span<double>()
                        .CopyTo(result.AsSpan(at));
                }

                at += parameter.Count;
            }

            return result;
        }

        /// <summary>The parameters become start + step direction.</summary>
        private void Move(double[] start, double[] direction, double step)
        {
            int at = 0;
            foreach (torch.Tensor parameter in parameters())
            {
                using torch.Tensor target = torch.Tensor.Uninitialized(parameter.Sizes, torch.ScalarType.Float64);
                Span<double> values = target.Span<double>();
                for (int i = 0; i < values.Length; i++, at++)
                    values[i] = start[at] + (step * direction[at]);
                Copying.Copy(target, parameter);
                parameter.MarkWritten("optimizer.step");
            }
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Limited-memory BFGS; its step needs a closure.</summary>
            /// <param name="parameters">Trainable tensors.</param>
            /// <param name="lr">Step size, at least 0 (PyTorch's default is 1).</param>
            /// <param name="max_iter">Iterations in a step, at least 1.</param>
            /// <param name="max_eval">Evaluations in a step; left out: 5/4 max_iter.</param>
            /// <param name="tolerange_grad">Stops when no component of the gradient is above it.</param>
            /// <param name="tolerance_change">Stops when loss and parameters change by less.</param>
            /// <param name="history_size">Changes that the direction is made of, at least 1.</param>
            /// <param name="line_search_fn">null, or "strong_wolfe".</param>
            public static LBFGS LBFGS(
                IEnumerable<Tensor> parameters, double lr = 0.01, long max_iter = 20, long? max_eval = null,
                double tolerange_grad = 1e-5, double tolerance_change = 1e-9, long history_size = 100,
                string? line_search_fn = null) =>
                new(parameters, lr, max_iter, max_eval, tolerange_grad, tolerance_change, history_size, line_search_fn);

            /// <summary>The same of a module's named_parameters().</summary>
            public static LBFGS LBFGS(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, long max_iter = 20,
                long? max_eval = null, double tolerange_grad = 1e-5, double tolerance_change = 1e-9,
                long history_size = 100, string? line_search_fn = null) =>
                LBFGS(
                    parameters.Select(p => p.parameter), lr, max_iter, max_eval, tolerange_grad, tolerance_change,
                    history_size, line_search_fn);
        }
    }
}
