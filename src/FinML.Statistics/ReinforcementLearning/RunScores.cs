namespace FinML.Statistics;

/// <summary>
/// What the runs (seeds) of one algorithm scored on each of some tasks, higher being better. Losses are kept with the
/// other sign, so that every comparison points one way. Tasks may have different numbers of runs.
/// </summary>
public sealed record RunScores
{
    private RunScores(string algorithm, string[] tasks, double[][] scores, bool wereLosses)
    {
        Algorithm = algorithm;
        Tasks = tasks;
        ByTask = scores;
        WereLosses = wereLosses;
    }

    /// <summary>Name of the algorithm.</summary>
    public string Algorithm { get; }

    /// <summary>Names of the tasks.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>(tasks, runs): scores, higher being better.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Scores => ByTask;

    /// <summary>True where lower was better, and the scores are those that came times -1.</summary>
    public bool WereLosses { get; }

    internal double[][] ByTask { get; }

    /// <summary>Scores by task.</summary>
    /// <param name="algorithm">Its name.</param>
    /// <param name="orientation">Which scores are the good ones.</param>
    /// <param name="tasks">One task or more, distinct by name; two runs or more of each, finite.</param>
    public static RunScores Of(
        string algorithm, ScoreOrientation orientation, params IReadOnlyList<(string Task, double[] Scores)> tasks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(algorithm);
        ArgumentNullException.ThrowIfNull(tasks);
        if (!Enum.IsDefined(orientation))
            throw new ArgumentOutOfRangeException(
                nameof(orientation), $"orientation is {(int)orientation}; it must be a named one.");
        if (tasks.Count == 0)
            throw new ArgumentException($"{algorithm} has 0 tasks; at least 1 is needed.", nameof(tasks));
        string[] names = [.. tasks.Select(task => task.Task)];
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException(
                $"{algorithm} has the task '{twice.Key}' {twice.Count()} times; each is named once.", nameof(tasks));
        foreach ((string task, double[] scores) in tasks)
            Guard.Series(scores, 2, $"The scores of {algorithm} on {task}");
        bool losses = orientation == ScoreOrientation.LowerIsBetter;
        return new RunScores(
            algorithm, names,
            [.. tasks.Select(task => Array.ConvertAll(task.Scores, score => losses ? -score : score))], losses);
    }

    /// <summary>Scores as a matrix.</summary>
    /// <param name="algorithm">Its name.</param>
    /// <param name="orientation">Which scores are the good ones.</param>
    /// <param name="scores">(runs, tasks), as rliable has them.</param>
    /// <param name="tasks">Names of the tasks; "task 0" and so on where there are none.</param>
    public static RunScores OfMatrix(
        string algorithm, ScoreOrientation orientation, double[,] scores, IReadOnlyList<string>? tasks = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        int runs = scores.GetLength(0), count = scores.GetLength(1);
        if (tasks is not null && tasks.Count != count)
            throw new ArgumentException(
                $"There are {tasks.Count} names for {count} tasks; each column of scores is one.", nameof(tasks));
        return Of(algorithm, orientation, [.. Enumerable.Range(0, count).Select(t => (
            tasks?[t] ?? $"task {t}", Enumerable.Range(0, runs).Select(r => scores[r, t]).ToArray()))]);
    }

    /// <summary>
    /// (score - zero) / (one - zero) on each task, as scores are normalised by a random policy's and a human's. The
    /// result is higher-is-better for losses too.
    /// </summary>
    /// <param name="zero">By task, as the scores were given: what becomes 0.</param>
    /// <param name="one">By task, as the scores were given: what becomes 1; better than zero.</param>
    public RunScores Normalised(ReadOnlySpan<double> zero, ReadOnlySpan<double> one)
    {
        if (zero.Length != Tasks.Count || one.Length != Tasks.Count)
            throw new ArgumentException(
                $"There are {zero.Length} and {one.Length} references for {Tasks.Count} tasks; each needs both.");
        double sign = WereLosses ? -1 : 1;
        var scores = new double[Tasks.Count][];
        for (int t = 0; t < scores.Length; t++)
        {
            double from = sign * zero[t], span = sign * one[t] - from;
            if (!(span > 0) || double.IsInfinity(span))
                throw new ArgumentException(
                    $"The references of {Tasks[t]} are {Guard.Text(zero[t])} and {Guard.Text(one[t])}; the second " +
                    $"must be {(WereLosses ? "lower" : "higher")}, as it is the better one.", nameof(one));
            scores[t] = Array.ConvertAll(ByTask[t], score => (score - from) / span);
        }

        return new RunScores(Algorithm, [.. Tasks], scores, wereLosses: false);
    }

    /// <summary>Throws unless the other has the same tasks in the same order.</summary>
    internal void RequireSameTasks(RunScores other)
    {
        if (!Tasks.SequenceEqual(other.Tasks))
            throw new ArgumentException(
                $"{Algorithm} has the tasks {string.Join(", ", Tasks)} and {other.Algorithm} has " +
                $"{string.Join(", ", other.Tasks)}; they must be the same, in the same order.");
    }
}
