namespace FinML.Statistics;

/// <summary>
/// A resample of the runs: how often each score of the sorted list is in it, and the means of its tasks. Sorting is
/// done once; a resample costs what its draws cost. One for each thread.
/// </summary>
internal sealed class ScoreSample
{
    private readonly double[][] _scores; // (tasks, runs)
    private readonly int[][] _ranks;     // (tasks, runs): place in the sorted list

    internal ScoreSample(RunScores scores)
    {
        _scores = scores.ByTask;
        (int Task, int Run)[] all = [.. _scores.SelectMany((runs, t) => runs.Select((_, r) => (t, r)))];
        Sorted = [.. all.Select(at => _scores[at.Task][at.Run])];
        Array.Sort(Sorted, all);
        _ranks = [.. _scores.Select(runs => new int[runs.Length])];
        for (int rank = 0; rank < all.Length; rank++)
            _ranks[all[rank].Task][all[rank].Run] = rank;
        Times = new int[all.Length];
        TaskMeans = new double[_scores.Length];
    }

    /// <summary>All scores, ascending.</summary>
    internal double[] Sorted { get; }

    /// <summary>How often each of them was drawn.</summary>
    internal int[] Times { get; }

    /// <summary>Means of the drawn tasks.</summary>
    internal double[] TaskMeans { get; }

    /// <summary>Number of draws: where tasks are drawn and have different numbers of runs, it varies.</summary>
    internal int Total { get; private set; }

    /// <summary>Every run once.</summary>
    internal void TakeAll()
    {
        Array.Fill(Times, 1);
        Total = Times.Length;
        for (int t = 0; t < _scores.Length; t++)
            TaskMeans[t] = _scores[t].Average();
    }

    /// <summary>
    /// As many runs of each task as it has, with replacement; where tasks are drawn too, of as many tasks as there
    /// are, with fresh runs each time one comes.
    /// </summary>
    internal void Draw(IndexDraws draws, bool tasks)
    {
        Array.Clear(Times);
        Total = 0;
        for (int slot = 0; slot < _scores.Length; slot++)
        {
            int t = tasks ? draws.Below(_scores.Length) : slot;
            double[] runs = _scores[t];
            double sum = 0;
            for (int k = 0; k < runs.Length; k++)
            {
                int run = draws.Below(runs.Length);
                Times[_ranks[t][run]]++;
                sum += runs[run];
            }

            TaskMeans[slot] = sum / runs.Length;
            Total += runs.Length;
        }
    }
}
