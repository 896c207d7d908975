namespace FinML.Statistics;

/// <summary>
/// Draws from a posterior with the No-U-Turn sampler of M. D. Hoffman and A. Gelman (JMLR 15, 2014) in Betancourt's
/// multinomial form, with Stan's warm-up: dual averaging of the step size and a diagonal metric learned in doubling
/// windows. Look at <see cref="PosteriorDraws.Warnings"/> before the numbers.
/// </summary>
public static class NoUTurnSampler
{
    /// <summary>Samples.</summary>
    /// <param name="model">What to sample.</param>
    /// <param name="options">Chains, draws, step control, seed.</param>
    /// <param name="progress">Share of all transitions done, or null.</param>
    /// <param name="stop">Stops between two draws.</param>
    /// <exception cref="InvalidOperationException">A chain finds no start where density and gradient are finite, or no
    /// step size that moves it.</exception>
    public static PosteriorDraws Sample(
        BayesianModel model,
        NutsOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new NutsOptions();
        options.Validate();
        var chains = new ChainRecord[options.Chains];
        long done = 0, all = (long)options.Chains * (options.Warmup + options.Draws);
        try
        {
            Parallel.For(0, options.Chains,
                new ParallelOptions { MaxDegreeOfParallelism = options.MaxThreads == 0 ? -1 : options.MaxThreads },
                chain => chains[chain] = Run(model, options, chain, Advance, stop));
        }
        catch (AggregateException failures)
        {
            // The lowest chain's, whichever thread met one first.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(
                failures.InnerExceptions.OrderBy(e => e.Message, StringComparer.Ordinal).First());
        }

        return new PosteriorDraws(model, options, chains);

        void Advance()
        {
            long now = Interlocked.Increment(ref done);
            if (now % 100 == 0 || now == all)
                progress?.Report(now / (double)all);
        }
    }

    private static ChainRecord Run(
        BayesianModel model, NutsOptions options, int number, Action advance, CancellationToken stop)
    {
        int d = model.Parameters.Count;
        var chain = new NutsChain(model.LogDensity, d, options, number);
        var schedule = new WarmupSchedule(options.Warmup);
        var steps = new DualAveraging(options.TargetAcceptance);
        var spread = new RunningVariance(d);
        chain.FindStepSize();
        steps.Restart(chain.StepSize);
        for (int draw = 0; draw < options.Warmup; draw++)
        {
            stop.ThrowIfCancellationRequested();
            chain.StepSize = steps.Step;
            steps.Learn(chain.Move().Acceptance);
            advance();
            if (schedule.LearnsMetric(draw))
                spread.Add(chain.Current.Position);
            if (!schedule.EndsWindow(draw))
                continue;
            chain.SetMetric(spread.Shrunk());
            spread = new RunningVariance(d);
            chain.StepSize = steps.Final;
            chain.FindStepSize();
            steps.Restart(chain.StepSize);
        }

        chain.StepSize = steps.Final;
        var record = new ChainRecord(options.Draws, d, chain.StepSize);
        for (int draw = 0; draw < options.Draws; draw++)
        {
            stop.ThrowIfCancellationRequested();
            record.Add(draw, chain.Move(), chain.Current.Position);
            advance();
        }

        return record;
    }

    /// <summary>Variances of positions by Welford's recurrence.</summary>
    private sealed class RunningVariance(int dimension)
    {
        private readonly double[] _mean = new double[dimension], _squares = new double[dimension];
        private int _count;

        internal void Add(double[] position)
        {
            _count++;
            for (int i = 0; i < position.Length; i++)
            {
                double change = position[i] - _mean[i];
                _mean[i] += change / _count;
                _squares[i] += change * (position[i] - _mean[i]);
            }
        }

        /// <summary>Drawn towards a small number, as Stan does: few draws must not make a metric of 0.</summary>
        internal double[] Shrunk()
        {
            double n = _count;
            return Array.ConvertAll(_squares, s => n / (n + 5) * (s / Math.Max(n - 1, 1)) + 1e-3 * (5 / (n + 5)));
        }
    }
}
