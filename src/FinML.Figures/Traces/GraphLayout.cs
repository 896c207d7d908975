using System.Collections.Immutable;

namespace FinML.Figures.Traces;

/// <summary>
/// A layered layout (Sugiyama, Tagawa and Toda 1981), the same on every machine: a node stands right of its causes, an
/// edge over several layers has a place in each, sweeps by barycentres order the layers, and further sweeps move nodes
/// beside their neighbours. Edges that would close a cycle, later lags first, do not count for the layers.
/// </summary>
internal sealed class GraphLayout
{
    private const int Sweeps = 12;

    // How far apart neighbours of a layer stand: a node, or a place where only an edge goes through.
    private const double NodeRoom = 1, EdgeRoom = 0.6;

    private GraphLayout(int layers, double[] x, double[] y, ImmutableArray<(double X, double Y)>[] routes)
    {
        Layers = layers;
        X = x;
        Y = y;
        Routes = routes;
        Top = Math.Min(y.Min(), routes.SelectMany(r => r).Select(p => p.Y).DefaultIfEmpty(0).Min());
        Bottom = Math.Max(y.Max(), routes.SelectMany(r => r).Select(p => p.Y).DefaultIfEmpty(0).Max());
    }

    public int Layers { get; }

    /// <summary>The layer of each node, from 0.</summary>
    public double[] X { get; }

    /// <summary>The place of each node in its layer, downwards.</summary>
    public double[] Y { get; }

    /// <summary>The points that each edge goes through, from its start to its end.</summary>
    public ImmutableArray<(double X, double Y)>[] Routes { get; }

    public double Top { get; }

    public double Bottom { get; }

    public static GraphLayout Of(int nodes, (int From, int To, GraphEdge Edge)[] edges)
    {
        int[] layers = LayersOf(nodes, edges);
        // Nodes first, then the places of long edges; a link joins neighbours of adjacent layers.
        var layer = new List<int>(layers);
        var links = new List<(int Left, int Right)>();
        var chains = new List<int>[edges.Length];
        for (int e = 0; e < edges.Length; e++)
        {
            (int from, int to, _) = edges[e];
            int step = Math.Sign(layers[to] - layers[from]);
            chains[e] = [from];
            for (int at = layers[from] + step; step != 0 && at != layers[to]; at += step)
            {
                chains[e].Add(layer.Count);
                layer.Add(at);
            }

            chains[e].Add(to);
            for (int i = 1; step != 0 && i < chains[e].Count; i++)
                links.Add(step > 0 ? (chains[e][i - 1], chains[e][i]) : (chains[e][i], chains[e][i - 1]));
        }

        int count = layer.Max() + 1;
        int[][] order = Order([.. layer], count, links);
        double[] y = Places(order, nodes, layer.Count, links);
        return new GraphLayout(
            count, [.. layers.Select(l => (double)l)], y[..nodes],
            [.. chains.Select(chain => chain.Select(i => ((double)layer[i], y[i])).ToImmutableArray())]);
    }

    /// <summary>The longest way from a node without a cause; such a node stands beside its first effect.</summary>
    private static int[] LayersOf(int nodes, (int From, int To, GraphEdge Edge)[] edges)
    {
        var effects = new List<int>[nodes];
        var causes = new List<int>[nodes];
        for (int i = 0; i < nodes; i++)
            (effects[i], causes[i]) = ([], []);
        foreach ((int from, int to, _) in edges.Where(e => e.Edge.Kind == EdgeKind.Directed && e.From != e.To)
            .OrderBy(e => e.Edge.Lag ?? 0))
        {
            if (effects[from].Contains(to) || Reaches(effects, to, from))
                continue;
            effects[from].Add(to);
            causes[to].Add(from);
        }

        var layers = new int[nodes];
        // At most as many rounds as a way has edges.
        for (bool moved = true; moved;)
        {
            moved = false;
            for (int i = 0; i < nodes; i++)
            {
                int wanted = causes[i].Select(c => layers[c] + 1).DefaultIfEmpty(0).Max();
                moved |= wanted != layers[i];
                layers[i] = wanted;
            }
        }

        for (int i = 0; i < nodes; i++)
        {
            if (causes[i].Count == 0 && effects[i].Count > 0)
                layers[i] = effects[i].Min(e => layers[e]) - 1;
        }

        return layers;
    }

    private static bool Reaches(List<int>[] effects, int from, int to)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([from]);
        while (open.TryPop(out int at))
        {
            if (at == to)
                return true;
            foreach (int next in effects[at].Where(seen.Add))
                open.Push(next);
        }

        return false;
    }

    /// <summary>The members of each layer from the top, with as few crossings as the sweeps find.</summary>
    private static int[][] Order(int[] layer, int count, List<(int Left, int Right)> links)
    {
        ILookup<int, int> left = links.ToLookup(l => l.Right, l => l.Left);
        ILookup<int, int> right = links.ToLookup(l => l.Left, l => l.Right);
        int[][] order =
            [.. Enumerable.Range(0, count)
                .Select(l => Enumerable.Range(0, layer.Length).Where(i => layer[i] == l).ToArray())];
        int[][] best = order;
        int fewest = Crossings(order, layer, links);
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            order = [.. order];
            bool rightwards = sweep % 2 == 0;
            for (int k = 1; k < count; k++)
            {
                int l = rightwards ? k : count - 1 - k;
                double[] places = Positions(order, layer.Length);
                ILookup<int, int> neighbours = rightwards ? left : right;
                order[l] = [.. order[l].OrderBy(i => neighbours[i].Any()
                    ? neighbours[i].Average(n => places[n]) : places[i])];
            }

            int crossings = Crossings(order, layer, links);
            if (crossings < fewest)
                (best, fewest) = (order, crossings);
        }

        return best;
    }

    private static int Crossings(int[][] order, int[] layer, List<(int Left, int Right)> links)
    {
        double[] places = Positions(order, layer.Length);
        int crossings = 0;
        for (int a = 0; a < links.Count; a++)
        {
            for (int b = a + 1; b < links.Count; b++)
            {
                if (layer[links[a].Left] == layer[links[b].Left] && (places[links[a].Left] - places[links[b].Left])
                    * (places[links[a].Right] - places[links[b].Right]) < 0)
                    crossings++;
            }
        }

        return crossings;
    }

    private static double[] Positions(int[][] order, int count)
    {
        var places = new double[count];
        foreach (int[] members in order)
        {
            for (int k = 0; k < members.Length; k++)
                places[members[k]] = k - (members.Length - 1) / 2.0;
        }

        return places;
    }

    /// <summary>Moves the members of each layer towards their neighbours' mean, in their order and with room
    /// between.</summary>
    private static double[] Places(int[][] order, int nodes, int count, List<(int Left, int Right)> links)
    {
        ILookup<int, int> left = links.ToLookup(l => l.Right, l => l.Left);
        ILookup<int, int> right = links.ToLookup(l => l.Left, l => l.Right);
        double[] y = Positions(order, count);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int k = 0; k < order.Length; k++)
            {
                int[] members = order[sweep % 2 == 0 ? k : order.Length - 1 - k];
                double[] wanted = [.. members.Select(i => left[i].Concat(right[i]).Select(n => y[n])
                    .DefaultIfEmpty(y[i]).Average())];
                var placed = new double[members.Length];
                for (int m = 0; m < members.Length; m++)
                {
                    double room = m == 0 ? 0 : (Room(members[m - 1], nodes) + Room(members[m], nodes)) / 2;
                    placed[m] = m == 0 ? wanted[m] : Math.Max(wanted[m], placed[m - 1] + room);
                }

                // Pushing goes downwards only; the layer as a whole goes back by what that was in the mean.
                double pushed = placed.Average() - wanted.Average();
                for (int m = 0; m < members.Length; m++)
                    y[members[m]] = placed[m] - pushed;
            }
        }

        return y;
    }

    private static double Room(int member, int nodes) => member < nodes ? NodeRoom : EdgeRoom;
}
